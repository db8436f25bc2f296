"""The decision board of a call, and the release of what was decided on it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from forms_app.decision.letters import set_texts, text_of
from forms_app.decision.releasing import batch_of, release
from forms_app.models.letter_places import PLACES
from forms_app.review.passing_on import hold_back, pass_on
from portal.lifecycle.door import Refused
from portal.units.permissions import is_school_union

from ...models import CallPage, FormKind, Outcome, Review
from ..board import Board, board_of, entries_of, save_board
from ..forms import BoardFilter, LettersForm, MinutesForm
from ..gate import for_the_office, frame
from ..mistakes import tell_mistakes

READS_ONLY = "您的账号可以查看全部内容，不办理申报。"


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the board; post what was typed, to go on to other rows with it, to try it out, or to keep it as pending decisions."""
    call = _call(pk)
    data = request.POST if request.method == "POST" else None
    # A posted board says by itself which rows it shows; one without its filter stands at its address.
    asked = data if data is not None and "kind" in data else request.GET
    entries = entries_of(call)
    chosen = BoardFilter(asked, entries=entries.values())
    page = None if "show" in asked else asked.get("p")
    shown = board_of(call, entries, actor=request.user, chosen=chosen, page=page, data=data)
    if data is None:
        return _show(request, shown, chosen)
    if "save" not in data and "try" not in data:
        return _show(request, shown, chosen) if shown.unsaved else redirect(_address(shown, chosen))
    if not all(form.is_valid() for form in shown.forms if form.is_bound):
        tell_mistakes(request, *shown.forms)
        return _show(request, shown, chosen, status=422)
    if "save" not in data:
        return _show(request, shown, chosen, tried=True)
    try:
        changed = save_board(shown, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return _show(request, shown, chosen, status=409)
    if changed:
        messages.success(
            request, _("已存为拟定的决定：%(count)d 项。发布以前单位看不到。") % {"count": changed}
        )
    else:
        messages.info(request, _("没有改动。"))
    return redirect(_address(shown, chosen))


def _show(
    request: HttpRequest,
    shown: Board,
    chosen: BoardFilter,
    *,
    status: int = 200,
    tried: bool = False,
) -> HttpResponse:
    context = {
        **frame(_("决定台"), icon="list-ol", trail=_trail(shown.call)),
        "call": shown.call,
        "board": shown,
        "form": chosen,
        "address": _address(shown, chosen),
        "pages": _query(chosen),
        "budget": shown.call.programme_year.budget,
        "tried": tried,
    }
    return render(request, "forms_app/office/board.html", context, status=status)


def _address(shown: Board, chosen: BoardFilter) -> str:
    """Return the address of a board with its filter and its screen."""
    number = f"&p={shown.page.number}" if shown.page.number > 1 else ""
    query = (_query(chosen) + number).lstrip("&")
    address = reverse("office:board", args=[shown.call.pk])
    return f"{address}?{query}" if query else address


def _query(chosen: BoardFilter) -> str:
    return urlencode({name: chosen.data[name] for name in chosen.fields if chosen.data.get(name)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def release_decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every letter as it would be sent; post to release them all."""
    call = _call(pk)
    typed = request.POST if request.method == "POST" else request.GET
    form = MinutesForm(typed if "minutes" in typed else None)
    status = 200
    if request.method == "POST":
        status = 422
        if not is_school_union(request.user):
            messages.error(request, _(READS_ONLY))
            return redirect("office:board", pk=pk)
        if form.is_valid():
            try:
                done = release(
                    call,
                    actor=request.user,
                    minutes=form.cleaned_data["minutes"],
                    digest=request.POST.get("digest", ""),
                )
            except Refused as refused:
                messages.error(request, str(refused))
                status = 409
            else:
                messages.success(
                    request,
                    ngettext(
                        "已发布 %(count)d 项决定，并通知了各单位。",
                        "已发布 %(count)d 项决定，并通知了各单位。",
                        len(done),
                    )
                    % {"count": len(done)},
                )
                return redirect("office:call", pk=pk)
    return _show_release(request, call, form, status=status)


def _show_release(
    request: HttpRequest,
    call: CallPage,
    form: MinutesForm,
    *,
    letters: LettersForm | None = None,
    status: int = 200,
) -> HttpResponse:
    minutes = form.cleaned_data["minutes"] if form.is_bound and form.is_valid() else ""
    year = call.programme_year
    context = {
        **frame(
            _("发布决定"),
            icon="mail",
            trail=[*_trail(call), (reverse("office:board", args=[call.pk]), _("决定台"))],
        ),
        "call": call,
        "batch": batch_of(call, actor=request.user, minutes=minutes),
        "form": form,
        "minutes": minutes,
        "may_act": is_school_union(request.user),
        "letters": letters
        or LettersForm(
            initial={
                "letter_establish": text_of(year, Outcome.ESTABLISH),
                "letter_reject": text_of(year, Outcome.REJECT),
            }
        ),
        "places": [f"{{{name}}}" for name in PLACES],
    }
    return render(request, "forms_app/office/release.html", context, status=status)


@require_POST
@for_the_office
def letter_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the year's texts of the letters, and show the letters again."""
    call = _call(pk)
    minutes = MinutesForm({"minutes": request.POST.get("minutes", "")})
    if not is_school_union(request.user):
        messages.error(request, _(READS_ONLY))
        return redirect("office:release", pk=pk)
    form = LettersForm(request.POST)
    if not form.is_valid():
        tell_mistakes(request, form)
        return _show_release(request, call, minutes, letters=form, status=422)
    set_texts(call.programme_year, actor=request.user, **form.cleaned_data)
    messages.success(request, _("通知书的文字已更新，下面是更新后的预览。"))
    return _show_release(request, call, minutes if minutes.is_valid() else MinutesForm())


@require_POST
@for_the_office
def for_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold back what an expert wrote for the unit, or pass it on after all; back to where the button was."""
    review = get_object_or_404(Review.objects.select_related("assignment__entry"), pk=pk)
    entry = review.assignment.entry
    hold = request.POST.get("do") == "hold_back"
    try:
        (hold_back if hold else pass_on)(review, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            _("这条专家意见不转给单位。") if hold else _("这条专家意见会转给单位。"),
        )
    if request.POST.get("at") != "release":
        return redirect("office:entry", pk=entry.pk)
    minutes = MinutesForm({"minutes": request.POST.get("minutes", "")})
    address = reverse("office:release", args=[entry.call_id])
    seen = f"?{urlencode(minutes.cleaned_data)}" if minutes.is_valid() else ""
    return redirect(f"{address}{seen}#said-{review.pk}")


def _call(pk: int) -> CallPage:
    # By `id`: the key is a relation, and a number that no database holds would break it.
    return get_object_or_404(
        CallPage.objects.select_related("programme_year"), id=pk, kind=FormKind.APPLICATION
    )


def _trail(call: CallPage) -> list[tuple[str, str]]:
    return [
        (reverse("office:calls"), _("申报与评审")),
        (reverse("office:call", args=[call.pk]), str(call)),
    ]
