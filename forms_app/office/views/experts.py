"""The experts of a call: who has how much, giving out the entries, invitations from outside, same names to settle."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forms_app.review import conflicts, inviting, reopening
from forms_app.review.assigning import Round, distribute, give_all
from forms_app.review.conflicts import namesake_pairs
from forms_app.review.panel import experts_of, readers_among_experts
from portal.lifecycle.door import Refused
from portal.lifecycle.office import only_the_office
from portal.units.models import User
from portal.units.permissions import is_school_union

from ...models import Assignment, CallPage, Entry, EntryStatus, Invitation
from ..entry_page import bystander
from ..expert_forms import GiveForm, InviteForm, TakeBackForm, UntilForm
from ..gate import for_the_office, frame


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def experts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the experts of a call; give entries out, or invite somebody."""
    call = get_object_or_404(CallPage.objects.select_related("programme_year"), id=pk)
    people = list(experts_of(call))
    do = request.POST.get("do", "")
    forms = {
        "give": GiveForm(request.POST if do == "give" else None, experts=people),
        "invite": InviteForm(request.POST if do == "invite" else None),
    }
    status = 200
    if request.method == "POST":
        if do not in forms:
            raise Http404
        form = forms[do]
        if form.is_valid():
            try:
                only_the_office(request.user)
                CARRY[do](request, call, form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                return redirect("office:experts", pk=pk)
        status = 422
    return render(
        request,
        "forms_app/office/experts.html",
        _context(request, call, people, forms),
        status=status,
    )


def _context(
    request: HttpRequest, call: CallPage, people: list[User], forms: dict[str, Any]
) -> dict[str, Any]:
    # As the expert's own page counts: what is under review now, and apart from it what is over.
    in_review = Q(entry__status=EntryStatus.IN_REVIEW)
    given = (
        Assignment.objects.to_judge()
        .filter(entry__call=call)
        .values_list("expert")
        .annotate(
            given=Count("pk", filter=in_review, distinct=True),
            done=Count("pk", filter=in_review & Q(review__locked_at__isnull=False), distinct=True),
            over=Count("pk", filter=~in_review, distinct=True),
        )
        .order_by()
    )
    load = {key: counted for key, *counted in given}
    running = list(call.entries.filter(status=EntryStatus.IN_REVIEW).select_related("unit", "call"))
    same = namesake_pairs(people, running)
    by_key = {one.pk: one for one in people}
    entries = {one.pk: one for one in running}
    return {
        **frame(
            _("专家与分配"),
            icon="group",
            trail=[
                (reverse("office:calls"), _("申报与评审")),
                (reverse("office:call", args=[call.pk]), str(call)),
            ],
        ),
        "call": call,
        "may_act": is_school_union(request.user),
        "running": len(running),
        "readers": readers_among_experts(),
        "people": [
            dict(
                zip(
                    ("expert", "given", "done", "over"),
                    (one, *load.get(one.pk, (0, 0, 0))),
                    strict=True,
                )
            )
            for one in people
        ],
        "invitations": [
            {
                "invitation": one,
                "link": request.build_absolute_uri(inviting.link_to(one)),
                "until": UntilForm(
                    prefix=f"i{one.pk}", at_least=timezone.localdate(one.expires_at)
                ),
            }
            for one in call.invitations.select_related("user")
        ],
        "same": [
            {"expert": by_key[expert], "entry": entries[entry], "name": name}
            for (expert, entry), name in same.items()
        ],
        "forms": forms,
    }


def _give(request: HttpRequest, call: CallPage, given: dict[str, Any]) -> None:
    if given["how"] == "evenly":
        made = distribute(call, actor=request.user)
    else:
        if not given["experts"]:
            raise Refused(_("请至少勾选一位专家。"), code="guard")
        made = give_all(
            call, actor=request.user, experts=given["experts"], category=given["category"]
        )
    say_round(request, made)


def say_round(request: HttpRequest, made: Round) -> None:
    """Say what a distribution did, and what it could not do."""
    messages.success(request, _("已新分配 %(given)d 份，并通知了专家。") % {"given": made.given})
    for entries, words in (
        (made.short, _("专家不够（多数须回避）：%(titles)s")),
        (made.left_out, _("您所在单位的申报由其他同事分配：%(titles)s")),
        (made.asked, _("有人与专家同名，请先认定再分配给那位专家：%(titles)s")),
    ):
        if entries:
            messages.warning(request, words % {"titles": "、".join(map(str, entries))})


def _invite(request: HttpRequest, call: CallPage, given: dict[str, Any]) -> None:
    invitation, code = inviting.invite(call, actor=request.user, **given)
    _tell_code(request, invitation, code)


def _tell_code(request: HttpRequest, invitation: Invitation, code: str) -> None:
    messages.success(
        request,
        _(
            "链接已发到%(name)s的邮箱。验证码 %(code)s 只在这里显示一次，请用电话或短信告诉本人，不要写在同一封邮件里。"
        )
        % {"name": invitation.user, "code": f"{code[:4]} {code[4:]}"},
    )


CARRY: dict[str, Callable[[HttpRequest, CallPage, dict[str, Any]], None]] = {
    "give": _give,
    "invite": _invite,
}


@require_POST
@for_the_office
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back, or give it a new code and more time."""
    found = get_object_or_404(Invitation.objects.select_related("user", "call"), pk=pk)
    try:
        if request.POST.get("do") == "revoke":
            inviting.revoke(found, actor=request.user)
            messages.success(
                request, _("%(name)s的链接已失效，已提交的评分保留。") % {"name": found.user}
            )
        else:
            form = UntilForm(request.POST, prefix=f"i{found.pk}")
            if not form.is_valid():
                raise Refused(_("请选有效期。"), code="guard")
            code = inviting.renew(found, actor=request.user, until=form.cleaned_data["until"])
            _tell_code(request, found, code)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("office:experts", pk=found.call_id)


@require_POST
@for_the_office
def clear_name(request: HttpRequest, pk: int, expert: int) -> HttpResponse:
    """Say that somebody named in an entry is not the expert of the same name."""
    entry = get_object_or_404(Entry.objects.select_related("unit", "call"), pk=pk)
    person = get_object_or_404(experts_of(entry.call), pk=expert)
    try:
        conflicts.clear_name(entry, expert=person, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已记录：不是同一个人，可以分配。"))
    return redirect("office:experts", pk=entry.call_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def take_back_assignment(request: HttpRequest, pk: int, expert: int) -> HttpResponse:
    """Ask why an entry is taken from an expert it was given to by mistake, and take it."""
    found = get_object_or_404(
        Assignment.objects.select_related(
            "expert", "assigned_by", "review", "entry__unit", "entry__call"
        ),
        entry=pk,
        expert=expert,
    )
    entry, review = found.entry, found.review
    reason = bystander(entry, request.user) or reopening.why_not_take_back(review)
    if reason or entry.status != EntryStatus.IN_REVIEW:
        messages.error(request, str(reason or _("专家评审已经结束，分配不能再收回。")))
        return redirect("office:entry", pk=pk)
    form, status = TakeBackForm(request.POST or None), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                reopening.take_back_assignment(
                    entry, expert=found.expert, actor=request.user, **form.cleaned_data
                )
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(
                    request, _("已收回%(name)s的评审分配，并告诉了他。") % {"name": found.expert}
                )
            return redirect("office:entry", pk=pk)
        status = 422
    context = {
        **frame(
            _("收回评审分配"),
            icon="undo",
            trail=[
                (reverse("office:calls"), _("申报与评审")),
                (reverse("office:call", args=[entry.call_id]), str(entry.call)),
                (reverse("office:entry", args=[pk]), str(entry)),
            ],
        ),
        "assignment": found,
        "entry": entry,
        "has_begun": review.saved_at is not None,
        "form": form,
    }
    return render(request, "forms_app/office/take_back_assignment.html", context, status=status)
