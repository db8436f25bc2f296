"""What people type about a project: validated here, written by the verbs."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.plain_text import PlainText
from portal.typed_numbers import WholeField

from .models import Activity, AwardLevel, Grade, Material, MaterialKind, Project

PICTURE_TYPES = "image/jpeg,image/png,image/webp"


class SeveralFilesInput(forms.FileInput):
    """A file control that takes several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files, as a list; their content is judged by `cms.files.uploads`."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the uploaded files."""
        return [] if not data else list(data)


class PicturesForm(PlainText, forms.Form):
    """Pictures with what must be known about them."""

    pictures = SeveralFilesField(
        label=_("照片"),
        required=False,
        help_text=_(
            "JPG、PNG 或 WebP，一次最多 9 张，每张不超过 10 MB。照片里的位置信息会自动去掉。"
        ),
        widget=SeveralFilesInput({"accept": PICTURE_TYPES}),
    )
    caption = forms.CharField(
        label=_("照片说明"),
        required=False,
        max_length=50,
        help_text=_("不填就用活动名称。"),
    )
    credit = forms.CharField(label=_("拍摄者"), required=False, max_length=40)
    consent = forms.BooleanField(
        label=_("照片里的人同意公开；有不满 14 周岁儿童的，监护人也同意"),
        required=False,
    )


class Together:
    """Several forms of one page, for one box that says all that is wrong (`components/form_errors.html`)."""

    def __init__(self, *several: forms.BaseForm) -> None:
        self.several = several

    @property
    def errors(self) -> dict[str, Any]:
        """The errors of all, by the names of their inputs."""
        return {
            form.add_prefix(name): errors
            for form in self.several
            for name, errors in form.errors.items()
        }

    def non_field_errors(self) -> list[str]:
        """Return what is wrong with a form as a whole."""
        return [error for form in self.several for error in form.non_field_errors()]

    def hidden_fields(self) -> list[forms.BoundField]:
        """Return the hidden fields of all."""
        return [field for form in self.several for field in form.hidden_fields()]

    def visible_fields(self) -> list[forms.BoundField]:
        """Return the visible fields of all, in the order of the forms."""
        return [field for form in self.several for field in form.visible_fields()]


class ActivityForm(PlainText, forms.ModelForm):
    """One activity, filled in standing up."""

    url = forms.URLField(
        label=_("报道链接"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("会收进素材的报道里，编辑品牌页时可以选用；不会自动公开。"),
    )

    class Meta:
        model = Activity
        fields = ["date", "name", "place", "participants", "sentence", "url", "offered"]
        widgets = {
            "date": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "sentence": forms.Textarea({"rows": 3}),
        }
        field_classes = {"participants": WholeField}
        help_texts = {
            "sentence": _("做了什么、有什么收获，一两句就好。"),
            "offered": _("推荐后，编辑品牌页时会先列出来；不会自动公开。"),
        }

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Nobody's forgotten number becomes a zero: a new record asks for it."""
        super().__init__(*args, **kwargs)
        self.first_day = date(project.programme_year.year - 1, 1, 1)
        if self.instance._state.adding:
            self.initial["participants"] = None

    def clean_date(self) -> Any:
        """An activity is recorded after it took place, and is one of the project's: a year of 2 or 3 digits is a slip."""
        day = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("活动日期不能在将来。"))
        if day < self.first_day:
            raise forms.ValidationError(
                _("活动日期不能早于 %(year)d 年，请看看年份。"),
                params={"year": self.first_day.year},
            )
        return day


class PictureForm(PlainText, forms.Form):
    """What a picture shows."""

    caption = forms.CharField(label=_("照片说明"), max_length=50)
    credit = forms.CharField(label=_("拍摄者"), required=False, max_length=40)
    consent = forms.BooleanField(
        label=_("照片里的人同意公开；有不满 14 周岁儿童的，监护人也同意"), required=False
    )


class HeldPictureForm(PictureForm):
    """A picture of a record, beside the record: what it shows, or that it goes. Untouched it changes nothing.

    What it showed travels with it, so that a page opened earlier brings no older words back.
    """

    remove = forms.BooleanField(label=_("删除这张照片，不能恢复"), required=False)

    def __init__(self, material: Material, data: Any = None) -> None:
        picture = material.picture
        super().__init__(
            data,
            prefix=f"picture-{material.pk}",
            initial={
                "caption": picture.caption,
                "credit": picture.credit,
                "consent": picture.portrait_consent,
            },
            empty_permitted=True,
            use_required_attribute=False,
        )
        self.material = material
        for name in ("caption", "credit", "consent"):
            self.fields[name].show_hidden_initial = True
        self.fields["caption"].required = False

    def clean(self) -> dict[str, Any]:
        """A picture that stays says what it shows."""
        cleaned = super().clean()
        if not (cleaned.get("remove") or cleaned.get("caption") or "caption" in self.errors):
            self.add_error("caption", self.fields["caption"].error_messages["required"])
        return cleaned

    @property
    def goes(self) -> bool:
        """Whether the picture is to be removed; of a valid form."""
        return bool(self.cleaned_data.get("remove"))

    @property
    def told(self) -> dict[str, Any]:
        """What is said of it now; of a valid form that has changed."""
        return {name: self.cleaned_data[name] for name in ("caption", "credit", "consent")}


class VideoForm(PlainText, forms.Form):
    """A film of one's own."""

    video = forms.FileField(
        label=_("视频"),
        help_text=_("MP4，不超过 200 MB。视频里的位置信息会自动去掉。"),
        widget=forms.FileInput({"accept": "video/mp4"}),
    )
    title = forms.CharField(label=_("标题"), max_length=50)
    consent = forms.BooleanField(
        label=_("视频里的人同意公开；有不满 14 周岁儿童的，监护人也同意"),
        error_messages={"required": _("视频里的人都同意公开，才能上传。")},
    )


class LinkForm(PlainText, forms.Form):
    """A press report or a video elsewhere."""

    kind = forms.ChoiceField(
        label=_("类型"),
        choices=[(kind.value, kind.label) for kind in (MaterialKind.PRESS, MaterialKind.VIDEO)],
    )
    title = forms.CharField(label=_("标题"), max_length=80)
    url = forms.URLField(label=_("链接"), max_length=200, assume_scheme="https")
    media = forms.CharField(label=_("媒体"), required=False, max_length=40)
    dated = forms.DateField(
        label=_("日期"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class GuidanceForm(PlainText, forms.Form):
    """Guidance for a unit."""

    text = forms.CharField(label=_("指导意见"), max_length=500, widget=forms.Textarea({"rows": 4}))


class AcceptanceForm(PlainText, forms.Form):
    """The verdict on a summary."""

    grade = forms.ChoiceField(label=_("等次"), choices=Grade.choices)
    opinion = forms.CharField(
        label=_("验收意见"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("会告诉申报单位；不合格须写明。"),
    )
    rectify_until = forms.DateField(
        label=_("整改期限"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("只在不合格时填：填了就限期整改，不填就不通过验收。"),
    )


class LevelField(forms.ModelChoiceField):
    """Award levels of one year: the year need not be repeated."""

    def label_from_instance(self, obj: AwardLevel) -> str:
        """Return the level's name."""
        return obj.name


class AwardForm(forms.Form):
    """An award of the project's year."""

    level = LevelField(label=_("奖项"), queryset=AwardLevel.objects.none())

    def __init__(self, project: Project, *args: Any, **kwargs: Any) -> None:
        """Offer the levels of the project's year."""
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = AwardLevel.objects.filter(
            programme_year=project.programme_year_id
        )


class ReasonForm(PlainText, forms.Form):
    """Why a project ends early."""

    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea({"rows": 2}))
