"""The rubrics: what experts score."""

from decimal import Decimal

from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Rubric, Score

FULL = Decimal(100)  # points of a rubric


class RubricForm(WagtailAdminModelForm):
    """A rubric adds up to 100 points; what experts have scored by keeps its lines and their points."""

    def is_valid(self) -> bool:
        """Return whether it may be saved; what is wrong with the lines as a whole stands above them."""
        if not super().is_valid():
            return False
        lines = self.formsets["criteria"]
        kept = [form for form in lines.forms if form not in lines.deleted_forms]
        total = sum((form.cleaned_data.get("points") or Decimal(0) for form in kept), Decimal(0))
        if total != FULL:
            self.add_error(
                None,
                _("各评分项的满分加起来要等于 100 分，现在是 %(total)s 分。")
                % {"total": f"{total.normalize():f}"},
            )
        elif self._changes_what_was_scored(lines):
            self.add_error(
                None,
                _(
                    "已有专家按这份标准打分，评分项和分值不能再改，说明和档次的文字可以改。需要新的标准，请复制一份再改。"
                ),
            )
        return not self.errors

    def _changes_what_was_scored(self, lines: BaseInlineFormSet) -> bool:
        if not Score.objects.filter(criterion__rubric=self.instance.pk).exists():
            return False
        return bool(lines.deleted_forms) or any(
            form.instance.pk is None or {"name", "points"} & set(form.changed_data)
            for form in lines.forms
            if form.has_changed()
        )


class RubricViewSet(ModelViewSet):
    """What experts score."""

    model = Rubric
    icon = "order"
    menu_label = _("评分标准")
    list_display = ["name", "kind"]
    edit_handler = ObjectList(
        [
            FieldRowPanel(["name", "kind"]),
            InlinePanel(
                "criteria",
                panels=[
                    FieldRowPanel(["name", "points", "order"]),
                    FieldPanel("guidance"),
                    FieldRowPanel(["excellent", "good"]),
                    FieldRowPanel(["fair", "poor"]),
                ],
                heading=_("评分项（合计 100 分）"),
                label=_("评分项"),
                min_num=1,
            ),
        ],
        base_form_class=RubricForm,
    )
