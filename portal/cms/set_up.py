"""The site tree, the review workflow and what each group may do in the CMS."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.search.models import IndexEntry

from portal.units.models import Role, RoleGroup

from .models import (
    HomePage,
    NoticeIndexPage,
    PolicyIndexPage,
    ReviewStage,
    ReviewTask,
    StandardPage,
)
from .standing_pages import ACCESSIBILITY, PRIVACY

WORKFLOW_NAME = "学校工会审核"
STAGE_ROLES = {
    ReviewStage.FIRST: Role.FIRST_REVIEW,
    ReviewStage.SECOND: Role.SECOND_REVIEW,
    ReviewStage.FINAL: Role.FINAL_REVIEW,
}
CMS_ROLES = (Role.SCHOOL_UNION, *STAGE_ROLES.values(), Role.AUDITOR)


def ensure_child(parent: Page, page: Page) -> Page:
    """Return the parent's child with the page's slug, adding and publishing the page where there is none."""
    existing = parent.get_children().filter(slug=page.slug).first()
    if existing:
        return existing.specific
    return parent.add_child(instance=page)


def home_page() -> HomePage:
    """Return the site's home page."""
    return HomePage.objects.get()


def set_up_site() -> str:
    """Create home page, site, notices and policies where missing. Returns a line for the report."""
    if not HomePage.objects.exists():
        root = Page.get_first_root_node()
        welcome = root.get_children().filter(slug="home").first()
        if welcome:
            welcome.delete()
            root.refresh_from_db()
        root.add_child(
            instance=HomePage(
                title="首页",
                slug="home",
                headline="一个工会，一个立得住的文化品牌",
                lede="各二级工会和教职工文体协会每年培育一个品牌，从申报、立项、培育到验收、表彰，全程在这里。",
                body=[
                    {"type": kind, "value": None}
                    for kind in ("year_steps", "open_calls", "news", "brand_wall", "year_figures")
                ],
            )
        )
    home = home_page()
    address = urlsplit(settings.BASE_URL)
    if not Site.objects.exists():
        Site.objects.create(
            hostname=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 80),
            site_name=settings.WAGTAIL_SITE_NAME,
            root_page=home,
            is_default_site=True,
        )
    # Wagtail's migrations name the roots in English.
    Collection.objects.filter(depth=1, name="Root").update(name="全部文件")
    Page.objects.filter(depth=1, title="Root").update(title="网站", draft_title="网站")
    ensure_child(home, NoticeIndexPage(title="通知公告", slug="notices"))
    ensure_child(home, PolicyIndexPage(title="政策文件", slug="policies"))
    return f"网站 pages: {Page.objects.count() - 1}"


def set_up_standing_pages() -> str:
    """Create the privacy notice and the accessibility statement where missing. Returns a line for the report."""
    now = timezone.now()
    for title, slug, body in (
        ("隐私说明", "privacy", PRIVACY),
        ("无障碍声明", "accessibility", ACCESSIBILITY),
    ):
        page = StandardPage(title=title, slug=slug, body=body)
        page.first_published_at = page.last_published_at = now
        ensure_child(home_page(), page)
    return "专页 standing pages: /privacy/ /accessibility/"


def set_up_search() -> str:
    """Index what is there where nothing is: after an upgrade of the index. Returns a line for the report."""
    if not IndexEntry.objects.exists():
        call_command("update_index", verbosity=0)
    return f"搜索 search: {IndexEntry.objects.count()} entries"


def set_up_workflow() -> str:
    """Create the three stages and tie the workflow to the whole site. Returns a line for the report."""
    workflow, _created = Workflow.objects.get_or_create(
        name=WORKFLOW_NAME, defaults={"active": True}
    )
    for order, (stage, role) in enumerate(STAGE_ROLES.items()):
        task, _created = ReviewTask.objects.get_or_create(
            stage=stage, defaults={"name": str(stage.label)}
        )
        task.groups.add(RoleGroup.objects.get(code=role).group)
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task=task, defaults={"sort_order": order}
        )
    WorkflowPage.objects.get_or_create(page=home_page(), defaults={"workflow": workflow})
    # Wagtail's own example, which its migration made and nobody uses.
    Workflow.objects.filter(name="Moderators approval", workflow_states__isnull=True).delete()
    Task.objects.filter(name="Moderators approval", task_states__isnull=True).delete()
    Workflow.objects.exclude(pk=workflow.pk).update(active=False)
    return f"审核流程 workflow: {workflow.name}"


def set_up_permissions() -> str:
    """Give the groups what they need in the CMS; nobody gets the publish permission. Returns a line for the report."""
    home, root_collection = home_page(), Collection.get_first_root_node()
    for role in CMS_ROLES:
        grant(RoleGroup.objects.get(code=role).group, "wagtailadmin.access_admin")
    office = RoleGroup.objects.get(code=Role.SCHOOL_UNION).group
    for codename in ("add_page", "change_page", "lock_page", "unlock_page"):
        GroupPagePermission.objects.get_or_create(
            group=office,
            page=home,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore", codename=codename
            ),
        )
    # Wagtail asks for the permissions of its own models, also where pictures and documents are ours.
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in ("add", "change", "delete", "choose"):
            GroupCollectionPermission.objects.get_or_create(
                group=office,
                collection=root_collection,
                permission=Permission.objects.get(
                    content_type__app_label=app_label, codename=f"{action}_{model}"
                ),
            )
    grant(office, "cms.change_sitesettings")
    return f"权限 permissions: {Group.objects.count()} groups"


PERMISSION_VERBS = {"add": "新增", "change": "修改", "delete": "删除", "view": "查看"}
PERMISSION_NAMES = {
    "access_admin": "进入管理后台",
    "bulk_delete_page": "删除带下级页面的页面",
    "lock_page": "锁定页面",
    "unlock_page": "解锁别人锁定的页面",
    "publish_page": "直接发布页面（不起作用：发布须经审核）",
    "choose_image": "选用图片",
    "choose_document": "选用文件",
}


def set_up_permission_names() -> str:
    """Give the permissions Chinese names; Django writes them into the database in English. Returns a line for the report."""
    renamed = []
    for permission in Permission.objects.select_related("content_type"):
        verb, _sep, model = permission.codename.partition("_")
        named = permission.content_type.model_class()
        noun = named._meta.verbose_name if named else permission.content_type.model
        if permission.codename in PERMISSION_NAMES:
            name = PERMISSION_NAMES[permission.codename]
        elif verb in PERMISSION_VERBS and model == permission.content_type.model:
            name = f"{PERMISSION_VERBS[verb]}{noun}"
        elif verb == "publish":
            name = f"发布{noun}"
        elif verb in ("lock", "unlock"):
            name = f"{'解锁' if verb == 'unlock' else '锁定'}{noun}"
        else:
            continue
        if permission.name != name:
            permission.name = name
            renamed.append(permission)
    Permission.objects.bulk_update(renamed, ["name"], batch_size=200)
    return f"权限名称 permission names: {len(renamed)} renamed"


def grant(group: Group, *names: str) -> None:
    """Add permissions to a group by "app.codename"."""
    for name in names:
        app_label, codename = name.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app_label, codename=codename)
        )
