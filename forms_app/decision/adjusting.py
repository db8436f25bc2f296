"""Negotiated adjustment (协商调整): the school union proposes field by field, the unit answers field by field, in rounds."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_app.engine import checking
from forms_app.models import Answer, Entry
from forms_app.models.columns import take_names
from portal.lifecycle.door import carry_out
from portal.units.models import User


@dataclass(frozen=True)
class FieldAnswer:
    """What the unit says to the proposal for one field.

    Attributes:
        answer: ACCEPTED, OBJECTED or COUNTERED.
        text: why; at most 300 characters, required unless it is accepted.
        counter: what the unit proposes instead, with COUNTERED.
    """

    answer: Answer
    text: str = ""
    counter: Any = None


def propose(entry: Entry, *, actor: User, changes: dict[str, Any], reason: str) -> Entry:
    """Propose changes to an application, after consultation, for the unit to answer (plan, section 4 step 2).

    Args:
        changes: field key → proposed answer.
        reason: why, at most 300 characters.

    Raises:
        Refused: nothing proposed, no reason, not before a decision, or not the office.

    Side effects: one Adjustment per field, an event, messages to the unit.
    """
    return carry_out(entry, "propose", actor=actor, comment=reason, changes=changes, reason=reason)


def answer_proposal(
    entry: Entry,
    *,
    actor: User,
    answer: Answer | None = None,
    text: str = "",
    fields: Mapping[str, FieldAnswer] | None = None,
) -> Entry:
    """Answer the school union's proposal for the unit: all of it alike, or field by field.

    Args:
        answer: the answer to every field that `fields` does not name.
        text: a word on the whole, at most 300 characters.
        fields: field key → the answer to that field.

    Raises:
        Refused: nothing to answer, a field without an answer, an objection without a reason, a counter-proposal that
            says nothing new or breaks the form's limits, or not this person's.

    Side effects: the pending adjustments are answered, an event, messages to the office.
    """
    given = dict(fields or {})
    if answer:
        keys = entry.adjustments.filter(answer=Answer.PENDING).values_list("field_key", flat=True)
        given = {key: given.get(key, FieldAnswer(answer, text)) for key in keys}
    return carry_out(entry, "answer", actor=actor, comment=_summed_up(given, text), answers=given)


def take_counter(entry: Entry, *, actor: User) -> Entry:
    """Agree to what the unit proposed instead, where nothing said since has replaced it.

    Raises:
        Refused: the unit proposed nothing else, not before a decision, or not the office.

    Side effects: those adjustments are settled with the unit's texts, an event, messages to the unit.
    """
    return carry_out(entry, "take_counter", actor=actor)


def _summed_up(given: Mapping[str, FieldAnswer], text: str) -> str:
    """Return how a unit answered, in one line that is kept: always Chinese, whoever acts."""
    if not given:
        return text
    counts = Counter(one.answer for one in given.values())
    if len(counts) == 1 and next(iter(counts)) != Answer.COUNTERED:
        return text
    words = {Answer.ACCEPTED: "同意", Answer.OBJECTED: "不同意", Answer.COUNTERED: "另提方案"}
    line = "，".join(f"{word} {counts[code]} 处" for code, word in words.items() if counts[code])
    return f"{line}。{text}" if text else f"{line}。"


# --- guards -------------------------------------------------------------------------------------


def proposes_something(_entry: Entry, *, changes: dict[str, Any], **_details: Any) -> str | None:
    """A proposal changes at least one field."""
    return None if changes else _("请至少写明一处建议调整的内容。")


def answers_each(
    entry: Entry, *, answers: Mapping[str, FieldAnswer] | None = None, **_details: Any
) -> str | None:
    """Every field has its answer; who does not simply agree says why, and a counter-proposal fits the form."""
    if answers is None:  # asked before anything was typed
        return None
    asked = {one.field_key: one for one in entry.adjustments.filter(answer=Answer.PENDING)}
    missing = len(asked.keys() - answers.keys())
    if missing:
        return ngettext("还有 %(count)d 处没有答复。", "还有 %(count)d 处没有答复。", missing) % {
            "count": missing
        }
    for key in asked:
        given = answers[key]
        if given.answer == Answer.OBJECTED and not given.text.strip():
            return _("不同意时请写明理由。")
        if given.answer == Answer.COUNTERED:
            if given.counter in (None, "", asked[key].proposed):
                return _("另提方案时请写下您的方案，并与建议的内容不同。")
            wrong = checking.mistakes(
                entry.form_version.schema, {key: given.counter}, entry.attachments.all()
            )
            if wrong:
                return wrong[0].message
    return None


def has_counter(entry: Entry, **_details: Any) -> str | None:
    """The unit proposed something else."""
    if entry.adjustments.open_counters().exists():
        return None
    return _("单位没有另提方案。")


# --- effects ------------------------------------------------------------------------------------


def on_propose(
    entry: Entry,
    *,
    actor: User,
    at: datetime,
    changes: dict[str, Any],
    reason: str,
    **_details: Any,
) -> None:
    """Write each proposal beside what the unit applied for, as the next round."""
    last = entry.adjustments.aggregate(last=Max("round"))["last"] or 0
    for key, proposed in changes.items():
        entry.adjustments.create(
            round=last + 1,
            field_key=key,
            applied=entry.answers.get(key),
            proposed=proposed,
            reason=reason,
            proposed_by=actor,
            proposed_at=at,
        )


def on_answer(
    entry: Entry,
    *,
    actor: User,
    at: datetime,
    answers: Mapping[str, FieldAnswer],
    **_details: Any,
) -> None:
    """Record the unit's answer on every pending proposal; lists, letter and public notice name what was agreed on."""
    for adjustment in entry.adjustments.filter(answer=Answer.PENDING):
        given = answers[adjustment.field_key]
        adjustment.answer = given.answer
        adjustment.answer_text = given.text
        adjustment.counter = given.counter if given.answer == Answer.COUNTERED else None
        adjustment.answered_by = actor
        adjustment.answered_at = at
        adjustment.save()
    take_names(entry, with_agreed(entry))


def on_take_counter(entry: Entry, **_details: Any) -> None:
    """The unit's own proposals are what both sides agree on."""
    taken = list(entry.adjustments.open_counters().values_list("pk", flat=True))
    entry.adjustments.filter(pk__in=taken).update(answer=Answer.COUNTER_TAKEN)
    take_names(entry, with_agreed(entry))


def with_agreed(entry: Entry) -> dict[str, Any]:
    """Return what the unit sent last, with what both sides have agreed on since (one query)."""
    agreed = {one.field_key: one.agreed_text for one in entry.adjustments.agreed()}
    return {**entry.answers, **agreed}
