"""Registers (台账) of the application room: read, filtered, exported; nothing is created, changed or deleted here."""

from collections import OrderedDict
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from ..models import Category, Entry, EntryStatus


class ReadOnly(PermissionHelper):
    """Whoever has the view permission lists, inspects and exports; nobody, superusers included, does more."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class CategoryFilter(SimpleListFilter):
    """Django's own filter of a relation asks for Django's admin site, which is not installed."""

    title = _("项目类别")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(category.code, category.name) for category in Category.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        return queryset.filter(category__code=self.value()) if self.value() else queryset


class EntryIndexView(IndexView):
    """The list; its spreadsheet says 0 as 0 and shows words instead of codes."""

    def to_row_dict(self, item: Entry) -> OrderedDict[str, Any]:
        """Return one row of the spreadsheet."""
        return OrderedDict(
            (field, str(value) if not isinstance(value, int | float) else value)
            for field in self.list_export
            for value in [self.model_admin.exported(item, field)]
        )


class EntryRegister(ModelAdmin):
    """All entries over the years that have reached the school union."""

    model = Entry
    menu_label = _("申报台账")
    menu_icon = "table"
    menu_order = 320
    base_url_path = "register/entries"
    add_to_admin_menu = True
    permission_helper_class = ReadOnly
    index_view_class = EntryIndexView
    inspect_view_enabled = True
    inspect_view_fields = [
        "title",
        "unit",
        "category",
        "call",
        "status",
        "submitted_at",
        "closed_at",
    ]
    history_view_enabled = False
    list_display = ("title", "unit", "category", "call", "state", "submitted_at")
    list_filter = ("kind", "status", CategoryFilter, "unit__kind")
    list_select_related = ("unit", "category", "call__programme_year")
    list_export = ("title", "unit", "category", "call", "state", "submitted_at", "closed_at")
    list_per_page = 50
    search_fields = ("title", "unit__name")
    ordering = ("-submitted_at", "-pk")
    export_filename = "entries"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """Drafts are the unit's own."""
        return super().get_queryset(request).exclude(status=EntryStatus.DRAFT)

    def state(self, entry: Entry) -> str:
        """The state in words."""
        return entry.get_status_display()

    state.short_description = _("状态")
    state.admin_order_field = "status"

    def exported(self, entry: Entry, field: str) -> Any:
        """Return what one cell of the spreadsheet holds."""
        if field == "state":
            return self.state(entry)
        value = getattr(entry, field)
        return "" if value is None else value
