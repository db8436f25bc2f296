"""The reviewers' screen, and the office's two ways of taking a page back."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.views.generic.models import RevisionsCompareView
from wagtail.models import Page, TaskState, WorkflowState

from portal.dates import day_and_time
from portal.lifecycle.door import Refused

from ..models import ReasonForm, Return
from ..models.remark import REMARK_LENGTH
from ..moderation.doors import (
    approve,
    may_take_down,
    return_page,
    take_down,
    why_not_take_down,
    withdraw,
)
from ..moderation.hints import hints_of
from ..moderation.remarks import may_remark, remark
from ..moderation.turns import authors_named, stages_of, state_of
from ..permissions import may_see_review


def _reviewed(request: HttpRequest, page_pk: int) -> tuple[Page, WorkflowState]:
    """Return a page with its running or last review; 404 to a person without anything to do with it."""
    page = get_object_or_404(Page, pk=page_pk).specific
    flow = page.current_workflow_state or page.workflow_states.order_by("-created_at").first()
    if flow is None or not may_see_review(request.user, page, flow):
        raise Http404
    return page, flow


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, page_pk: int) -> HttpResponse:
    """Show a page under review to those concerned, and take the decision of who may decide.

    A person without anything to do with it gets 404.
    """
    page, flow = _reviewed(request, page_pk)
    if request.POST.get("decision") == "remark":
        return _remark(request, page)
    task_state = flow.current_task_state
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["comment"].required = request.POST.get("decision") == "return"
    form.fields["comment"].label = _("意见")
    form.fields["comment"].help_text = _("退回时必填：哪里要改，改成什么样。")
    if request.method == "POST" and form.is_valid():
        return _decide(request, page, task_state, form.cleaned_data["comment"])
    running = page.workflow_in_progress
    return TemplateResponse(
        request,
        "cms/admin/review.html",
        {
            "page": page,
            "flow": flow,
            "task_state": task_state,
            "running": running,
            "stages": stages_of(flow),
            "authors": authors_named(flow),
            "returns": Return.objects.filter(page_id=page.pk).select_related("by"),
            "earlier": _earlier(page, task_state) if running else {},
            "why_not": task_state.task.specific.why_not(task_state, request.user)
            if running
            else "",
            "form": form,
            "remarks": page.remarks.select_related("by"),
            "may_remark": may_remark(request.user, page),
            "remark_length": REMARK_LENGTH,
            "hints": hints_of(task_state.revision) if running else [],
            "may_edit": page.permissions_for_user(request.user).can_edit(),
        },
        status=422 if form.errors else 200,
    )


def _earlier(page: Page, state: TaskState) -> dict[str, int | str]:
    """Return what the reviewed revision can be compared with: "live", and the one "returned" last where it is newer."""
    found: dict[str, int | str] = {"live": "live"} if page.live else {}
    back = Return.objects.filter(page_id=page.pk).first()
    public = page.live_revision_id or 0
    if back and public < (back.revision_id or 0) < (state.revision_id or 0):
        found["returned"] = back.revision_id
    return found


class Changes(RevisionsCompareView):
    """What of a page under review differs from what is public, or from what was returned, for all who see the review.

    Wagtail's own comparison asks for a permission to edit pages, which reviewers do not have.
    """

    page_title = gettext_lazy("修改对照")

    def setup(self, request: HttpRequest, page_pk: int, since: str) -> None:  # type: ignore[override]
        """Find the two revisions.

        Raises:
            Http404: the person has nothing to do with the page, it is not under review, or there is nothing to compare with.
        """
        self.page, flow = _reviewed(request, page_pk)
        state = flow.current_task_state
        earlier = _earlier(self.page, state) if self.page.workflow_in_progress else {}
        if since not in earlier:
            raise Http404
        super().setup(request, page_pk, earlier[since], state.revision_id)

    def get_object(self, queryset: object = None) -> Page:
        """Return the page."""
        return self.page

    def get_edit_handler(self) -> object:
        """Return the panels whose fields are compared."""
        return self.page.get_edit_handler()

    def get_page_subtitle(self) -> str:
        """Return the page's title."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the review."""
        back = {"url": reverse("cms_review", args=[self.page.pk]), "label": _("审核")}
        return [back, *super().get_breadcrumbs_items()]


def _remark(request: HttpRequest, page: Page) -> HttpResponse:
    try:
        remark(page, actor=request.user, text=request.POST.get("text", ""))
        messages.success(request, _("已留言。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('cms_review', args=[page.pk])}#remarks")


@require_safe
def sheet(request: HttpRequest, page_pk: int) -> HttpResponse:
    """Show the sheet of a page's review (审核单) to print and file: who did what when, in all three stages."""
    page, flow = _reviewed(request, page_pk)
    return TemplateResponse(
        request,
        "cms/admin/review_sheet.html",
        {
            "page": page,
            "flow": flow,
            "revision": flow.current_task_state.revision if flow.current_task_state else None,
            "stages": stages_of(flow),
            "authors": authors_named(flow),
            "returns": Return.objects.filter(page_id=page.pk).select_related("by").reverse(),
            "remarks": page.remarks.select_related("by"),
            "printed_at": timezone.now(),
        },
    )


def _decide(request: HttpRequest, page: Page, task_state: TaskState, comment: str) -> HttpResponse:
    """Carry the decision out; a form that was loaded for another stage is refused."""
    stale = request.POST.get("task_state") != str(task_state.pk)
    try:
        if stale:
            raise Refused(_("这个环节已经有人办理，请看看现在的情况。"), code="wrong_state")
        if request.POST.get("decision") == "approve":
            approve(task_state, actor=request.user, comment=comment)
            _say_passed(request, page)
        else:
            return_page(task_state, actor=request.user, reason=comment)
            messages.success(
                request, _("已退回：%(title)s") % {"title": page.get_admin_display_title()}
            )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("cms_review", page.pk)
    return redirect("wagtailadmin_home")


def _say_passed(request: HttpRequest, page: Page) -> None:
    title = {"title": page.get_admin_display_title()}
    if state_of(page).stage:
        messages.success(request, _("已通过：%(title)s") % title)
        return
    page = Page.objects.get(pk=page.pk)
    if planned := page.scheduled_revision:
        title["at"] = day_and_time(planned.approved_go_live_at)
        messages.success(request, _("三审已全部通过，将于%(at)s自动公开：%(title)s") % title)
        return
    button = [messages.button(page.get_url(request), _("看公开的页面"))] if page.live else None
    messages.success(request, _("三审已全部通过，现在公开：%(title)s") % title, buttons=button)


@require_POST
def withdraw_page(request: HttpRequest, page_pk: int) -> HttpResponse:
    """Take a page out of review."""
    page = get_object_or_404(Page, pk=page_pk).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    try:
        withdraw(page, actor=request.user)
        messages.success(request, _("已撤回，可以继续修改。"))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("wagtailadmin_pages:edit", page.pk)


class TakeDownForm(forms.Form):
    """Why a public page goes."""

    reason = forms.CharField(
        label=gettext_lazy("撤下的原因"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("记入本页的历史。"),
    )


@require_http_methods(["GET", "POST"])
def take_down_page(request: HttpRequest, page_pk: int) -> HttpResponse:
    """Take a public page off the site, or keep one from going live by the clock, with a reason."""
    page = get_object_or_404(Page, pk=page_pk).specific
    if not may_take_down(request.user):
        raise PermissionDenied
    if refused := why_not_take_down(page, request.user):
        messages.info(request, str(refused))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            take_down(page, actor=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", str(refused))
        else:
            done = _("已撤下：%(title)s") if page.live else _("不再公开：%(title)s")
            messages.success(request, done % {"title": page.get_admin_display_title()})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    planned = None if page.live else page.scheduled_revision
    return TemplateResponse(
        request,
        "cms/admin/take_down.html",
        {
            "page": page,
            "form": form,
            "planned_for": planned and planned.approved_go_live_at,
            "back": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        },
    )
