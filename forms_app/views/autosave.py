"""What the open form asks for by itself: saving while somebody types, and who else is there."""

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from forms_app.entries import beside, filling, saving
from portal.lifecycle.door import Refused
from portal.workspace import presence
from portal.workspace.autosaving import conflict_words, saved_words, who_met
from portal.workspace.refusals import STATUS
from portal.workspace.signed_in import signed_in

from ..engine import checking
from ..engine.forms import AnswerForm
from ..engine.kinds import kind_of
from ..engine.kinds.base import CellKind
from ..engine.reading import is_raw
from ..engine.schema import fields_of
from ..models import Entry
from ..showing import labels
from .fill import form_of, keep, merged


@require_POST
@signed_in
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep what has been typed so far; answers JSON with words for the page.

    `wrong` names what is still to mend, by input. 200: saved, and brought together with what a colleague saved in other fields (`merged`, `values`). 409 with `stale`: some
    fields were changed by both; the rest is saved.
    """
    entry = _entry(request, pk)
    form = form_of(entry, data=request.POST, only_to_save=True)
    try:
        outcome = keep(request, entry, form)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=STATUS[refusal.code])
    left = filling.left_of(form.schema, outcome.entry.answers, form.context.attachments)
    answer = {
        "save_count": outcome.entry.save_count,
        "seen": outcome.seen,
        "left": left.count,
        "missing": render_to_string("forms_app/missing.html", {"left": left}),
        "wrong": _wrong(form, outcome),
    }
    if outcome.taken:
        answer |= {"merged": merged(outcome, reader=request.user), "values": _values(form, outcome)}
    if outcome.conflicts:
        names = labels(outcome.entry, outcome.conflicts)
        words = conflict_words(
            who_met(*outcome.by(outcome.conflicts), reader=request.user),
            [names[key] for key in outcome.conflicts],
        )
        return JsonResponse({**answer, "message": words, "stale": True}, status=409)
    return JsonResponse({**answer, "message": saved_words(outcome.entry.saved_at)})


@require_POST
@signed_in
def present(request: HttpRequest, pk: int) -> JsonResponse:
    """Note that the person is in the form, and tell who else is; with `leaving` note that he has left."""
    entry = _entry(request, pk)
    if filling.why_not_fill(entry, request.user):
        raise Http404
    titles = {one["key"]: one["title"] for one in entry.form_version.schema["sections"]}
    return presence.beat(request, entry, titles=titles)


def _entry(request: HttpRequest, pk: int) -> Entry:
    entry = (
        Entry.objects.filter(unit__in=[held.unit_id for held in request.user.posts])
        .select_related("call__programme_year", "unit", "form_version")
        .filter(pk=pk)
        .first()
    )
    if entry is None:
        raise Http404
    return entry


def _wrong(form: AnswerForm, outcome: saving.Outcome) -> dict[str, list[str]]:
    """Return what would keep the form from being sent, as the page may say it: input name → words."""
    wrong: dict[str, list[str]] = {}
    answers = outcome.entry.answers
    for problem in checking.problems(form.schema, answers, form.context.attachments):
        wrong.setdefault(form.add_prefix(problem.field_key), []).append(problem.message)
    return wrong


def _values(form: AnswerForm, outcome: saving.Outcome) -> dict[str, Any]:
    """Return what a page can show at once of what was taken over: input name → text, for what is one input of text."""
    values = {}
    for spec in fields_of(outcome.entry.form_version.schema):
        kind = kind_of(spec)
        if spec["key"] in outcome.taken and isinstance(kind, CellKind):
            values[f"f-{spec['key']}"] = kind.typed(
                outcome.entry.answers.get(spec["key"]), spec["options"]
            )
    field_of = {one.pk: one.field_key for one in form.context.attachments}
    for key, word in beside.saved_words(outcome.entry, outcome.taken).items():
        picture, name = beside.named(key)
        if name != "consent" and not is_raw(word):
            values[form.add_prefix(f"{field_of[picture]}-{picture}-{name}")] = word or ""
    return values
