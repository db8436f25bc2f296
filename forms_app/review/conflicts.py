"""回避: who must stay away from an entry, asked wherever something is given, shown, counted or decided.

Rule: domain section 5 — an expert is never offered an entry of a unit, partner unit or host unit of his (now or in the
past), one that names him by staff number, or one he declares an interest in. Where only the name is the same, the office
is asked.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, TextField, prefetch_related_objects
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from forms_app import messages
from forms_app.models import Entry, NameCleared, Recusal, RecusalGround
from forms_app.models.review import AssignmentQuerySet
from forms_app.models.status import CLOSED, EntryStatus
from forms_app.permissions import may_handle, units_around
from portal.lifecycle.door import Refused
from portal.messaging.posting import post
from portal.units.models import Role, User
from portal.units.permissions import people_with

from .locking import lock_entry

Pairs = dict[tuple[int, int], str]


def barred(expert: User, entry: Entry) -> str | None:
    """Return why an expert must stay away from an entry, or None where he need not."""
    return barred_pairs([expert], [entry]).get((expert.pk, entry.pk))


def barred_pairs(experts: Iterable[User], entries: Iterable[Entry]) -> Pairs:
    """Return who must stay away from what, with the reason: (expert's key, entry's key) → reason (five queries)."""
    experts, entries = list(experts), list(entries)
    prefetch_related_objects(experts, "memberships")
    prefetch_related_objects(entries, "unit", "partner_units", "recusals")
    units_of = {
        expert.pk: {membership.unit_id for membership in expert.memberships.all()}
        for expert in experts
    }
    found = {}
    for entry in entries:
        own = {entry.unit_id, *(unit.pk for unit in entry.partner_units.all())}
        around = units_around(entry)
        named = {number for _name, number in _named(entry) if number}
        recused = {recusal.expert_id for recusal in entry.recusals.all()}
        for expert in experts:
            if units_of[expert.pk] & own:
                reason = _("在申报单位或联合申报单位任职（含曾任职）")
            elif units_of[expert.pk] & around:
                reason = _("在挂靠单位任职（含曾任职）")
            elif expert.staff_no and expert.staff_no.casefold() in named:
                reason = _("是项目负责人或成员")
            elif expert.pk in recused:
                reason = _("已回避")
            else:
                continue
            found[expert.pk, entry.pk] = reason
    return found


def namesake_pairs(experts: Iterable[User], entries: Iterable[Entry]) -> Pairs:
    """Return whose name stands in what without a staff number, and the office has not said who is meant (one query).

    A row with another staff number than the expert's names somebody else, if the expert's is known.
    """
    experts, entries = list(experts), list(entries)
    cleared = set(
        NameCleared.objects.filter(entry__in=[entry.pk for entry in entries]).values_list(
            "expert", "entry"
        )
    )
    found = {}
    for entry in entries:
        named = _named(entry)
        for expert in experts:
            same = any(
                name == _plain(expert.name) and not (number and expert.staff_no)
                for name, number in named
            )
            if same and (expert.pk, entry.pk) not in cleared:
                found[expert.pk, entry.pk] = expert.name
    return found


def free_of_conflict(assignments: AssignmentQuerySet, expert: User) -> AssignmentQuerySet:
    """Return the expert's assignments that he need not stay away from as things stand now, records changed since included.

    The rule of `barred_pairs`, asked of the database.
    """
    found = assignments.filter(expert=expert).to_judge()
    if expert.staff_no:
        found = found.exclude(pk__in=_naming(found, expert.staff_no))
    return found


def _naming(assignments: AssignmentQuerySet, staff_no: str) -> list[int]:
    """Return which of the assignments are of entries whose form names the staff number among its people."""
    # As text, to read few forms: SQLite cannot look into lists of rows. Staff numbers are ASCII, so both databases write
    # them alike. That it stands anywhere in the answers names nobody yet.
    written = assignments.alias(as_text=Cast(F("entry__answers"), TextField())).filter(
        as_text__icontains=f'"{staff_no}"'
    )
    return [
        row.pk
        for row in written.select_related("entry")
        if any(number == staff_no.casefold() for _name, number in _named(row.entry))
    ]


@translation.override(settings.LANGUAGE_CODE)  # the reasons are kept, and content is Chinese
def keep_barred_away(entry: Entry) -> None:
    """Take an entry from those it was given to before the records or the form named them or a unit of theirs.

    Side effects: recusals; scores these people gave no longer count. Where only the name is the same: the assignment is
    held back, and the office is asked.
    """
    rows = list(entry.assignments.select_related("expert"))
    away = barred_pairs([row.expert for row in rows], [entry])
    asked = namesake_pairs([row.expert for row in rows], [entry])
    for row in rows:
        key = (row.expert_id, entry.pk)
        if reason := away.get(key):
            Recusal.objects.get_or_create(
                entry=entry,
                expert=row.expert,
                defaults={"ground": RecusalGround.OFFICE, "reason": reason},
            )
        elif (name := asked.get(key)) and not row.namesake:
            row.namesake = name
            row.save(update_fields=["namesake"])
            post(
                messages.NAME_TO_SETTLE,
                to=people_with(Role.SCHOOL_UNION),
                about=f"assignment:{row.pk}:{timezone.now():%Y%m%d%H%M%S}",
                path=reverse("office:entry", args=[entry.pk]),
                title=str(entry),
                expert=name,
            )


def clear_name(entry: Entry, *, expert: User, actor: User) -> None:
    """Say that the person named in an entry is somebody else than the expert; he may be given it then.

    Raises:
        Refused: not the office, of the entry's own unit, or decided already.

    Side effects: the office's word on record; an assignment held back is given again.
    """
    with transaction.atomic():
        entry = lock_entry(entry.pk)
        if not may_handle(actor, entry):
            raise Refused(_("只有校工会办公室可以办理，本单位的人回避。"), code="forbidden")
        if entry.status in (EntryStatus.IN_NOTICE, *CLOSED):
            raise Refused(_("已经作出决定，不能再认定。"), code="wrong_state")
        NameCleared.objects.get_or_create(
            entry=entry, expert=expert, defaults={"cleared_by": actor}
        )
        entry.assignments.filter(expert=expert).update(namesake="")


def _named(entry: Entry) -> list[tuple[str, str]]:
    """Return the people a form names: (name, staff number in lower case or "")."""
    answers = entry.answers
    people: list[tuple[Any, Any]] = [
        (answers.get("leader_name"), answers.get("leader_staff_no")),
        (answers.get("contact_name"), None),
    ]
    rows = answers.get("members")
    people += [
        (row.get("name"), row.get("staff_no"))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]
    return [
        (_plain(name), number.casefold().strip() if isinstance(number, str) else "")
        for name, number in people
        if isinstance(name, str) or isinstance(number, str)
    ]


def _plain(name: Any) -> str:
    """Return a name without the spaces that forms put between two characters."""
    return "".join(name.split()) if isinstance(name, str) else ""
