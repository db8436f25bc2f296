"""Designing forms: a snippet with drafts, history and a preview of the form as a unit sees it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.widgets import Button, HeaderButton
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from ..definitions.designing import DesignerTabs, DrawingForm
from ..models import FormDefinition

AT_SIGHT = 2  # of the buttons stand in the designer's head, the others behind its dots


def version_number(definition: FormDefinition) -> str:
    """Return the number of the last version; "—" before the first publication."""
    numbers = [version.number for version in definition.versions.all()]
    return str(max(numbers)) if numbers else "—"


class FormIndexView(IndexView):
    """The list, with the way in for a form from a file."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer the import beside what Wagtail offers."""
        return [
            *super().header_more_buttons,
            Button(_("从文件导入"), reverse("office:form_import"), icon_name="upload", priority=15),
        ]

    def get_list_more_buttons(self, instance: FormDefinition) -> list[Any]:
        """Offer versions, trial, copy and export."""
        return [*super().get_list_more_buttons(instance), *buttons_of(instance)]


class FormEditView(EditView):
    """The designer, with what can be done with the form beside drawing it."""

    @cached_property
    def header_buttons(self) -> list[Button]:
        """Offer trial and versions at sight: one looks there while drawing."""
        return [
            HeaderButton(one.label, one.url, icon_name=one.icon_name, priority=one.priority)
            for one in buttons_of(self.object)[:AT_SIGHT]
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Offer copy and export."""
        return [*super().header_more_buttons, *buttons_of(self.object)[AT_SIGHT:]]

    def get_success_message(self, instance: Any = None) -> str:
        """Say which version units fill in from now on: the one just published, or still the one before the draft."""
        latest = FormDefinition.objects.get(pk=self.object.pk).latest_version
        if latest is None:
            return _("草稿已保存。发布以后单位才能填。")
        if self.action == "publish":
            words = _("已发布，现在用的是第 %(number)d 版：新开始填的都用它。")
        else:
            words = _("草稿已保存。单位填的还是第 %(number)d 版，按“发布”才会换。")
        return words % {"number": latest.number}


def buttons_of(definition: FormDefinition) -> list[Button]:
    """Return what can be done with a form beside drawing it."""
    return [
        Button(label, reverse(name, args=[definition.pk]), icon_name=icon, priority=priority)
        for priority, (label, name, icon) in enumerate(
            (
                (_("试填"), "office:form_trial", "edit"),
                (_("版本与草稿"), "office:form_versions", "history"),
                (_("复制到下一年度"), "office:form_duplicate", "copy"),
                (_("导出为文件"), "office:form_file", "download"),
            ),
            start=1,
        )
    ]


class FormDefinitionViewSet(SnippetViewSet):
    """申报表 and 总结表, drawn by the office. Publishing freezes a version; entries keep theirs."""

    model = FormDefinition
    edit_handler = DesignerTabs(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("kind"),
                    FieldPanel("body"),
                ],
                heading=gettext_lazy("表单"),
            ),
            ObjectList(
                [FieldPanel("rules"), FieldPanel("warnings")], heading=gettext_lazy("规则与提醒")
            ),
        ],
        base_form_class=DrawingForm,
    )
    icon = "form"
    menu_label = gettext_lazy("表单设计")
    add_to_admin_menu = True
    menu_order = 330
    list_display = [
        "name",
        Column("get_kind_display", label=gettext_lazy("类型"), accessor="get_kind_display"),
        Column("version", label=gettext_lazy("版本"), accessor=version_number),
        UpdatedAtColumn(),
    ]
    list_filter = ["kind"]
    search_fields = ["name"]
    copy_view_enabled = False  # "复制到下一年度" copies the whole draft and renames it
    index_view_class = FormIndexView
    edit_view_class = FormEditView
    inspect_view_enabled = False

    def get_queryset(self, request: Any) -> QuerySet[FormDefinition]:
        """Join the versions that the list counts."""
        return FormDefinition.objects.prefetch_related("versions")
