"""The unit answers what the school union proposes: field by field, with both texts side by side."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forms_app.decision.adjusting import FieldAnswer, answer_proposal
from forms_app.decision.talks import Talk, pending_of
from portal.lifecycle.door import Refused, why_not
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from ..engine.context import FillingContext
from ..engine.forms import AnswerForm, Line, build_form
from ..forms import EACH, AnswerProposalForm, FieldAnswerForm
from ..models import Answer, Entry
from .access import entry_for, refused


@dataclass(frozen=True)
class Question:
    """One proposed field with what the unit can say to it.

    Attributes:
        counter: the input for what the unit proposes instead.
    """

    talk: Talk
    form: FieldAnswerForm
    counter: Line

    @property
    def wrong(self) -> str:
        """What is to be mended first in the answer; "" where nothing is."""
        found = [error for errors in self.form.errors.values() for error in errors]
        if self.form.is_bound and self.form.cleaned_data.get("answer") == Answer.COUNTERED:
            found += self.counter.errors
        return str(found[0]) if found else ""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the school union proposes beside what was applied for, and take the unit's answer."""
    entry = entry_for(request, pk)
    if entry.kind != "application":
        return redirect("forms_app:entry", pk=pk)
    typed = request.POST if request.method == "POST" else keeping.kept(request)
    whole, counters = AnswerProposalForm(typed), _counters(entry, typed)
    questions = _questions(entry, typed, counters)
    if request.method == "POST" and _all_valid(whole, questions):
        try:
            _carry(entry, request, whole.cleaned_data, questions, counters)
        except Refused as refusal:
            if refusal.code != "guard":
                return refused(request, entry, refusal)
            whole.add_error(None, str(refusal))
        else:
            messages.success(request, _("已答复校工会。"))
            return redirect("forms_app:entry", pk=pk)
    if refusal := why_not(entry, "answer", actor=request.user):
        return refused(request, entry, refusal)
    return render(
        request,
        "forms_app/answer.html",
        {
            "entry": entry,
            "form": whole,
            "questions": questions,
            "wrong": _wrong(whole, questions),
        },
        status=422 if request.method == "POST" else 200,
    )


def _wrong(whole: AnswerProposalForm, questions: list[Question]) -> list[tuple[str, str, str]]:
    """Return (id on the page, label, what to mend) of everything that is wrong."""
    labels = {"text": (whole["text"].id_for_label, whole["text"].label)}
    return [
        *(
            (*labels.get(name, ("", "")), str(error))
            for name, errors in whole.errors.items()
            for error in errors
        ),
        *(
            (f"talk-{one.talk.adjustment.field_key}", one.talk.applied.item.label, one.wrong)
            for one in questions
            if one.wrong
        ),
    ]


def _counters(entry: Entry, typed: Any) -> AnswerForm:
    """Return the proposed fields with the form's own inputs, filled with what is proposed."""
    proposed = {
        one.field_key: one.proposed for one in entry.adjustments.filter(answer=Answer.PENDING)
    }
    schema = entry.form_version.schema
    part = {
        "sections": [
            {
                **section,
                "fields": [
                    {**field, "required": False, "options": {**field["options"], "only_if": None}}
                    for field in section["fields"]
                    if field["key"] in proposed
                ],
            }
            for section in schema["sections"]
        ],
        "rules": [],
        "warnings": [],
    }
    context = FillingContext(unit=entry.unit, year=entry.call.programme_year.year, entry=entry)
    return build_form(part, answers=proposed, data=typed, context=context)


def _questions(entry: Entry, typed: Any, counters: AnswerForm) -> list[Question]:
    by_each = typed if typed is not None and typed.get("answer") == EACH else None
    if by_each is not None:
        counters.is_valid()
    lines = {line.spec["key"]: line for part in counters.sections for line in part.lines}
    return [
        Question(talk, FieldAnswerForm(by_each, key=key), lines[key])
        for talk in pending_of(entry)
        for key in [talk.adjustment.field_key]
    ]


def _all_valid(whole: AnswerProposalForm, questions: list[Question]) -> bool:
    """Return whether everything that is asked for is there; all forms are checked, so that all say what is missing."""
    if not whole.is_valid():
        return False
    if whole.cleaned_data["answer"] != EACH:
        return True
    checked = [question.form.is_valid() for question in questions]
    return all(checked) and not any(
        question.counter.errors
        for question in questions
        if question.form.cleaned_data["answer"] == Answer.COUNTERED
    )


def _carry(
    entry: Entry,
    request: HttpRequest,
    whole: dict[str, Any],
    questions: list[Question],
    counters: AnswerForm,
) -> None:
    if whole["answer"] != EACH:
        answer_proposal(
            entry, actor=request.user, answer=Answer(whole["answer"]), text=whole["text"]
        )
        return
    fields = {}
    for question in questions:
        key, said = question.talk.adjustment.field_key, question.form.cleaned_data
        fields[key] = FieldAnswer(Answer(said["answer"]), said["text"], counters.answers.get(key))
    answer_proposal(entry, actor=request.user, text=whole["text"], fields=fields)
