"""What experts are told: work, a reminder, scores to look over, an entry taken from them."""

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from forms_app import messages
from forms_app.models import (
    Assignment,
    CallPage,
    FormerAssignment,
    FormerRecusal,
    FormerReview,
    Recusal,
)
from portal.messaging.posting import post, told

from .blind import unit_in_messages


def tell_assigned(call: CallPage, assignments: Iterable[Assignment]) -> None:
    """Tell each expert once how many entries he got in this round.

    Side effects: messages in the outbox.
    """
    assignments = list(assignments)
    counts = Counter(assignment.expert_id for assignment in assignments)
    newest = {assignment.expert_id: assignment for assignment in assignments}
    for key, assignment in newest.items():
        post(
            messages.REVIEW_ASSIGNED,
            to=[assignment.expert],
            about=f"assignment:{assignment.pk}",
            path=reverse("review:index"),
            call=call.title,
            count=counts[key],
        )


def remind(call: CallPage, assignments: Iterable[Assignment]) -> int:
    """Remind the experts of what they have not handed in; once a day.

    Args:
        call: the call.
        assignments: what is still open.

    Returns:
        How many people were reminded; those who were reminded today already are not.

    Side effects: messages in the outbox.
    """
    assignments = list(assignments)
    counts = Counter(assignment.expert_id for assignment in assignments)
    about = f"call:{call.pk}:{timezone.localdate():%Y%m%d}"
    done = told(messages.REVIEW_REMINDER, about=about)
    experts = {one.expert_id: one.expert for one in assignments if one.expert_id not in done}
    for key, expert in experts.items():
        post(
            messages.REVIEW_REMINDER,
            to=[expert],
            about=about,
            path=reverse("review:index"),
            call=call.title,
            count=counts[key],
        )
    return len(experts)


def tell_reopened(former: FormerReview) -> None:
    """Tell the expert why his scores are open again.

    Side effects: messages in the outbox.
    """
    assignment = former.review.assignment
    post(
        messages.REVIEW_REOPENED,
        to=[assignment.expert],
        about=f"reopening:{former.pk}",
        path=reverse("review:entry", args=[assignment.pk]),
        title=str(assignment.entry),
        unit=unit_in_messages(assignment.entry),
        reason=former.reason,
    )


def tell_taken_back(former: FormerAssignment) -> None:
    """Tell the expert that an entry is not his to judge any more, and why.

    Side effects: messages in the outbox.
    """
    post(
        messages.REVIEW_TAKEN_BACK,
        to=[former.expert],
        about=f"former_assignment:{former.pk}",
        path=reverse("review:index"),
        title=str(former.entry),
        unit=unit_in_messages(former.entry),
        reason=former.reason,
    )


def tell_recused(recusal: Recusal) -> None:
    """Tell the expert that an entry has been taken from him.

    Side effects: messages in the outbox.
    """
    post(
        messages.REVIEW_RECUSED,
        to=[recusal.expert],
        about=f"recusal:{recusal.pk}",
        path=reverse("review:index"),
        title=str(recusal.entry),
        unit=unit_in_messages(recusal.entry),
    )


def tell_lifted(former: FormerRecusal, assignment: Assignment) -> None:
    """Tell the expert that he has an entry again.

    Side effects: messages in the outbox.
    """
    post(
        messages.REVIEW_RECUSAL_LIFTED,
        to=[former.expert],
        about=f"lifted:{former.pk}",
        path=reverse("review:entry", args=[assignment.pk]),
        title=str(former.entry),
        unit=unit_in_messages(former.entry),
        reason=former.lifted_because,
    )
