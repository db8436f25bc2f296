"""Giving entries to experts: by hand, or evenly at random for a whole call."""

import random
from collections import Counter, deque
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from forms_app.models import (
    Assignment,
    CallPage,
    Category,
    Entry,
    EntryStatus,
    FormerAssignment,
)
from forms_app.permissions import may_handle
from portal.lifecycle.door import Refused
from portal.units.models import User
from portal.units.permissions import is_school_union

from .conflicts import barred_pairs, namesake_pairs
from .panel import experts_of
from .reviewing import assign
from .telling import tell_assigned

Given = dict[Hashable, set[Hashable]]


@dataclass(frozen=True)
class Round:
    """What a distribution did.

    Attributes:
        given: how many assignments were made.
        short: entries that still have fewer experts than the call asks for.
        left_out: entries of the actor's own unit, which somebody else has to distribute.
        asked: entries that name somebody of the same name as an expert: the office has to say whether it is he.
    """

    given: int
    short: list[Entry]
    left_out: list[Entry]
    asked: list[Entry]


def assign_and_tell(entry: Entry, *, experts: Iterable[User], actor: User) -> list[Assignment]:
    """Give one entry to experts and tell those who are new to it.

    Raises:
        Refused: as `reviewing.assign`.

    Side effects: assignments, one message per new expert.
    """
    with transaction.atomic():
        made = assign(entry, experts=experts, actor=actor)
        tell_assigned(entry.call, made)
    return made


def distribute(call: CallPage, *, actor: User, rng: random.Random | None = None) -> Round:
    """Fill every entry under review up to the call's number of experts, evenly and at random.

    What the office has taken back from an expert is not given to him again; only by hand (`assign_and_tell`).

    Args:
        call: its `experts_per_entry` is the number.
        actor: the office's person; entries of his own unit are left out.
        rng: source of chance; the system's where none is given.

    Raises:
        Refused: not the office, or nothing is under review, or there are no experts.

    Side effects: assignments; each expert who got something new is told once for the whole round.
    """
    if not is_school_union(actor):
        raise Refused(_("只有校工会办公室可以分配专家。"), code="forbidden")
    with transaction.atomic():
        entries = list(
            call.entries.filter(status=EntryStatus.IN_REVIEW)
            .select_related("unit", "call")
            .prefetch_related("partner_units", "assignments", "recusals")
            .order_by("submitted_at", "pk")
        )
        experts = list(experts_of(call))
        if not entries:
            raise Refused(_("现在没有处在专家评审阶段的申报。"), code="wrong_state")
        if not experts:
            raise Refused(_("还没有评审专家，请先把专家加入“评审专家”用户组。"), code="guard")
        handled = [entry for entry in entries if may_handle(actor, entry)]
        asked = namesake_pairs(experts, handled)
        barred = asked | barred_pairs(experts, handled)
        # Who has to stay away since leaves his place to somebody else.
        active = _active(handled, barred)
        gone = _taken_back(handled)
        chosen = spread(
            {entry.pk: call.experts_per_entry - len(active[entry.pk]) for entry in handled},
            {
                entry.pk: {
                    expert.pk
                    for expert in experts
                    if expert.pk not in active[entry.pk]
                    and (expert.pk, entry.pk) not in barred
                    and (expert.pk, entry.pk) not in gone
                }
                for entry in handled
            },
            {expert.pk: sum(expert.pk in held for held in active.values()) for expert in experts},
            rng or random.SystemRandom(),
        )
        by_key = {expert.pk: expert for expert in experts}
        made = []
        for entry in handled:
            people = [by_key[key] for key in sorted(chosen[entry.pk])]
            if people:
                made += assign(entry, experts=people, actor=actor)
        tell_assigned(call, made)
    return Round(
        given=len(made),
        short=[
            entry
            for entry in handled
            if len(active[entry.pk]) + len(chosen[entry.pk]) < call.experts_per_entry
        ],
        left_out=[entry for entry in entries if entry not in handled],
        asked=_with(handled, asked),
    )


def give_all(
    call: CallPage, *, actor: User, experts: Iterable[User], category: Category | None = None
) -> Round:
    """Give every entry under review, or those of one category, to each of these experts, except where one must stay away.

    What the office has taken back from one of them is left out, as in `distribute`.

    Args:
        actor: the office's person; entries of his own unit are left out.
        category: None gives the entries of all categories: each sees all.

    Raises:
        Refused: not the office, or nothing of the kind is under review.

    Side effects: assignments; each expert who got something new is told once for the whole round.
    """
    if not is_school_union(actor):
        raise Refused(_("只有校工会办公室可以分配专家。"), code="forbidden")
    with transaction.atomic():
        experts = list(experts)
        entries = list(
            call.entries.filter(
                status=EntryStatus.IN_REVIEW, **({"category": category} if category else {})
            )
            .select_related("unit", "call")
            .prefetch_related("partner_units", "assignments", "recusals")
            .order_by("submitted_at", "pk")
        )
        if not entries:
            raise Refused(_("现在没有处在专家评审阶段的申报。"), code="wrong_state")
        handled = [entry for entry in entries if may_handle(actor, entry)]
        asked = namesake_pairs(experts, handled)
        barred = asked | barred_pairs(experts, handled)
        gone = _taken_back(handled)
        made = []
        for entry in handled:
            free = [
                one
                for one in experts
                if (one.pk, entry.pk) not in barred and (one.pk, entry.pk) not in gone
            ]
            if free:
                made += assign(entry, experts=free, actor=actor)
        tell_assigned(call, made)
        held = Assignment.objects.filter(entry__in=handled).values_list("entry", "expert")
        counts = Counter(entry for entry, expert in held if (expert, entry) not in barred)
    return Round(
        given=len(made),
        short=[entry for entry in handled if counts[entry.pk] < call.least_scores],
        left_out=[entry for entry in entries if entry not in handled],
        asked=_with(handled, asked),
    )


def _active(entries: Iterable[Entry], barred: Mapping[tuple[int, int], str]) -> dict[int, set[int]]:
    """Return who has each entry and need not stay away, by the entry's key."""
    return {
        entry.pk: {
            row.expert_id
            for row in entry.assignments.all()
            if (row.expert_id, entry.pk) not in barred
        }
        - {row.expert_id for row in entry.recusals.all()}
        for entry in entries
    }


def _taken_back(entries: Iterable[Entry]) -> set[tuple[int, int]]:
    """Return what has been taken back from whom: (expert's key, entry's key) (one query)."""
    former = FormerAssignment.objects.filter(entry__in=entries)
    return set(former.order_by().values_list("expert", "entry"))


def _with(entries: Iterable[Entry], pairs: Mapping[tuple[int, int], str]) -> list[Entry]:
    keys = {entry for _expert, entry in pairs}
    return [entry for entry in entries if entry.pk in keys]


def spread(
    wanted: Mapping[Hashable, int],
    eligible: Mapping[Hashable, set[Hashable]],
    load: Mapping[Hashable, int],
    rng: random.Random,
) -> Given:
    """Return who gets what, so that everybody's load is as even as those who are barred allow.

    Args:
        wanted: entry → how many more experts it needs; nothing below 1 gets none.
        eligible: entry → the experts who can be given it.
        load: expert → how many he has already.
        rng: source of chance: entries in random order, equal loads drawn by lot.
    """
    load = dict(load)
    given: Given = {entry: set() for entry in wanted}
    entries = list(wanted)
    rng.shuffle(entries)
    for entry in sorted(entries, key=lambda entry: len(eligible[entry])):
        people = sorted(eligible[entry], key=lambda expert: (load[expert], rng.random()))
        for expert in people[: max(0, wanted[entry])]:
            given[entry].add(expert)
            load[expert] += 1
    while chain := _relief(given, eligible, load):
        for entry, giver, taker in chain:
            given[entry].remove(giver)
            given[entry].add(taker)
            load[giver] -= 1
            load[taker] += 1
    return given


def _relief(
    given: Given, eligible: Mapping[Hashable, set[Hashable]], load: Mapping[Hashable, int]
) -> list[tuple[Hashable, Hashable, Hashable]]:
    """Return moves (entry, from, to) that pass one entry on, over others if need be, from a person to one who has at
    least two fewer; nothing where the loads are as even as can be."""
    for start in sorted(load, key=lambda expert: -load[expert]):
        came_by: dict[Hashable, tuple[Hashable, Hashable]] = {}
        waiting, seen = deque([start]), {start}
        while waiting:
            giver = waiting.popleft()
            if load[giver] <= load[start] - 2:
                chain = []
                while giver != start:
                    entry, before = came_by[giver]
                    chain.append((entry, before, giver))
                    giver = before
                return chain[::-1]
            for entry, people in given.items():
                if giver not in people:
                    continue
                for taker in eligible[entry] - people - seen:
                    seen.add(taker)
                    came_by[taker] = (entry, giver)
                    waiting.append(taker)
    return []
