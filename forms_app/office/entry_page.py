"""What the office sees of one entry, and what it can do with it now."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_app.decision.talks import rounds_of
from forms_app.entries.formal_check import findings, last_change
from forms_app.review import passing_on
from forms_app.review.conflicts import barred_pairs, namesake_pairs
from forms_app.review.panel import experts_of
from forms_app.review.ranking import Ballot, ExpertTotal, expert_totals
from forms_app.review.ranking import Merit as Figures
from forms_app.review.reopening import why_not_take_back
from forms_app.review.reviewing import valid_reviews
from forms_app.showing import read_changes
from portal.lifecycle.door import table_of, why_not
from portal.units.models import User
from portal.units.permissions import is_school_union

from ..engine.checking import warnings
from ..engine.context import FillingContext
from ..engine.display import Item, display
from ..engine.forms import AnswerForm, Line, build_form
from ..engine.schema import fields_of
from ..models import Attachment, Entry, EntryStatus, FormKind, Outcome, Review
from ..paper import scans
from ..permissions import may_handle
from .decide_forms import DecideForm, SeenForm
from .forms import (
    CheckForm,
    CloseForm,
    LiftForm,
    ReasonForm,
    RecuseForm,
    ReopenForm,
    ReturnForm,
    adjustable_part,
)
from .merit import judged_entries, order
from .queues import budget_left, reviewed, unfinished_assignments

ACTS = {
    EntryStatus.SUBMITTED: ("pass_check", "return"),
    EntryStatus.IN_REVIEW: (
        "assign",
        "close_review",
        "reopen_scores",
        "recuse",
        "lift_recusal",
        "return",
    ),
    EntryStatus.DECIDING: ("take_counter", "decide", "propose", "undecide", "return", "recuse"),
}
# What the door is asked with, to learn whether an act is possible before anything is typed.
ASKED_WITH: dict[str, dict[str, Any]] = {
    "return": {"reason": "?"},
    "propose": {"reason": "?", "changes": {"?": "?"}},
    "decide": {"outcome": Outcome.ESTABLISH, "amount": Decimal(0)},
}
# Not changes of the entry's state; their verbs ask by themselves.
BESIDE_THE_DOOR = ("assign", "reopen_scores", "recuse", "lift_recusal")
LABELS: dict[str, Promise] = {
    "pass_check": gettext_lazy("通过形式审查"),
    "return": gettext_lazy("退回修改"),
    "assign": gettext_lazy("分配专家"),
    "close_review": gettext_lazy("结束专家评审"),
    "reopen_scores": gettext_lazy("重新打开评分"),
    "recuse": gettext_lazy("认定专家回避"),
    "lift_recusal": gettext_lazy("撤销专家回避"),
    "take_counter": gettext_lazy("采纳单位另提的方案"),
    "decide": gettext_lazy("拟定决定"),
    "undecide": gettext_lazy("撤下拟定的决定"),
    "propose": gettext_lazy("提出调整建议"),
}


@dataclass(frozen=True)
class Act:
    """One thing the office can do now.

    Attributes:
        why_not: why it cannot be done yet; then there is no button.
        form: what has to be typed, or None.
    """

    code: str
    label: Promise | str
    why_not: str | None
    form: forms.BaseForm | None = None


@dataclass(frozen=True)
class Candidate:
    """An expert who may be given the entry, or why not.

    Attributes:
        handed_in: whether his scores are locked.
        load: how many entries he still has to score.
        may_be_taken_back: whether the office can take the entry from him again.
    """

    expert: User
    assigned: bool
    handed_in: bool
    barred: str
    load: int
    may_be_taken_back: bool


@dataclass(frozen=True)
class Row:
    """One answer with what the office can say about it."""

    item: Item
    remark: forms.BoundField | None
    proposal: Line | None
    warnings: list[str] = field(default_factory=list)


@dataclass
class Merit:
    """How the experts judged: their parts, the figures or votes, the place among the call's entries."""

    totals: list[ExpertTotal] = field(default_factory=list)
    figures: Figures | None = None
    ballot: Ballot | None = None
    place: int | None = None
    of: int = 0


def possible_acts(entry: Entry, actor: User, bound: dict[str, Any]) -> list[Act]:
    """Return what the person can do with the entry now, the next step first.

    Args:
        bound: action → a form that came back with something to mend; it is shown even where the state has moved on.
    """
    if not may_handle(actor, entry):
        return []
    codes = ACTS.get(EntryStatus(entry.status), ())
    if "close_review" in codes and reviewed(Entry.objects.filter(pk=entry.pk)).exists():
        codes = ("close_review", *(code for code in codes if code != "close_review"))
    if not valid_reviews(entry).exists():
        codes = [code for code in codes if code != "reopen_scores"]
    if not entry.recusals.exists():
        codes = [code for code in codes if code != "lift_recusal"]
    # Where there is nothing to take, these two would only stand in the way.
    for code in ("take_counter", "undecide"):
        if code in codes and why_not(entry, code, actor=actor):
            codes = [one for one in codes if one != code]
    makers = {
        "pass_check": lambda: CheckForm(lines=entry.call.checklist_lines),
        "return": lambda: ReturnForm(schema=entry.form_version.schema),
        "decide": lambda: DecideForm(decision=getattr(entry, "decision", None)),
        "undecide": lambda: SeenForm(decision=getattr(entry, "decision", None)),
        "propose": ReasonForm,
        "close_review": lambda: CloseForm(entry=entry),
        "reopen_scores": lambda: ReopenForm(entry=entry),
        "recuse": lambda: RecuseForm(entry=entry),
        "lift_recusal": lambda: LiftForm(entry=entry),
    }
    acts = []
    for code in [*codes, *(code for code in bound if code not in codes)]:
        reason = (
            None
            if code in BESIDE_THE_DOOR
            else why_not(entry, code, actor=actor, **ASKED_WITH.get(code, {}))
        )
        form = bound.get(code) or (makers[code]() if code in makers else None)
        acts.append(Act(code, LABELS[code], reason, form))
    return acts


def bystander(entry: Entry, actor: User) -> str:
    """Return why the person only reads, or "" where he handles the entry."""
    if may_handle(actor, entry):
        return ""
    if is_school_union(actor):
        return _("这是您所在单位（或联合申报单位）的申报，按回避规定由其他同事办理。")
    return _("您的账号可以查看全部内容，不办理申报。")


def proposal_form(entry: Entry, data: Any = None) -> AnswerForm:
    """Return the fields whose answers can be proposed to change, filled with what the unit applied for."""
    return build_form(
        adjustable_part(entry),
        answers=entry.answers,
        data=data,
        context=FillingContext(unit=entry.unit, year=entry.call.programme_year.year, entry=entry),
    )


def candidates(entry: Entry) -> list[Candidate]:
    """Return all experts with what keeps them from the entry."""
    reviews = {
        one.assignment.expert_id: one
        for one in Review.objects.filter(assignment__entry=entry)
        .select_related("assignment__expert", "assignment__entry")
        .prefetch_related("former", "assignment__entry__recusals")
    }
    # Those it was given to stand here to the end, also where an invitation has run out since.
    serving = list(experts_of(entry.call).prefetch_related("memberships"))
    experts = serving + [
        one.assignment.expert
        for key, one in reviews.items()
        if key not in {expert.pk for expert in serving}
    ]
    load = Counter(unfinished_assignments().values_list("expert", flat=True))
    barred = {
        key: _("申报里写有同名的人，没有写工号，请先认定")
        for key in namesake_pairs(experts, [entry])
    } | barred_pairs(experts, [entry])
    return [
        Candidate(
            expert,
            expert.pk in reviews,
            expert.pk in reviews and reviews[expert.pk].locked_at is not None,
            barred.get((expert.pk, entry.pk), ""),
            load[expert.pk],
            expert.pk in reviews and not why_not_take_back(reviews[expert.pk]),
        )
        for expert in experts
    ]


def merit_of(entry: Entry) -> Merit:
    """Return how the experts judged the entry."""
    # Its place needs nothing of what the others wrote.
    others = judged_entries(entry.call).defer("answers", "saved_from", "writers")
    rows = order(entry.call, others.order_by("submitted_at", "pk"))
    mine = next((row for row in rows if row.entry.pk == entry.pk), None)
    if mine is None:
        return Merit(expert_totals([entry])[entry.pk])
    of = sum(row.place is not None for row in rows)
    return Merit(mine.totals, mine.merit, mine.ballot, mine.place, of)


def file_address(attachment: Attachment) -> str:
    """Return where a file of an entry is opened."""
    return reverse("forms_app:file", args=[attachment.pk])


def page_context(
    entry: Entry, actor: User, *, version: int | None = None, bound: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return everything the entry's page shows.

    Args:
        version: number of an earlier version to read instead of the present answers.
        bound: action → form that came back with something to mend; "changes" → the proposal's fields.
    """
    bound = dict(bound or {})
    changes = bound.pop("changes", None)
    acts = possible_acts(entry, actor, bound)
    versions = list(entry.versions.select_related("created_by", "form_version"))
    shown = next((one for one in versions if one.number == version), None)
    sections = display(
        (shown or entry).form_version.schema,
        (shown or entry).answers,
        entry.attachments.all(),
        file_url=file_address,
    )
    labels = {act.code: act for act in acts}
    if changes is None and "propose" in labels and not shown:
        changes = proposal_form(entry)
    lines = (
        {line.spec["key"]: line for part in changes.sections for line in part.lines}
        if changes
        else {}
    )
    reminders: dict[str, list[str]] = {}
    for one in warnings((shown or entry).form_version.schema, (shown or entry).answers):
        reminders.setdefault(one.field_key, []).append(one.message)
    remarks = labels["return"].form if "return" in labels and not shown else None
    names = {one["key"]: one["label"] for one in fields_of(entry.form_version.schema)}
    table = table_of(entry)
    has_review = EntryStatus(entry.status) not in (EntryStatus.DRAFT, EntryStatus.SUBMITTED)
    return {
        "entry": entry,
        "sections": [
            (
                section.title,
                [
                    Row(
                        item,
                        remarks.remark(item.key) if remarks and item.kind != "computed" else None,
                        lines.get(item.key),
                        reminders.get(item.key, []),
                    )
                    for item in section.items
                    if (item.kind, item.shape) != ("computed", "blank")
                ],
            )
            for section in sections
        ],
        "shown_version": shown,
        "versions": versions,
        "acts": acts,
        "bystander": bystander(entry, actor),
        "candidates": candidates(entry) if "assign" in labels else [],
        "merit": merit_of(entry) if has_review else Merit(),
        "reviews": Review.objects.filter(assignment__entry=entry)
        .select_related("assignment__expert", "version", "held_back_by")
        .prefetch_related("scores__criterion", "former__version", "former__reopened_by")
        if has_review
        else [],
        "may_hold_back": not passing_on.why_not_hold_back(entry, actor),
        "signoffs": entry.signoffs.select_related("signer", "version"),
        "scan_remarks": scans.remarks(entry),
        "comments": [
            (names.get(one.field_key, one.field_key), one)
            for one in entry.field_comments.select_related("author")
        ],
        "adjustments": rounds_of(entry),
        "taken_back": entry.former_assignments.select_related("expert", "taken_back_by", "version"),
        "recusals": entry.recusals.select_related("expert", "recorded_by"),
        "objections": entry.objections.all(),
        "decision": getattr(entry, "decision", None),
        "history": [
            (event, next(table.rows(event.action)).label)
            for event in entry.events.select_related("actor").order_by("-at", "-pk")
        ],
        "budget_left": budget_left(entry.call.programme_year)
        if entry.kind == FormKind.APPLICATION
        else None,
        "requested": entry.answers.get("amount_requested"),
        "is_application": entry.kind == FormKind.APPLICATION,
        **_changes_with_reason(entry, shown=shown is not None),
        "findings": findings(entry) if entry.status == EntryStatus.SUBMITTED else [],
        "checks": entry.checks.select_related("checked_by", "version"),
    }


def _changes_with_reason(entry: Entry, *, shown: bool) -> dict[str, Any]:
    """Return what the unit changed, and beside it why the entry had been returned and the remarks it answers."""
    changes = [] if shown else _changes(entry)
    if not changes:
        return {"changes": []}
    reason = entry.last_return()
    asked: dict[str, list[str]] = {}
    for remark in entry.field_comments.all():
        if reason and remark.resolved_at and remark.resolved_at >= reason.at:
            asked.setdefault(remark.field_key, []).append(remark.text)
    return {
        "changes": [(before, now, asked.get(now.key, [])) for before, now in changes],
        "returned": reason,
    }


def _changes(entry: Entry) -> list[tuple[Item, Item]]:
    """Return what the unit changed when it sent the entry again, as long as that has to be looked at."""
    if entry.status not in (EntryStatus.SUBMITTED, EntryStatus.IN_REVIEW):
        return []
    pair = last_change(entry)
    if pair is None:
        return []
    before, now = pair
    return read_changes(entry, before, now)
