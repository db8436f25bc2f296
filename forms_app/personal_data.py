"""What the application room keeps about a person: what he did with entries, and the entries that name him as leader."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from portal.units.models import User

from .models import (
    Attachment,
    Entry,
    EntryEvent,
    FieldComment,
    FormerAssignment,
    FormerRecusal,
    Recusal,
    Review,
    SignOff,
)
from .permissions import may_see
from .review.review_page import titles_known_to


def entries_data(user: User) -> tuple[str, dict[str, Any]]:
    """Return entries, sign-offs, reviews, recusals, remarks, events and uploaded files of one person, as JSON values."""
    titles = titles_known_to(user)
    return "applications", {
        "entries": list(_entries(user)),
        "sign_offs": [
            {
                "entry": str(one.entry),
                "level": one.level,
                "conclusion": one.conclusion,
                "text": one.text,
                "at": one.signed_at.isoformat(),
            }
            for one in SignOff.objects.filter(signer=user).select_related("entry").order_by("pk")
        ],
        "reviews": list(_reviews(user, titles)),
        "recusals": [
            {**_known(titles.get(one.entry_id)), "ground": one.ground}
            for kind in (Recusal, FormerRecusal)
            for one in kind.objects.filter(expert=user).order_by("pk")
        ],
        "remarks": [
            {"entry": str(one.entry), "text": one.text, "at": one.created_at.isoformat()}
            for one in FieldComment.objects.filter(author=user)
            .select_related("entry")
            .order_by("pk")
        ],
        "events": [
            {
                "entry": str(one.subject),
                "action": one.action,
                "comment": one.comment,
                "at": one.at.isoformat(),
            }
            for one in EntryEvent.objects.filter(actor=user).select_related("subject")
        ],
        "files": [
            {"name": one.name, "entry": str(one.entry), "at": one.uploaded_at.isoformat()}
            for one in Attachment.objects.filter(uploaded_by=user)
            .select_related("entry")
            .order_by("pk")
        ],
    }


def _entries(user: User) -> Iterable[dict[str, Any]]:
    theirs = Q(created_by=user) | Q(saved_by=user)
    if user.staff_no:
        theirs |= Q(answers__leader_staff_no=user.staff_no)
    for one in Entry.objects.filter(theirs).select_related("unit").order_by("pk"):
        # What has become of the entries of a unit he has left is the unit's business.
        named = bool(user.staff_no and one.answers.get("leader_staff_no") == user.staff_no)
        known = may_see(user, one)
        now = {"title": str(one)} if known or named else {}
        now |= {"status": one.status} if known else {}
        yield {
            "unit": one.unit.name,
            "kind": one.kind,
            **now,
            "created_by_you": one.created_by_id == user.pk,
            "saved_by_you_last": one.saved_by_id == user.pk,
            "names_you_as_leader": named,
            "created": one.created_at.isoformat(),
        }


def _known(title: str | None) -> dict[str, str]:
    return {"entry": title} if title else {}


def _reviews(user: User, titles: Mapping[int, str]) -> Iterable[dict[str, Any]]:
    reviews = Review.objects.filter(assignment__expert=user)
    for one in reviews.select_related("assignment").prefetch_related("scores__criterion"):
        yield {
            **_known(titles.get(one.assignment.entry_id)),
            "for_office": one.for_office,
            "for_unit": one.for_unit,
            "scores": [
                {"criterion": str(score.criterion), "points": str(score.points)}
                for score in one.scores.all()
            ],
            "handed_in": one.locked_at and one.locked_at.isoformat(),
        }
    # What was taken back before it was handed in is still what he wrote.
    for one in FormerAssignment.objects.filter(expert=user).order_by("pk"):
        yield {
            **_known(titles.get(one.entry_id)),
            "for_office": one.for_office,
            "for_unit": one.for_unit,
            "scores": [
                {"criterion": name, "points": points} for name, points in one.points.items()
            ],
            "handed_in": None,
            "taken_back": one.taken_back_at.isoformat(),
        }
