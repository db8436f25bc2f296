"""The unit's work on its brand page: saving, sending to the review, taking back."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from portal.cms import moderation
from portal.lifecycle.door import Refused
from portal.units.models import User

from .models import BrandPage
from .page_content import PageContent, missing, write
from .permissions import why_not_edit_page


class Stale(Exception):
    """Somebody saved since the content was read.

    Attributes:
        page: the page as it is now.
    """

    def __init__(self, page: BrandPage) -> None:
        super().__init__(page.pk)
        self.page = page


def save_page(page: BrandPage, *, actor: User, content: PageContent, based_on: int | None) -> int:
    """Save the content as a new revision, always on top of the latest one; the public page stays as it is.

    Args:
        page: the page, possibly stale.
        content: what the unit wrote.
        based_on: the revision the content was read from.

    Returns:
        The new revision's number.

    Raises:
        Refused: not this person's, the project is over, or the page is under review.
        Stale: a later revision than `based_on` exists; nothing was saved.
    """
    with transaction.atomic():
        page = BrandPage.objects.select_for_update().get(pk=page.pk)
        _admit(page, actor)
        if page.latest_revision_id != based_on:
            raise Stale(page)
        return write(page, content, actor=actor)


def send_page(page: BrandPage, *, actor: User) -> WorkflowState:
    """Send the page's draft to the school union's review.

    Raises:
        Refused: not this person's, already under review, nothing new, or something is missing.

    Side effects: a workflow at 初审, messages to its reviewers.
    """
    with transaction.atomic():
        page = BrandPage.objects.select_for_update().get(pk=page.pk)
        _admit(page, actor)
        if found := missing(page):
            raise Refused(" ".join(found), code="guard")
        return moderation.submit_for_review(page, actor=actor)


def take_back(page: BrandPage, *, actor: User) -> None:
    """Take the page out of the review to go on writing.

    Raises:
        Refused: not under review, or somebody else sent it.
    """
    if refusal := why_not_edit_page(actor, page.project):
        raise refusal
    moderation.withdraw(page, actor=actor)


def why_locked(page: BrandPage, actor: User) -> Refused | None:
    """Return why the person cannot save the page now, or None."""
    if refusal := why_not_edit_page(actor, page.project):
        return refusal
    state = moderation.state_of(page)
    if state.editable:
        return None
    return Refused(
        _("品牌页正在%(stage)s，审核结束前不能修改。需要改动可以先撤回。")
        % {"stage": state.stage_name},
        code="wrong_state",
    )


def _admit(page: BrandPage, actor: User) -> None:
    if refusal := why_locked(page, actor):
        raise refusal
