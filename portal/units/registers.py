"""What every register (台账) of the CMS shares: xlsx that keeps 0 and 否, one export button, search by pinyin."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import lookup_field
from django.db.models import DecimalField, IntegerField, Model, Q, QuerySet, Sum
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail_modeladmin.helpers import ButtonHelper, DjangoORMSearchHandler
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from portal.pinyin import is_found_by
from portal.plain_text import without_control

NUMBERS = (DecimalField, IntegerField)


class Counted(WagtailPaginator):
    """Counts in Chinese: with a measure word."""

    @cached_property
    def count(self) -> int:
        """How many rows there are; Django would read them all, because it takes a kept answer for no method."""
        return self.object_list.count()

    @property
    def items_count_label(self) -> str:
        """Return how many rows there are."""
        return _("共 %(number)s 项") % {"number": f"{self.count:,}"}


class RegisterIndexView(IndexView):
    """Lists and exports; only xlsx, because a CSV carries formulas into Excel and loses leading zeros."""

    paginator_class = Counted
    FORMATS = (IndexView.FORMAT_XLSX,)
    export_buttons_template_name = "units/admin/export_button.html"
    _filters = None

    def get_page_title(self) -> str:
        """Return the name that the menu gives the register."""
        return self.model_admin.get_menu_label()

    def get_filters(self, request: HttpRequest) -> tuple[list[Any], bool, dict[str, Any], bool]:
        """Return the filters without whatever else stands in the address.

        modeladmin would look up any field by it: `?password__startswith=` tells a reader the hash, letter by letter.
        """
        if self._filters is None:  # modeladmin asks twice
            filters, has_filters, _undeclared, use_distinct = super().get_filters(request)
            self._filters = filters, has_filters, {}, use_distinct
        return self._filters

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sums over everything listed, all its pages together."""
        sums = self._sums() if self.model_admin.sums else []
        return super().get_context_data(sums=sums, **kwargs)

    def _sums(self) -> list[dict[str, str]]:
        # A search may join rows that hold one amount twice.
        listed = self.model.objects.filter(pk__in=self.get_queryset().order_by().values("pk"))
        found = listed.aggregate(**{name: Sum(name) for name, _label in self.model_admin.sums})
        return [
            {"label": label, "words": f"{found[name] or 0:,.2f}"}
            for name, label in self.model_admin.sums
        ]

    def get_queryset(self, request: HttpRequest | None = None) -> QuerySet:
        """Return the rows that are asked for.

        Raises:
            Http404: a filter in the address holds no value of its field: no link of ours leads there.
        """
        try:
            rows = super().get_queryset(request)
        except IncorrectLookupParameters as wrong:
            raise Http404 from wrong
        rows.count = cache(rows.count)  # modeladmin counts them, and its paginator once more
        return rows

    def to_row_dict(self, item: Model) -> dict[str, Any]:
        """Return a row of the export: codes as their labels, 是 and 否, and 0 as 0."""
        return {name: self._exported(name, item) for name in self.list_export}

    def _exported(self, name: str, item: Model) -> Any:
        label = getattr(item, f"get_{name}_display", None)
        value = label() if label else lookup_field(name, item, self.model_admin)[2]
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if isinstance(value, datetime):
            # A spreadsheet knows no time zones: the hour on the clock here.
            return timezone.localtime(value).replace(tzinfo=None)
        if isinstance(value, str):
            return without_control(value)  # kept before it was cleaned on the way in
        return "" if value is None else value


class RegisterInspectView(InspectView):
    """Shows one row; modeladmin's own takes 0 for nothing."""

    page_title = gettext_lazy("查看")

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        """Return a field's value as people read it."""
        value = getattr(self.instance, field_name, None)
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if value == 0:
            return value
        return super().get_field_display_value(field_name, field)


class NameSearchHandler(DjangoORMSearchHandler):
    """Finds by the search fields; Latin letters also find Chinese names by their pinyin, in full or by initials (zs: 张三)."""

    def search_queryset(
        self,
        queryset: QuerySet,
        search_term: str,
        *,
        initials_of: str = "name",
        **kwargs: Any,
    ) -> QuerySet:
        """Return the rows found, in the order of the list."""
        found = super().search_queryset(queryset, search_term, **kwargs)
        if not re.fullmatch("[A-Za-z]{1,40}", search_term):
            return found
        names = queryset.order_by().values_list("pk", initials_of)
        by_pinyin = [pk for pk, name in names if is_found_by(name, search_term)]
        return queryset.filter(Q(pk__in=by_pinyin) | Q(pk__in=found.order_by().values("pk")))


class RegisterButtons(ButtonHelper):
    """modeladmin's buttons, in the office's words."""

    def inspect_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the button that shows one row."""
        return super().inspect_button(*args, **kwargs) | {"label": _("查看")}


def yes_no(name: str, label: str) -> Callable[[Any, Model], str]:
    """Return a column for list_display that says 是 or 否; modeladmin's icons belong to an app that is not installed.

    Args:
        name: a boolean field.
        label: the heading.
    """

    def shown(self: ModelAdmin, item: Model) -> str:
        return _("是") if getattr(item, name) else _("否")

    shown.short_description = label
    shown.admin_order_field = name
    return shown


def yuan(name: str, label: str) -> Callable[[Any, Model], str]:
    """Return a column for list_display that shows an amount in 元, "12,000.00", lined up with the others.

    Args:
        name: a decimal field.
        label: the heading.
    """

    def shown(self: ModelAdmin, item: Model) -> str:
        amount = getattr(item, name)
        return self.get_empty_value_display(name) if amount is None else f"{amount:,.2f}"

    shown.short_description = label
    shown.admin_order_field = name
    shown.is_figure = True
    return shown


class Register(ModelAdmin):
    """The base of all registers. A register holds plain models: nothing with drafts, locks or a lifecycle."""

    index_view_class = RegisterIndexView
    inspect_view_class = RegisterInspectView
    inspect_view_enabled = True
    # Wagtail's history of a row asks no permission helper: whoever comes into the CMS could read it.
    history_view_enabled = False
    inspect_template_name = "units/admin/inspect.html"
    button_helper_class = RegisterButtons
    search_handler_class = NameSearchHandler
    empty_value_display = "—"
    list_per_page = 50
    inspect_view_fields_exclude = ("id",)
    sums: tuple[
        tuple[str, str], ...
    ] = ()  # decimal fields that an office adds up, with their headings

    def get_extra_class_names_for_field_col(self, obj: Model, field_name: str) -> list[str]:
        """Line numbers up."""
        shown = getattr(self, field_name, None)
        number = {field.name for field in obj._meta.fields if isinstance(field, NUMBERS)}
        return ["figure"] if getattr(shown, "is_figure", False) or field_name in number else []
