"""What has to be settled before the first call: cards of a new installation, which go when they are done."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.cms.models import SiteSettings
from portal.units.models import Role, RoleGroup, Unit, User
from portal.units.permissions import may_manage_people
from portal.workspace.due import DueItem

from ..models import CallIndexPage, CallPage, ProgrammeYear

# Without these four nothing becomes public, and nobody handles what units send.
NEEDED = (Role.SCHOOL_UNION, Role.FIRST_REVIEW, Role.SECOND_REVIEW, Role.FINAL_REVIEW)


def first_steps(user: User) -> Iterator[DueItem]:
    """Yield what the first installation still lacks, in the order in which it is done; nothing for other people.

    Args:
        user: somebody of the office, or the administrator, who alone gives out roles.
    """
    if not may_manage_people(user):
        return
    if user.is_superuser and (lacking := _roles_nobody_has()):
        yield DueItem(
            title=_("指定办公室和审核人"),
            subject=_("还没有人担任：%(roles)s")
            % {"roles": "、".join(str(role.label) for role in lacking)},
            why=_("在“用户”里添加，给每个人选用户组。公开的页面要由三位不同的人审过。"),
            path=reverse("wagtailusers_users:index"),
            button=_("去指定"),
        )
    if not SiteSettings.objects.exclude(union_name="").exists():
        yield DueItem(
            title=_("填写网站信息"),
            why=_("工会名称、地址和电话显示在每一页的页头和页脚。"),
            path=reverse("wagtailsettings:edit", args=["cms", "sitesettings"]),
            button=_("去填写"),
        )
    if not Unit.objects.exists():
        yield DueItem(
            title=_("导入单位与人员"),
            why=_("下载模板，填好上传；先看会新增什么，确认以后才导入。"),
            path=reverse("units_import"),
            button=_("去导入"),
        )
    if not ProgrammeYear.objects.exists():
        yield DueItem(
            title=_("新建年度"),
            why=_("填五个步骤的日期和年度经费，申报通知要用。"),
            path=reverse("programmeyear:add"),
            button=_("去新建"),
        )
    elif not CallPage.objects.exists():
        index = CallIndexPage.objects.get()
        yield DueItem(
            title=_("起草第一份申报通知"),
            why=_("选年度和表单，定截止时间；三审通过，到时间单位就能填报。"),
            path=reverse("wagtailadmin_pages:add", args=["forms_app", "callpage", index.pk]),
            button=_("去起草"),
        )


def _roles_nobody_has() -> list[Role]:
    """Return the roles that no active person holds (one query)."""
    held = RoleGroup.objects.filter(code__in=NEEDED, group__user__is_active=True)
    codes = set(held.values_list("code", flat=True))
    return [role for role in NEEDED if role not in codes]
