"""The editor of a brand page as plain forms: it adds, moves and removes blocks without any script.

A button named `do` says what to do with what was typed: save, or rearrange ("up-2", "down-2", "drop-2", "add-text") and
show the form again with nothing saved and nothing lost.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cms.models import Document, Picture
from portal.plain_text import PlainText

from .models import Activity, Material
from .page_content import BLOCK_LABELS, Block, PageContent

STORY = "story"
MOST_BLOCKS = 40
BLOCK_FIELDS = ("kind", "text", "picture", "bv", "url", "video")
LONGEST = {"text": 3000, "heading": 40, "quote": 200, "picture": 50, "video": 50}
TEXT_LABELS = {
    "text": gettext_lazy("文字"),
    "heading": gettext_lazy("小标题"),
    "quote": gettext_lazy("引语"),
    "picture": gettext_lazy("图片说明"),
    "video": gettext_lazy("视频标题"),
}


class PageForm(PlainText, forms.Form):
    """Everything but the story."""

    slogan = forms.CharField(label=gettext_lazy("品牌口号"), required=False, max_length=40)
    intro = forms.CharField(
        label=gettext_lazy("公开简介"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("页面开头的一段话，列表和搜索结果里也会用到。"),
    )
    cover = forms.TypedChoiceField(
        label=gettext_lazy("封面图片"), required=False, coerce=int, empty_value=None
    )
    activities = forms.TypedMultipleChoiceField(
        label=gettext_lazy("活动"), required=False, coerce=int
    )
    gallery = forms.TypedMultipleChoiceField(label=gettext_lazy("图集"), required=False, coerce=int)
    press = forms.TypedMultipleChoiceField(
        label=gettext_lazy("媒体报道"), required=False, coerce=int
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        pictures: Mapping[int, Picture],
        activities: Mapping[int, Activity],
        press: Mapping[int, Material],
        **kwargs: Any,
    ) -> None:
        """Offer the pictures, activities and press reports of the project."""
        super().__init__(*args, **kwargs)
        offered = [(key, str(picture)) for key, picture in pictures.items()]
        self.fields["cover"].choices = [("", _("没有封面")), *offered]
        self.fields["gallery"].choices = offered
        self.fields["activities"].choices = [(key, str(it)) for key, it in activities.items()]
        self.fields["press"].choices = [(key, str(it)) for key, it in press.items()]


class BlockForm(PlainText, forms.Form):
    """One block of the story; which fields count depends on its kind."""

    kind = forms.ChoiceField(choices=list(BLOCK_LABELS.items()), widget=forms.HiddenInput)
    text = forms.CharField(required=False, widget=forms.Textarea)
    picture = forms.TypedChoiceField(
        label=gettext_lazy("选哪张图片"), required=False, coerce=int, empty_value=None
    )
    bv = forms.RegexField(
        label=gettext_lazy("B 站 BV 号"),
        regex=r"^BV[0-9A-Za-z]{10}$",
        required=False,
        error_messages={"invalid": gettext_lazy("BV 号以 BV 开头，共 12 位。")},
    )
    url = forms.URLField(
        label=gettext_lazy("或视频链接"), required=False, max_length=200, assume_scheme="https"
    )

    video = forms.TypedChoiceField(
        label=gettext_lazy("上传的视频"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("MP4 先在“素材”里上传，再回到这里选。"),
    )

    def __init__(
        self,
        *args: Any,
        pictures: Mapping[int, Picture],
        videos: Mapping[int, Document],
        **kwargs: Any,
    ) -> None:
        """Take label, length and height from the block's kind."""
        super().__init__(*args, **kwargs)
        kind = self.kind_code
        nothing = _("没有封面") if kind == "video" else _("请选择")
        self.fields["picture"].choices = [
            ("", nothing),
            *[(key, str(picture)) for key, picture in pictures.items()],
        ]
        if kind == "video":
            self.fields["picture"].label = _("视频封面")
        self.fields["video"].choices = [
            ("", _("不用上传的视频")),
            *[(key, str(video)) for key, video in videos.items()],
        ]
        self.fields["text"].label = TEXT_LABELS.get(kind, "")
        self.fields["text"].max_length = LONGEST.get(kind, 50)
        if kind not in ("text", "quote"):
            self.fields["text"].widget = forms.TextInput()
        self.fields["text"].widget.attrs |= {"maxlength": LONGEST.get(kind, 50)}

    @property
    def kind_code(self) -> str:
        """The block's kind, as typed or as it began."""
        return str(self["kind"].value() or "text")

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(BLOCK_LABELS.get(self.kind_code, ""))

    def clean(self) -> dict[str, Any]:
        """Hold the text to the length of its kind."""
        typed = super().clean()
        longest = LONGEST.get(typed.get("kind", ""), 50)
        if len(typed.get("text", "")) > longest:
            self.add_error(
                "text",
                _("最多 %(longest)d 字，现在 %(count)d 字。")
                % {"longest": longest, "count": len(typed["text"])},
            )
        return typed


BlockFormSet: type[BaseFormSet] = forms.formset_factory(
    BlockForm, extra=0, max_num=MOST_BLOCKS, validate_max=True, absolute_max=MOST_BLOCKS + 5
)


def initial_of(content: PageContent) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the initial values of page form and blocks."""
    page = {
        "slogan": content.slogan,
        "intro": content.intro,
        "cover": content.cover,
        "activities": content.activities,
        "gallery": content.gallery,
        "press": content.press,
    }
    blocks = [{name: getattr(block, name) for name in BLOCK_FIELDS} for block in content.story]
    return page, blocks


def typed_initial(data: QueryDict) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what was typed as initial values, unchecked, so that the form can be shown again as it was."""
    page = {
        "slogan": data.get("slogan", ""),
        "intro": data.get("intro", ""),
        "cover": data.get("cover", ""),
        "activities": data.getlist("activities"),
        "gallery": data.getlist("gallery"),
        "press": data.getlist("press"),
        "based_on": data.get("based_on", ""),
    }
    total = data.get(f"{STORY}-TOTAL_FORMS", "0")
    count = min(int(total), MOST_BLOCKS) if re.fullmatch(r"[0-9]{1,4}", total) else 0
    blocks = [
        {name: data.get(f"{STORY}-{place}-{name}", "") for name in BLOCK_FIELDS}
        for place in range(count)
    ]
    return page, [block for block in blocks if block["kind"] in BLOCK_LABELS]


def rearranged(blocks: list[dict[str, Any]], do: str) -> tuple[list[dict[str, Any]], int | None]:
    """Return the blocks after one move, and the place to look at then.

    Args:
        blocks: initial values of the blocks.
        do: "up-PLACE", "down-PLACE", "drop-PLACE" or "add-KIND"; anything else changes nothing.
    """
    blocks = list(blocks)
    act, _dash, what = do.partition("-")
    if act == "add" and what in BLOCK_LABELS and len(blocks) < MOST_BLOCKS:
        blocks.append({"kind": what})
        return blocks, len(blocks) - 1
    if not re.fullmatch(r"[0-9]{1,4}", what) or int(what) >= len(blocks):
        return blocks, None
    place = int(what)
    if act == "drop":
        del blocks[place]
        return blocks, max(place - 1, 0) if blocks else None
    to = {"up": place - 1, "down": place + 1}.get(act, place)
    if 0 <= to < len(blocks):
        blocks[place], blocks[to] = blocks[to], blocks[place]
        place = to
    return blocks, place


def content_from(form: PageForm, blocks: BaseFormSet) -> PageContent:
    """Return what two valid forms say; blocks without any content are left out."""
    typed = form.cleaned_data
    story = [
        Block(
            kind=block["kind"],
            text=block["text"],
            picture=block["picture"] if block["kind"] in ("picture", "video") else None,
            bv=block["bv"] if block["kind"] == "video" else "",
            url=block["url"] if block["kind"] == "video" else "",
            video=block["video"] if block["kind"] == "video" else None,
        )
        for block in blocks.cleaned_data
        if block
    ]
    return PageContent(
        slogan=typed["slogan"],
        intro=typed["intro"],
        cover=typed["cover"],
        story=[
            block
            for block in story
            if block.text or block.picture or block.bv or block.url or block.video
        ],
        activities=typed["activities"],
        gallery=typed["gallery"],
        press=typed["press"],
    )
