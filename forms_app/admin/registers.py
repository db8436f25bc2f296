"""Registers (台账) of the application room: read, filtered, exported; nothing is created, changed or deleted here."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper

from portal.units.permissions import may_read_all
from portal.units.registers import Register

from ..models import Category, Entry, EntryStatus


class ReadOnly(PermissionHelper):
    """The office and the auditors list, inspect and export; nobody, superusers included, does more."""

    def user_can_list(self, user: Any) -> bool:
        return may_read_all(user)

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return may_read_all(user)

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


class EntryRegister(Register):
    """All entries over the years that have reached the school union."""

    model = Entry
    menu_label = _("申报台账")
    menu_icon = "table"
    menu_order = 320
    base_url_path = "register/entries"
    add_to_admin_menu = True
    permission_helper_class = ReadOnly
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
    list_display = ("title", "unit", "category", "call", "status", "submitted_at")
    list_filter = ("kind", "status", CategoryFilter, "unit__kind")
    list_select_related = ("unit", "category", "call__programme_year")
    list_export = ("title", "unit", "category", "call", "status", "submitted_at", "closed_at")
    search_fields = ("title", "unit__name")
    extra_search_kwargs = {"initials_of": "title"}
    ordering = ("-submitted_at", "-pk")
    export_filename = "申报台账"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """Leave out drafts, which are the unit's own; join what list and export show."""
        entries = super().get_queryset(request).exclude(status=EntryStatus.DRAFT)
        return entries.select_related(*self.list_select_related)
