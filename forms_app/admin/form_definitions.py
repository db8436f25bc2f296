"""Designing forms: a snippet with drafts, history and a preview of the form as a unit sees it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import FormDefinition


def version_number(definition: FormDefinition) -> str:
    """Return which version new entries are written in; "—" before the first publication."""
    numbers = [version.number for version in definition.versions.all()]
    return str(max(numbers)) if numbers else "—"


class FormDefinitionViewSet(SnippetViewSet):
    """申报表 and 总结表, drawn by the office. Publishing freezes a version; entries keep theirs."""

    model = FormDefinition
    icon = "form"
    menu_label = _("表单设计")
    add_to_admin_menu = True
    menu_order = 330
    list_display = [
        "name",
        Column("get_kind_display", label=_("类型"), accessor="get_kind_display"),
        Column("version", label=_("版本"), accessor=version_number),
        UpdatedAtColumn(),
    ]
    list_filter = ["kind"]
    search_fields = ["name"]
    copy_view_enabled = True
    inspect_view_enabled = False

    def get_queryset(self, request: Any) -> QuerySet[FormDefinition]:
        """Join the versions that the list counts."""
        return FormDefinition.objects.prefetch_related("versions")
