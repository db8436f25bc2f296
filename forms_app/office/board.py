"""The decision board: a call's entries in one table, with what is left of the year's money and who has nothing yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from forms_app.decision.deciding import decide, undecide
from portal.lifecycle.door import Refused
from portal.units.models import Unit, User

from ..models import Adjustment, Answer, CallPage, Entry, EntryStatus, Outcome
from ..permissions import may_handle
from .decide_forms import BoardRowForm
from .entry_page import bystander
from .forms import BoardFilter
from .merit import Row as Merit
from .merit import order
from .queues import left_with_drafts
from .sheet import granted, requested

PER_PAGE = 100
ON_BOARD = (
    EntryStatus.SUBMITTED,
    EntryStatus.RETURNED,
    EntryStatus.IN_REVIEW,
    EntryStatus.DECIDING,
    EntryStatus.ADJUSTING,
    EntryStatus.IN_NOTICE,
    EntryStatus.APPROVED,
    EntryStatus.REJECTED,
)
IN_FORCE = (EntryStatus.IN_NOTICE, EntryStatus.APPROVED)
ASKED = "amount_requested"


@dataclass
class Row:
    """One entry on the board.

    Attributes:
        merit: how the experts judged it, or None before they did.
        requested: the sum applied for in 元, or None.
        proposed: the sum under negotiation or agreed on in it, or None.
        granted: the sum in force, or None.
        form: what can be decided about it, or None.
        why_not: why nothing can be, or "".
    """

    entry: Entry
    merit: Merit | None
    requested: Decimal | None
    proposed: Any
    granted: Decimal | None
    form: BoardRowForm | None
    why_not: str

    @property
    def grants_more(self) -> bool:
        """Whether more would be granted than was applied for."""
        if self.form is None or self.requested is None:
            return False
        return _wish(self.form)[1] > self.requested


@dataclass
class Board:
    """What the board shows.

    Attributes:
        carried: rows that are not on this screen, with what was typed for them and is not saved.
        base: what is left of the year's budget, drafts on the rows of this screen aside.
        left: the same with those drafts, as they are typed.
        uncovered: disciplinary colleges for which nothing is established or drafted to be.
        pending: how many decisions wait for their release.
    """

    call: CallPage
    rows: list[Row]
    carried: list[Row]
    page: Page
    base: Decimal
    left: Decimal
    uncovered: list[Unit]
    pending: int

    @property
    def drafted(self) -> Decimal:
        """What the rows of this screen would grant together, in 元."""
        return self.base - self.left

    @property
    def elsewhere(self) -> Decimal:
        """What of the year's money is in force or drafted outside this screen, in 元."""
        return self.call.programme_year.budget - self.base

    @property
    def forms(self) -> list[BoardRowForm]:
        """The rows of this screen that can be decided."""
        return [row.form for row in self.rows if row.form]

    @property
    def unsaved(self) -> int:
        """How many rows say something else than what is saved."""
        return sum(form.is_bound for form in self.forms) + len(self.carried)


def entries_of(call: CallPage) -> dict[int, Entry]:
    """Return all entries that stand on a call's board, by their keys and the time they were sent (one query)."""
    entries = call.entries.filter(status__in=ON_BOARD)
    entries = entries.select_related("unit", "category", "decision").order_by("submitted_at", "pk")
    return {entry.pk: entry for entry in entries}


def board_of(
    call: CallPage,
    entries: dict[int, Entry],
    *,
    actor: User,
    chosen: BoardFilter,
    page: str | None,
    data: Any = None,
) -> Board:
    """Return the board of a call as a person sees it (a fixed number of queries).

    Args:
        entries: what `entries_of` says.
        chosen: the filter.
        page: number of the screen.
        data: what was typed, on this screen or on one before it, or None. What is wrong is shown whatever the filter.
    """
    judged = {row.entry.pk: row for row in order(call, entries.values()) if row.place is not None}
    last = len(judged) + 1
    keys = sorted(
        _chosen(entries.values(), chosen),
        key=lambda key: (judged[key].place if key in judged else last, key),
    )
    shown = Paginator(keys, PER_PAGE).get_page(page)
    here = list(shown.object_list)
    typed = [key for key in entries if f"e{key}-outcome" in (data or ()) and key not in here]
    if actor.posts:  # whose units may have a stake in an entry
        prefetch_related_objects([entries[key] for key in here + typed], "partner_units")
    proposed = _sums_talked_about(here + typed)

    def row_of(key: int) -> Row:
        return _row(entries[key], judged.get(key), proposed.get(key), actor=actor, data=data)

    rows = [row_of(key) for key in here]
    elsewhere = [row for row in map(row_of, typed) if row.form and row.form.is_bound]
    rows += [row for row in elsewhere if not row.form.is_valid()]
    carried = [row for row in elsewhere if row.form.is_valid()]
    wished = {row.entry.pk: _wish(row.form) for row in rows + carried if row.form}
    base = left_with_drafts(call.programme_year, except_for=wished) - sum(
        (wished[row.entry.pk][1] for row in carried), Decimal(0)
    )
    on_screen = (wished[row.entry.pk][1] for row in rows if row.form)
    return Board(
        call=call,
        rows=rows,
        carried=carried,
        page=shown,
        base=base,
        left=base - sum(on_screen, Decimal(0)),
        uncovered=_uncovered(call, wished),
        pending=sum(map(_waits_for_release, entries.values())),
    )


def save_board(board: Board, *, actor: User) -> int:
    """Write what was typed on a valid board as pending decisions: every row or none.

    Returns:
        How many rows differ from before.

    Raises:
        Refused: a row was decided, returned or released meanwhile, or drafted by a colleague; the reason names it.

    Side effects: as `deciding.decide` and `undecide`, for each row that differs; no messages.
    """
    changed = 0
    with transaction.atomic():
        for row in board.rows + board.carried:
            if row.form is None or not row.form.is_bound:
                continue
            typed = row.form.cleaned_data
            try:
                if typed["outcome"]:
                    decide(row.entry, actor=actor, **typed)
                else:
                    undecide(row.entry, actor=actor, seen=typed["seen"])
            except Refused as refused:
                row.form.has_been_told(row.entry)
                raise Refused(
                    _("“%(title)s”没有办：%(reason)s") % {"title": row.entry, "reason": refused},
                    code=refused.code,
                ) from refused
            changed += 1
    return changed


def _chosen(entries: Iterable[Entry], chosen: BoardFilter) -> list[int]:
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    category, kind, undecided = (wanted.get(name) for name in ("category", "kind", "open"))
    return [
        entry.pk
        for entry in entries
        if (not category or entry.category_id == int(category))
        and (not kind or _is_of(entry.unit, kind))
        and (not undecided or entry.status in (EntryStatus.DECIDING, EntryStatus.ADJUSTING))
    ]


def _is_of(unit: Unit, kind: str) -> bool:
    return unit.is_disciplinary if kind == "disciplinary" else unit.kind == kind


def _waits_for_release(entry: Entry) -> bool:
    decision = getattr(entry, "decision", None)
    return bool(decision) and entry.status == EntryStatus.DECIDING and not decision.is_released


def _row(entry: Entry, merit: Merit | None, proposed: Any, *, actor: User, data: Any) -> Row:
    why_not = "" if may_handle(actor, entry) else bystander(entry, actor)
    decidable = entry.status == EntryStatus.DECIDING and not why_not
    return Row(
        entry=entry,
        merit=merit,
        requested=requested(entry),
        proposed=proposed,
        granted=granted(entry),
        form=_form(entry, data) if decidable else None,
        why_not=why_not or ("" if decidable else _waiting_for(entry)),
    )


def _form(entry: Entry, data: Any) -> BoardRowForm:
    """Return what was typed for a row; where nothing was, what is drafted now, by whomever."""
    shown = BoardRowForm(entry=entry)
    if shown.add_prefix("outcome") not in (data or ()):
        return shown
    form = BoardRowForm(data, entry=entry)
    return form if form.has_changed() else shown


def _waiting_for(entry: Entry) -> str:
    """Return why an entry cannot be decided yet, or any more."""
    return {
        EntryStatus.SUBMITTED: _("还没有通过形式审查"),
        EntryStatus.RETURNED: _("退回单位修改中"),
        EntryStatus.IN_REVIEW: _("专家评审还没有结束"),
        EntryStatus.ADJUSTING: _("等单位答复调整建议"),
    }.get(EntryStatus(entry.status), "")


def _sums_talked_about(keys: Iterable[int]) -> dict[int, Any]:
    """Return the sum last proposed and not turned down, by the entry's key."""
    talks = (
        Adjustment.objects.filter(entry__in=list(keys), field_key=ASKED)
        .current()
        .exclude(answer=Answer.OBJECTED)
    )
    return {
        one.entry_id: one.counter if one.answer == Answer.COUNTERED else one.agreed_text
        for one in talks.order_by("pk")
    }


def _wish(form: BoardRowForm) -> tuple[str, Decimal]:
    """Return outcome and sum of a row as they stand on the screen; nothing unreadable counts."""
    if not form.is_bound:
        return form.initial.get("outcome", ""), form.initial.get("amount") or Decimal(0)
    form.is_valid()
    outcome = form.cleaned_data.get("outcome", "")
    amount = form.cleaned_data.get("amount") if outcome == Outcome.ESTABLISH else None
    return outcome, amount or Decimal(0)


def _uncovered(call: CallPage, wished: dict[int, tuple[str, Decimal]]) -> list[Unit]:
    """Return the disciplinary colleges without an established project in the year, drafts counted (two queries)."""
    drafted = Q(status=EntryStatus.DECIDING, decision__outcome=Outcome.ESTABLISH) & ~Q(
        pk__in=list(wished)
    )
    here = [key for key, (outcome, _amount) in wished.items() if outcome == Outcome.ESTABLISH]
    covered = (
        Entry.objects.filter(call__programme_year=call.programme_year, kind=call.kind)
        .filter(Q(status__in=IN_FORCE) | drafted | Q(pk__in=here))
        .values("unit")
    )
    return list(
        Unit.objects.disciplinary()
        .exclude(pk__in=covered)
        .exclude(pk__in=call.programme_year.exemptions.values("unit"))
    )
