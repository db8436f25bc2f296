"""What the content room registers with Wagtail."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import (
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    WorkflowMenuItem,
)
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, WorkflowObjectsToModeratePanel
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.editing import refuse_to_overwrite
from portal.units.permissions import is_school_union

from .admin_api import AdminDocuments, AdminPictures
from .files.access import FilePolicy
from .headless.previewing import may_preview
from .models import Document, Picture, PolicyIndexPage, ReviewTask
from .moderation.doors import may_take_down
from .moderation.hints import hints_of
from .moderation.turns import returned_to, state_of, waiting_for, whose_turn
from .set_up import (
    set_up_permission_names,
    set_up_permissions,
    set_up_search,
    set_up_site,
    set_up_standing_pages,
    set_up_workflow,
)
from .text_links import PublicPageLink
from .views import policy_upload, previews, reviewing

# In the place of Wagtail's own: what is registered for the exact class wins, whichever app is ready first.
for _model, _auth_model in ((Picture, "wagtailimages.Image"), (Document, "wagtaildocs.Document")):
    register_permission_policy(
        _model,
        FilePolicy(_model, auth_model=_auth_model, owner_field_name="uploaded_by_user"),
        exact_class=True,
    )

hooks.register("set_up", set_up_site, order=20)
hooks.register("set_up", set_up_workflow, order=21)
hooks.register("set_up", set_up_permissions, order=22)
hooks.register("set_up", set_up_standing_pages, order=23)
hooks.register("set_up", set_up_permission_names, order=90)
hooks.register("set_up", set_up_search, order=91)
hooks.register("before_edit_page", refuse_to_overwrite)
hooks.register("before_edit_snippet", refuse_to_overwrite)
hooks.register("before_edit_page", policy_upload.point_to_report)


@hooks.register("before_edit_page")
def say_why_it_came_back(request: HttpRequest, page: Page) -> None:
    """Tell whoever opens a returned page what is to be changed, with the way to the reviewers' words."""
    back = state_of(page) if request.method == "GET" and page.current_workflow_state else None
    if back and back.returned_reason:
        words = {"by": back.returned_by, "reason": back.returned_reason}
        messages.warning(
            request,
            _("退回修改，%(by)s：%(reason)s") % words,
            buttons=[messages.button(reverse("cms_review", args=[page.pk]), _("看审核情况和留言"))],
        )


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """The reviewers' screen and what the office does with a page's publicity."""
    return [
        path("review/<int:page_pk>/", reviewing.review, name="cms_review"),
        path("review/<int:page_pk>/sheet/", reviewing.sheet, name="cms_review_sheet"),
        path(
            "review/<int:page_pk>/changes/<slug:since>/",
            reviewing.Changes.as_view(),
            name="cms_review_changes",
        ),
        path("review/<int:page_pk>/withdraw/", reviewing.withdraw_page, name="cms_withdraw"),
        path("policy-from-file/", policy_upload.policy_from_file, name="cms_policy_from_file"),
        path("policy-report/<int:page_pk>/", policy_upload.report, name="cms_policy_report"),
        path("headless-preview/<int:page_pk>/", previews.headless_preview, name="cms_preview"),
        path("take-down/<int:page_pk>/", reviewing.take_down_page, name="cms_take_down"),
    ]


@hooks.register("construct_page_chooser_queryset")
def choose_among_readable_pages(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """Offer drafts to those who write pages; whoever only reads or reviews chooses among what is public."""
    return pages if is_school_union(request.user) else pages.live()


@hooks.register("construct_admin_api", order=100)
def narrow_admin_api(router: Any) -> None:
    """Put our lists in the place of Wagtail's, which show every file to everybody in the CMS."""
    router.register_endpoint("images", AdminPictures)
    router.register_endpoint("documents", AdminDocuments)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def hint_at_what_to_check(request: HttpRequest, page: Page) -> None:
    """Tell the editor what of the saved page should be looked at twice."""
    for hint in hints_of(page.latest_revision) if page.latest_revision else ():
        messages.warning(request, _("请核对：%(words)s") % {"words": hint.words})


class WaitingPanel(Component):
    """What waits for this reviewer, and what came back to its author."""

    name = "waiting_for_you"
    template_name = "cms/admin/waiting_panel.html"
    order = 100

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Return the stages at which the person can decide now, and his pages that came back."""
        user = parent_context["request"].user
        return {
            "returned": returned_to(user),
            "states": waiting_for(user),
            "is_reviewer": ReviewTask.is_for(user),
            "running": whose_turn() if is_school_union(user) else [],
        }


@hooks.register("register_rich_text_features", order=100)
def link_to_what_is_public(features: FeatureRegistry) -> None:
    """Let links in texts name public pages only."""
    features.register_link_type(PublicPageLink)


@hooks.register("insert_global_admin_css")
def line_up_everywhere() -> SafeString:
    """Give every screen of the CMS the small rules of ours."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/everywhere.css"))


@hooks.register("insert_global_admin_js")
def write_figures_plainly() -> SafeString:
    """Let the forms of the CMS and of the office write numbers as they are read."""
    return format_html('<script src="{}" defer></script>', static("js/figures.js"))


@hooks.register("insert_editor_js")
def speak_chinese_in_tables() -> SafeString:
    """Give the table editor its words."""
    return format_html('<script src="{}"></script>', static("js/admin/table-words.js"))


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """Put our panel in the place of Wagtail's, whose buttons decide without the page being read."""
    panels[:] = [
        panel
        for panel in panels
        if not isinstance(panel, WorkflowObjectsToModeratePanel | LockedPagesPanel)
    ]
    panels.append(WaitingPanel())


@hooks.register("construct_page_action_menu")
def decide_on_the_review_screen(
    menu_items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Take Wagtail's approve and restart buttons out of the editor: they save the form first, and a save is an edit."""
    menu_items[:] = [
        item
        for item in menu_items
        if not isinstance(item, WorkflowMenuItem | RestartWorkflowMenuItem | CancelWorkflowMenuItem)
    ]


@hooks.register("register_page_header_buttons")
def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """Offer the review screen, the preview elsewhere and taking down in the page's menu."""
    if page.depth > 1 and page.workflow_in_progress:
        yield Button(
            _("审核情况"),
            reverse("cms_review", args=[page.pk]),
            icon_name="tasks",
            priority=5,
        )
    if settings.HEADLESS_PREVIEW_URL and page.latest_revision_id and may_preview(user, page):
        yield Button(
            _("在独立前端预览"),
            reverse("cms_preview", args=[page.pk]),
            icon_name="view",
            priority=15,
            attrs={"target": "_blank", "rel": "noopener"},
        )
    if may_take_down(user) and getattr(page.specific_deferred, "can_be_taken_down", False):
        label = _("撤下") if page.live else _("取消公开")
        yield Button(
            label, reverse("cms_take_down", args=[page.pk]), icon_name="download", priority=90
        )


@hooks.register("register_page_header_buttons")
def policy_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """Offer the upload of an official document where the policies are listed."""
    if page.specific_class is PolicyIndexPage and policy_upload.may_add_policies(user):
        yield Button(
            _("从公文文件新建"), reverse("cms_policy_from_file"), icon_name="upload", priority=1
        )


class PolicyMenuItem(MenuItem):
    """The upload of an official document, for those who may add policies."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may add pages; where, the screen asks (the menu stands on every screen)."""
        return page_permission_policy.user_has_permission(request.user, "add")


@hooks.register("register_admin_menu_item")
def policy_menu_item() -> MenuItem:
    """Offer the upload in the CMS's menu."""
    return PolicyMenuItem(
        _("从公文文件新建"), reverse("cms_policy_from_file"), icon_name="upload", order=150
    )


@hooks.register("construct_help_menu")
def keep_help_at_home(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Drop the links to Wagtail's English guides on another host."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("http")]


@hooks.register("register_log_actions")
def name_our_actions(actions: Any) -> None:
    """Give a take-down its line in the page's history."""

    @actions.register_action("cms.take_down")
    class TakeDownFormatter(LogFormatter):
        label = _("撤下")

        def format_message(self, log_entry: Any) -> str:
            return _("撤下：%(reason)s") % {"reason": log_entry.data.get("reason", "")}
