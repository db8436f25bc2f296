"""The registers of units, posts, people and audit records."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdminGroup

from .models import AuditRecord, Membership, Role, Unit, User
from .permissions import may_manage_people, may_manage_person, may_read_people
from .registers import Register, RegisterButtons, yes_no
from .views import people


class KeptByOffice(PermissionHelper):
    """The office keeps it, auditors read it, nobody deletes: entries and records point at units, posts and people."""

    def user_can_list(self, user: User) -> bool:
        """The office and the auditors."""
        return may_read_people(user)

    def user_can_inspect_obj(self, user: User, obj: Model) -> bool:
        """The office and the auditors."""
        return may_read_people(user)

    def user_can_create(self, user: User) -> bool:
        """The office."""
        return may_manage_people(user)

    def user_can_edit_obj(self, user: User, obj: Model) -> bool:
        """The office."""
        return may_manage_people(user)

    def user_can_delete_obj(self, user: User, obj: Model) -> bool:
        """Nobody."""
        return False


class KeptPeople(KeptByOffice):
    """As above; accounts that reach the CMS are a superuser's."""

    def user_can_edit_obj(self, user: User, obj: User) -> bool:
        """Whoever may manage this account."""
        return may_manage_person(user, obj)


class Posts(KeptByOffice):
    """A post entered by mistake may be deleted by a superuser; otherwise it gets a last day."""

    def user_can_delete_obj(self, user: User, obj: Model) -> bool:
        """Superusers."""
        return user.is_superuser


class OnlyRead(KeptByOffice):
    """A record of facts."""

    def user_can_create(self, user: User) -> bool:
        """Nobody."""
        return False

    def user_can_edit_obj(self, user: User, obj: Model) -> bool:
        """Nobody."""
        return False


class InOffice(SimpleListFilter):
    """Posts held today, or ended ones."""

    title = _("在任")
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [("now", _("现任")), ("past", _("已卸任"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the chosen ones."""
        if self.value() == "now":
            return queryset.filter(pk__in=Membership.objects.current().values("pk"))
        if self.value() == "past":
            return queryset.filter(until__lt=timezone.localdate())
        return queryset


class HasRole(SimpleListFilter):
    """People by role of the school union."""

    title = _("角色")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the roles."""
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the chosen ones."""
        return queryset.filter(groups__role_group__code=self.value()) if self.value() else queryset


class UnitButtons(RegisterButtons):
    """A unit's buttons, and those of the floors above that know more of it (hook `unit_links`)."""

    def get_buttons_for_obj(self, obj: Unit, **kwargs: Any) -> list[dict[str, Any]]:
        """Return the buttons of a row."""
        links = [
            link for hook in hooks.get_hooks("unit_links") for link in hook(self.request.user, obj)
        ]
        classname = self.finalise_classname(
            [*self.inspect_button_classnames, *(kwargs.get("classnames_add") or [])]
        )
        return [
            *super().get_buttons_for_obj(obj, **kwargs),
            *(
                {"url": url, "label": label, "classname": classname, "title": label}
                for label, url in links
            ),
        ]


class UnitRegister(Register):
    """单位."""

    button_helper_class = UnitButtons

    model = Unit
    menu_label = _("单位")
    menu_icon = "group"
    permission_helper_class = KeptByOffice
    list_display = ["name", "code", "kind", "disciplinary", "host", "member_count", "active"]
    disciplinary = yes_no("is_disciplinary", _("学科性学院"))
    active = yes_no("is_active", _("在用"))
    list_filter = ["kind", "is_disciplinary", "is_active"]
    list_select_related = ["host"]
    list_export = [
        "code",
        "name",
        "short_name",
        "kind",
        "is_disciplinary",
        "host",
        "party_organisation",
        "member_count",
        "order",
        "is_active",
    ]
    export_filename = "单位"
    search_fields = ["name", "short_name", "code"]
    inspect_view_fields = list_export
    panels = [FieldPanel(name) for name in list_export]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
        """Return the units with their hosts: the export reads them too."""
        return super().get_queryset(request).select_related("host")


class MembershipRegister(Register):
    """任职."""

    model = Membership
    menu_label = _("任职")
    menu_icon = "user"
    permission_helper_class = Posts
    list_display = ["user", "staff_no", "unit", "post_title", "since", "until"]
    list_filter = [InOffice, "post", "unit__kind"]
    list_select_related = ["user", "unit"]
    list_export = ["staff_no", "user", "unit_code", "unit", "post_title", "since", "until"]
    export_filename = "任职"
    search_fields = ["user__name", "user__staff_no", "unit__name", "unit__short_name"]
    extra_search_kwargs = {"initials_of": "user__name"}
    inspect_view_fields = ["user", "unit", "post", "since", "until"]
    panels = [FieldPanel(name) for name in inspect_view_fields]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """Return the posts with people and units: the export reads them too."""
        return super().get_queryset(request).select_related("user", "unit")

    def staff_no(self, membership: Membership) -> str:
        """The person's staff number."""
        return membership.user.staff_no or ""

    staff_no.short_description = _("工号")

    def unit_code(self, membership: Membership) -> str:
        """The unit's code."""
        return membership.unit.code

    unit_code.short_description = _("单位代码")

    def post_title(self, membership: Membership) -> str:
        """The post as the unit calls it."""
        return str(membership.post_title)

    post_title.short_description = _("职务")


class PersonRegister(Register):
    """人员: everybody who can sign in. Groups of the CMS are given in Wagtail's user management."""

    model = User
    base_url_path = "units/person"
    menu_label = _("人员")
    menu_icon = "user"
    permission_helper_class = KeptPeople
    list_display = ["name", "staff_no", "held_posts", "active", "last_login"]
    active = yes_no("is_active", _("可登录"))
    list_filter = ["is_active", HasRole]
    list_export = ["staff_no", "name", "username", "phone", "email", "held_posts", "held_roles"]
    export_filename = "人员"
    search_fields = ["name", "staff_no", "username"]
    inspect_view_fields = [
        "name",
        "staff_no",
        "username",
        "phone",
        "email",
        "is_active",
        "must_change_password",
        "last_login",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the people with their posts of today and their roles."""
        current = Membership.objects.current().select_related("unit")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(
                Prefetch("memberships", current, to_attr="posts_today"), "groups__role_group"
            )
        )

    def held_posts(self, person: User) -> str:
        """The posts of today."""
        return "、".join(f"{held.unit} {held.post_title}" for held in person.posts_today)

    held_posts.short_description = _("现任职务")

    def held_roles(self, person: User) -> str:
        """The roles of the school union."""
        return "、".join(
            str(group.role_group) for group in person.groups.all() if hasattr(group, "role_group")
        )

    held_roles.short_description = _("角色")

    def create_view(self, request: HttpRequest) -> HttpResponse:
        """Show our own form: modeladmin's would write what a form must not."""
        return people.add(request)

    def edit_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        """Show our own form."""
        return people.edit(request, instance_pk)


class AuditRegister(Register):
    """安全审计记录."""

    model = AuditRecord
    menu_icon = "history"
    permission_helper_class = OnlyRead
    history_view_enabled = False
    list_display = ["at", "action", "result", "person", "tried", "ip"]
    list_filter = ["action", "result", "at"]
    list_select_related = ["person", "actor"]
    list_export = ["at", "action", "result", "person", "tried", "actor", "ip", "detail"]
    inspect_view_fields = list_export
    export_filename = "安全审计记录"
    search_fields = ["person__name", "person__staff_no", "tried", "ip"]
    extra_search_kwargs = {"initials_of": "person__name"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditRecord]:
        """Return the records with the people they name: the export reads them too."""
        return super().get_queryset(request).select_related("person", "actor")


class ImportMenuItem(MenuItem):
    """导入."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person keeps units and people."""
        return may_manage_people(request.user)


class PeopleGroup(ModelAdminGroup):
    """The menu 单位与人员."""

    menu_label = _("单位与人员")
    menu_icon = "group"
    menu_order = 500
    items = (UnitRegister, MembershipRegister, PersonRegister, AuditRegister)

    def get_submenu_items(self) -> list[MenuItem]:
        """Return the registers and the import, which stands before the audit records."""
        *registers, audit = super().get_submenu_items()
        address = reverse("units_import")
        item = ImportMenuItem(
            _("导入单位与人员"), address, name="units-import", icon_name="upload", order=4
        )
        audit.order = 5
        return [*registers, item, audit]
