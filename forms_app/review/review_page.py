"""What an expert's pages show: his own part, the application as he may read it, and the others' once that is closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.engine.display import Item, Section, display
from forms_app.engine.reading import is_raw
from forms_app.engine.schema import fields_of
from forms_app.models import (
    Assignment,
    Attachment,
    EntryStatus,
    EntryVersion,
    FormerAssignment,
    OthersShown,
    Recusal,
    RecusalGround,
    Review,
    VersionReason,
    Vote,
)
from portal.units.models import User

from .blind import schema_for_experts, unit_for_experts
from .judgement import WORDS, name_of, seal_of
from .ranking import expert_totals
from .reviewing import LOOK_BACK, assigned_to, sent_version


@dataclass(frozen=True)
class Mine:
    """One of an expert's assignments in his lists.

    Attributes:
        judged: how many criteria have points (a vote counts as one), of how many.
        total: the points so far.
        seal: what stands for all of it (`judgement.seal_of`).
    """

    assignment: Assignment
    unit: str
    judged: int
    of: int
    total: Decimal
    vote: str
    seal: str

    @property
    def is_locked(self) -> bool:
        """Whether it has been handed in."""
        return self.assignment.review.locked_at is not None

    @property
    def is_running(self) -> bool:
        """Whether its review still runs."""
        return self.assignment.entry.status == EntryStatus.IN_REVIEW

    @property
    def is_open(self) -> bool:
        """Whether there is something left to judge."""
        return self.is_running and not self.is_complete

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to judge."""
        return self.is_locked or self.judged >= self.of > 0


def mine(expert: User) -> list[Mine]:
    """Return all that an expert may see (two queries, and two for the rubrics).

    The order: what is still open, those first that the fewest experts have finished; what is judged completely; what is
    handed in; what is over. Lists, next links and `next_for` all go by it.
    """
    finished = (
        Review.objects.filter(assignment__entry=OuterRef("entry"), locked_at__isnull=False)
        .order_by()
        .values("assignment__entry")
        .annotate(count=Count("pk"))
        .values("count")
    )
    rows = (
        assigned_to(expert)
        .annotate(finished=Coalesce(Subquery(finished), 0))
        .prefetch_related("review__scores", "entry__call__rubric__criteria")
        .order_by("finished", "pk")
    )
    found = []
    for row in rows:
        votes = row.entry.call.votes
        points = [score.points for score in row.review.scores.all()]
        found.append(
            Mine(
                row,
                unit_for_experts(row.entry),
                bool(row.review.vote) if votes else len(points),
                1 if votes else len(row.entry.call.rubric.criteria.all()),
                sum(points, Decimal(0)),
                Vote(row.review.vote).label if row.review.vote else "",
                seal_of(row.review),
            )
        )
    return sorted(found, key=_turn)


def _turn(one: Mine) -> tuple[int, int]:
    """Return where an assignment stands in `mine`: its group, then its key; what is open stays as the query has it."""
    if one.is_open:
        return 0, 0
    group = 3 if not one.is_running else 2 if one.is_locked else 1
    return group, one.assignment.pk


def next_for(expert: User, *, besides: int | None = None) -> Assignment | None:
    """Return the first of `mine` that is still open: the fewest experts have finished it so far.

    Args:
        besides: key of an assignment to pass over.
    """
    waiting = (one.assignment for one in mine(expert) if one.is_open)
    return next((one for one in waiting if one.pk != besides), None)


def sections_of(assignment: Assignment) -> list[Section]:
    """Return the whole application as an expert reads it: without how to reach anybody, in tables too."""
    entry = assignment.entry
    sections = display(
        schema_for_experts(entry, entry.form_version.schema),
        entry.answers,
        entry.attachments.all(),
        file_url=_file_address,
    )
    # What the system has not filled in yet is nobody's omission.
    return [
        replace(
            section,
            items=[one for one in section.items if (one.kind, one.shape) != ("computed", "blank")],
        )
        for section in sections
    ]


def may_open(expert: User, attachment: Attachment) -> bool:
    """Return whether an expert's pages show him this file: in a field he reads, in what he judges or has judged before."""
    assignment = assigned_to(expert).filter(entry=attachment.entry_id).first()
    if assignment is None:
        return False
    entry, key = assignment.entry, attachment.field_key
    if key not in {
        field["key"] for field in fields_of(schema_for_experts(entry, entry.form_version.schema))
    }:
        return False
    judged = assignment.review.version
    texts = [entry.answers, judged.answers if judged else {}]
    return any(attachment.pk in (answers.get(key) or ()) for answers in texts)


def changes_since(assignment: Assignment) -> list[tuple[Item, Item]]:
    """Return what the unit has changed since the version this expert judged: (before, now) by field.

    Empty where he has judged nothing yet, or judged what stands now.
    """
    before = assignment.review.version
    if before is None:
        return []
    now = sent_version(assignment.entry)
    return [] if now.digest == before.digest else differences(assignment, before, now)


def differences(
    assignment: Assignment, before: EntryVersion, now: EntryVersion
) -> list[tuple[Item, Item]]:
    """Return the fields in which two versions differ, as an expert may read them."""
    entry = assignment.entry
    schema = schema_for_experts(entry, now.form_version.schema)
    changed = {
        field["key"]
        for field in fields_of(schema)
        if before.answers.get(field["key"]) != now.answers.get(field["key"])
    }
    return side_by_side(schema, changed, before, now, entry.attachments.all())


def side_by_side(
    schema: dict,
    keys: Iterable[str],
    before: EntryVersion,
    now: EntryVersion,
    attachments: Iterable[Attachment],
) -> list[tuple[Item, Item]]:
    """Return some fields as two versions say them, in the order of the form."""
    keys, attachments = set(keys), list(attachments)
    sides = [
        {
            item.key: item
            for section in display(schema, one.answers, attachments, file_url=_file_address)
            for item in section.items
            if item.key in keys
        }
        for one in (before, now)
    ]
    blank = {
        key: Item(item.key, item.label, item.kind, "blank", "–")
        for side in sides
        for key, item in side.items()
    }
    order = [field["key"] for field in fields_of(schema) if field["key"] in blank]
    return [tuple(side.get(key, blank[key]) for side in sides) for key in order]


def labels(assignment: Assignment) -> dict[str, str]:
    """Return what the inputs of an expert's form are called, by their names."""
    call = assignment.entry.call
    criteria = [] if call.votes else call.rubric.criteria.all()
    return {name_of(one): one.name for one in criteria} | {
        "vote": _("表决"),
        "for_office": _("给校工会的意见"),
        "for_unit": _("给申报单位的意见"),
    }


def both_sides(
    assignment: Assignment, names: Iterable[str], saved: Mapping[str, Any], typed: Mapping[str, Any]
) -> list[tuple[Item, Item]]:
    """Return some inputs as they were saved and as they were typed, to choose between.

    Args:
        names: of the inputs.
        saved, typed: answers as of `judgement.held_by`.
    """
    known = labels(assignment)

    def read(name: str, answer: Any) -> Item:
        if not answer:
            return Item(name, known[name], "score", "blank", _("没有填"))
        if is_raw(answer):
            text = _("%(typed)s（不能计入）") % {"typed": answer["raw"]}
            return Item(name, known[name], "score", "text", text)
        if name == "vote":
            return Item(name, known[name], "score", "text", Vote(answer).label)
        return Item(name, known[name], "score", "lines" if name in WORDS else "text", answer)

    return [(read(name, saved.get(name)), read(name, typed.get(name))) for name in names]


@dataclass(frozen=True)
class Declared:
    """Something an expert stays away from by his own word: its title as he knew it then, his reason, and when."""

    title: str
    reason: str
    at: datetime


def declared_by(expert: User) -> list[Declared]:
    """Return what an expert has declared himself within the last months, the newest first (two queries).

    Nothing of what became of it, not even a title that was changed since: he has nothing to do with it any more. What
    others found that he must stay away from is not among it.
    """
    recusals = list(
        Recusal.objects.filter(
            expert=expert,
            ground=RecusalGround.DECLARED,
            created_at__gt=timezone.now() - LOOK_BACK,
        ).order_by("-created_at", "-pk")
    )
    sent = EntryVersion.objects.filter(
        entry__in=[one.entry_id for one in recusals], reason=VersionReason.SUBMITTED
    )
    known = list(sent.order_by("number").values_list("entry", "created_at", "answers__title"))
    titles = {
        one.pk: title
        for one in recusals
        for entry, at, title in known
        if entry == one.entry_id and at <= one.created_at
    }
    return [Declared(titles.get(one.pk, ""), one.reason, one.created_at) for one in recusals]


def titles_known_to(expert: User) -> dict[int, str]:
    """Return the titles of all an expert was ever given, as he knows them, by the entry's key (a few queries).

    What he may see now as it is called now; anything else as it was called in what he judged, or when it was given to him:
    what became of it since is not his any more.
    """
    given = [
        (one.entry_id, one.assigned_at, one.review.version)
        for one in Assignment.objects.filter(expert=expert)
        .select_related("review__version")
        .order_by("pk")
    ]
    given += [
        (one.entry_id, one.assigned_at, one.version)
        for one in FormerAssignment.objects.filter(expert=expert).select_related("version")
    ]
    sent = EntryVersion.objects.filter(
        entry__in=[key for key, _at, _judged in given], reason=VersionReason.SUBMITTED
    )
    versions = list(sent.order_by("number").values_list("entry", "created_at", "answers__title"))
    titles = {
        key: title
        for key, assigned_at, _judged in given
        for entry, at, title in versions
        if entry == key and at <= assigned_at
    }
    for key, _at, judged in given:
        if judged:
            titles[key] = str(judged.answers.get("title") or "")
    return titles | {one.entry_id: str(one.entry) for one in assigned_to(expert)}


@dataclass(frozen=True)
class Other:
    """What another expert gave, once the review is closed."""

    name: str
    total: Decimal
    vote: str


def others(assignment: Assignment) -> list[Other]:
    """Return the others' valid judgement, the best first; nothing before the review of the entry is closed.

    Without names they are lettered in the order of what they gave, so that the letter says nothing of who it is.
    """
    entry = assignment.entry
    if entry.status == EntryStatus.IN_REVIEW or entry.call.others_shown == OthersShown.HIDDEN:
        return []
    rows = sorted(
        (
            row
            for row in expert_totals([entry])[entry.pk]
            if row.counts and row.expert_id != assignment.expert_id
        ),
        key=lambda row: (-row.total, row.vote),
    )
    named = entry.call.others_shown == OthersShown.NAMED
    return [
        Other(
            row.expert if named else ascii_uppercase[index % 26],
            row.total,
            Vote(row.vote).label if row.vote else "",
        )
        for index, row in enumerate(rows)
    ]


def _file_address(attachment: Attachment) -> str:
    return reverse("forms_app:file", args=[attachment.pk])
