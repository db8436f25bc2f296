"""Who may see what of the content room: pure functions."""

from wagtail.models import Page, WorkflowState

from portal.units.models import User
from portal.units.permissions import is_school_union

from .models import ReviewTask, authors_of


def may_see_review(user: User, page: Page, flow: WorkflowState) -> bool:
    """Return whether the person may open a page's review: its reviewers, its authors, the office, administrators."""
    return (
        user.is_superuser
        or is_school_union(user)
        or user.pk in authors_of(flow)
        or ReviewTask.is_for(user)
    )
