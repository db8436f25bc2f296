"""The office's registers (台账) of the brands: projects, activities, payments, awards and their levels."""

import re
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdminGroup
from wagtail_modeladmin.views import CreateView, EditView

from forms_app.models import Category, ProgrammeYear
from forms_app.office.gate import ForReaders
from portal.units.models import User
from portal.units.permissions import is_school_union, may_read_all
from portal.units.registers import Register, RegisterInspectView, yes_no, yuan

from .cultivation.midterm_list import STANDINGS, with_standing
from .models import Activity, Award, AwardLevel, Disbursement, Project
from .permissions import may_oversee


class OnlyRead(PermissionHelper):
    """The office and the auditors read; what changes, changes on the project's page, through its lifecycle."""

    def user_can_list(self, user: User) -> bool:
        """The office and the auditors."""
        return may_read_all(user)

    def user_can_inspect_obj(self, user: User, obj: Model) -> bool:
        """The office and the auditors."""
        return may_read_all(user)

    def user_can_create(self, user: User) -> bool:
        """Nobody."""
        return False

    def user_can_edit_obj(self, user: User, obj: Model) -> bool:
        """Nobody."""
        return False

    def user_can_delete_obj(self, user: User, obj: Model) -> bool:
        """Nobody."""
        return False


class KeptByOffice(OnlyRead):
    """The office adds and corrects; nothing is deleted."""

    def user_can_create(self, user: User) -> bool:
        """The office."""
        return is_school_union(user)

    def user_can_edit_obj(self, user: User, obj: Model) -> bool:
        """The office."""
        return is_school_union(user)


class PaidByOffice(KeptByOffice):
    """Nobody pays his own unit."""

    def user_can_edit_obj(self, user: User, obj: Disbursement) -> bool:
        """The office, but nobody for his own unit, its partners or what hosts it."""
        return may_oversee(user, obj.project)


class Levels(KeptByOffice):
    """A level that nobody has been given may be deleted."""

    def user_can_delete_obj(self, user: User, obj: Model) -> bool:
        """The office, as long as it is not in use."""
        return is_school_union(user) and not obj.awards.exists()


def year_filter(lookup: str) -> type[SimpleListFilter]:
    """Return a filter by programme year (Django's own filter of a relation asks for Django's admin site).

    Args:
        lookup: the way to the year, e.g. "project__programme_year".
    """

    class YearFilter(SimpleListFilter):
        title = _("年度")
        parameter_name = "year"

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return [(str(year.year), str(year)) for year in ProgrammeYear.objects.all()]

        def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
            value = self.value() or ""
            return (
                queryset.filter(**{f"{lookup}__year": value})
                if re.fullmatch("[0-9]{4}", value)
                else queryset
            )

    return YearFilter


def category_filter(lookup: str) -> type[SimpleListFilter]:
    """Return a filter by category.

    Args:
        lookup: the way to the category, e.g. "project__category".
    """

    class CategoryFilter(SimpleListFilter):
        title = _("项目类别")
        parameter_name = "category"

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return [(category.code, category.name) for category in Category.objects.all()]

        def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
            return (
                queryset.filter(**{f"{lookup}__code": self.value()}) if self.value() else queryset
            )

    return CategoryFilter


class Paid(SimpleListFilter):
    """Payments made, or still open."""

    title = _("下达")
    parameter_name = "paid"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [("yes", _("已下达")), ("no", _("未下达"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the chosen ones."""
        if self.value() in ("yes", "no"):
            return queryset.filter(paid_on__isnull=self.value() == "no")
        return queryset


class MidtermStanding(SimpleListFilter):
    """Where the mid-term check stands."""

    title = _("中期检查")
    parameter_name = "midterm"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [(code, label) for code, label, _where in STANDINGS]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the chosen ones."""
        return with_standing(queryset, self.value() or "")


class RecordedCreateView(CreateView):
    """Adds a payment with the name of who recorded it."""

    def form_valid(self, form: Any) -> Any:
        """Take the signed-in person as its recorder."""
        form.instance.recorded_by = self.request.user
        return super().form_valid(form)


class PaymentWithinGrant:
    """Two who record payments of one project at the same moment add up one after the other; nobody pays his own unit."""

    def form_valid(self, form: Any) -> Any:
        """Ask who pays whom, check the sum again under the project's lock, and save."""
        with transaction.atomic():
            project = Project.objects.select_for_update().get(pk=form.instance.project_id)
            if not may_oversee(self.request.user, project):
                form.add_error("project", _("只有校工会办公室可以办理，本单位的人回避。"))
                return self.form_invalid(form)
            try:
                form.instance.clean()
            except ValidationError as error:
                form.add_error(None, error)
                return self.form_invalid(form)
            return super().form_valid(form)


class PaymentCreateView(PaymentWithinGrant, RecordedCreateView):
    """Adds a payment."""


class PaymentEditView(PaymentWithinGrant, EditView):
    """Changes a payment."""


class OfProject(Register):
    """What belongs to a project: its page is one click away."""

    extra_search_kwargs = {"initials_of": "project__title"}

    def opened(self, obj: Any) -> SafeString:
        """The project, as a link to its page."""
        project = obj if isinstance(obj, Project) else obj.project
        return format_html('<a href="{}">{}</a>', project.office_path, project.title)

    opened.short_description = _("项目")

    def title(self, obj: Any) -> str:
        """The project's title, for the export."""
        return (obj if isinstance(obj, Project) else obj.project).title

    title.short_description = _("项目名称")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows with what list and export show."""
        return super().get_queryset(request).select_related(*self.list_select_related)

    def number(self, obj: Any) -> str:
        """The project's number."""
        return (obj if isinstance(obj, Project) else obj.project).project_no

    number.short_description = _("立项编号")

    def unit(self, obj: Any) -> str:
        """The unit's name."""
        return obj.project.unit.name

    unit.short_description = _("申报单位")


class ProjectView(RegisterInspectView):
    """查看 leads to the page where the office works on the project."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go there."""
        return redirect(self.instance.office_path)


class ProjectRegister(OfProject):
    """项目."""

    inspect_view_class = ProjectView

    model = Project
    menu_label = _("项目")
    menu_icon = "folder-open-inverse"
    permission_helper_class = OnlyRead
    list_display = [
        "project_no",
        "opened",
        "unit",
        "category",
        "leader_name",
        "granted_yuan",
        "status",
        "midterm_standing",
    ]
    granted_yuan = yuan("granted", _("批准经费（元）"))
    sums = (("granted", _("批准经费（元）")),)
    list_display_add_buttons = "project_no"
    list_filter = [
        year_filter("programme_year"),
        "status",
        MidtermStanding,
        category_filter("category"),
    ]
    list_select_related = ["programme_year", "unit", "category", "midterm"]
    list_export = [
        "project_no",
        "programme_year",
        "unit",
        "title",
        "category",
        "leader_name",
        "granted",
        "status",
        "midterm_standing",
        "established_at",
    ]
    search_fields = ["project_no", "title", "unit__name", "leader_name"]
    extra_search_kwargs = {"initials_of": "title"}
    export_filename = "项目台账"

    def unit(self, obj: Project) -> str:
        """The unit's name."""
        return obj.unit.name

    unit.short_description = _("申报单位")

    def midterm_standing(self, obj: Project) -> str | SafeString:
        """Where the mid-term check stands."""
        return obj.midterm.standing if hasattr(obj, "midterm") else ""

    midterm_standing.short_description = _("中期检查")


class DisbursementRegister(OfProject):
    """经费下达."""

    model = Disbursement
    create_view_class = PaymentCreateView
    edit_view_class = PaymentEditView
    menu_label = _("经费下达")
    menu_icon = "order"
    permission_helper_class = PaidByOffice
    list_display = ["number", "opened", "unit", "amount_yuan", "paid_on", "note"]
    amount_yuan = yuan("amount", _("金额（元）"))
    sums = (("amount", _("金额（元）")),)
    list_filter = [year_filter("project__programme_year"), Paid]
    list_select_related = ["project__unit", "project__category", "project__entry__unit"]
    list_export = ["number", "unit", "title", "amount", "paid_on", "note"]
    search_fields = ["project__project_no", "project__title", "project__unit__name"]
    panels = [
        FieldPanel("project"),
        FieldPanel("amount"),
        FieldPanel("paid_on"),
        FieldPanel("note"),
    ]
    export_filename = "经费下达"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows with what says who may correct them."""
        return super().get_queryset(request).prefetch_related("project__entry__partner_units")


class AwardRegister(OfProject):
    """表彰."""

    model = Award
    menu_label = _("表彰")
    menu_icon = "pick"
    permission_helper_class = OnlyRead
    list_display = ["level", "number", "opened", "unit", "given_at"]
    ordering = ["-level__programme_year__year", "level__order", "project__serial"]
    list_filter = [year_filter("level__programme_year"), category_filter("project__category")]
    list_select_related = ["level__programme_year", "project__unit", "project__category"]
    list_export = ["level", "number", "unit", "title", "given_at"]
    search_fields = ["project__project_no", "project__title", "project__unit__name", "level__name"]
    export_filename = "表彰名单"


class AwardLevelRegister(Register):
    """奖项."""

    model = AwardLevel
    menu_label = _("奖项")
    menu_icon = "list-ol"
    permission_helper_class = Levels
    list_display = ["name", "programme_year", "order"]
    list_filter = [year_filter("programme_year")]
    list_select_related = ["programme_year"]
    list_export = ["programme_year", "name", "order"]
    search_fields = ["name"]
    panels = [FieldPanel("programme_year"), FieldPanel("name"), FieldPanel("order")]
    export_filename = "奖项"


class ActivityRegister(OfProject):
    """活动."""

    model = Activity
    menu_label = _("活动")
    menu_icon = "date"
    permission_helper_class = OnlyRead
    list_display = ["date", "name", "opened", "unit", "place", "participants", "chosen"]
    ordering = ["-date", "-pk"]
    chosen = yes_no("offered", _("推荐展示"))
    list_filter = [year_filter("project__programme_year"), "offered"]
    list_select_related = ["project__unit", "project__category"]
    list_export = ["date", "name", "number", "unit", "place", "participants", "sentence", "url"]
    search_fields = ["name", "place", "project__title", "project__unit__name"]
    export_filename = "活动台账"


class BrandsGroup(ModelAdminGroup):
    """The registers under one menu entry."""

    menu_label = _("项目与表彰")
    menu_icon = "pick"
    menu_order = 320
    items = (
        ProjectRegister,
        ActivityRegister,
        DisbursementRegister,
        AwardRegister,
        AwardLevelRegister,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        """Return the registers, the mid-term checks after the projects, and at the end what the office makes of the year."""
        projects, *others = super().get_submenu_items()
        midterm = ForReaders(
            _("中期检查"), reverse("office_midterm"), name="midterm", icon_name="clipboard-list"
        )
        reports = [
            ForReaders(_("年度报表"), reverse("yearly:index"), icon_name="table"),
            ForReaders(_("单位档案"), reverse("yearly:units"), icon_name="folder-inverse"),
        ]
        items = [projects, midterm, *others, *reports]
        for place, item in enumerate(items, start=1):
            item.order = place
        return items
