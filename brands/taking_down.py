"""Taking a revoked project's page off the site."""

from portal.cms.moderation import doors
from portal.units.models import User

from .models import BrandPage, Project


def take_page_away(project: Project, *, actor: User, reason: str) -> None:
    """End a review of the project's page and take the page down.

    Side effects: the page and its pictures are no longer public; its text stays as a draft.
    """
    page = BrandPage.objects.filter(project=project).first()
    if page is None:
        return
    doors.end_review(page, actor=actor)
    page.refresh_from_db()
    if page.live or page.approved_schedule:
        doors.take_down(page, actor=actor, reason=reason)
