"""The unit's work on its brand page: keeping what is typed, saving it as a revision, sending to the review, taking back.

What somebody types is kept in the page's `WorkingCopy` and brought together there with what others type; a revision is made
of it when he saves the draft. So typing neither fills the history nor sends anything to a review.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from portal import merging
from portal.cms.moderation import doors, turns
from portal.lifecycle.door import Refused
from portal.units.models import User
from portal.workspace.autosaving import Page

from ..models import BrandPage, WorkingCopy
from ..permissions import why_not_edit_page
from .content import Offered, PageContent, content_of, missing_in, offered_to, write
from .merging import merge, ordered


class Stale(Exception):
    """Somebody saved since the content was read; nothing was saved."""


@dataclass(frozen=True)
class Draft:
    """What is being written of a page.

    Attributes:
        page: the page, with its latest revision.
        offered: what it may show.
        content: the working copy over the latest revision; that revision where there is no copy.
        revised: what the latest revision says.
        copy: the working copy, or None.
        base: `merging.fingerprint` of the revision that the content goes by.
        conflicts: parts that both the working copy and a revision that came from elsewhere have changed; `content` holds
            the copy's.
    """

    page: BrandPage
    offered: Offered
    content: PageContent
    revised: PageContent
    copy: WorkingCopy | None
    base: str
    conflicts: list[str] = field(default_factory=list)

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that no revision holds."""
        return self.content.without_empty_blocks() != self.revised.without_empty_blocks()

    @property
    def revised_by(self) -> User | None:
        """Who made the latest revision; None where it was the system."""
        return self.page.latest_revision.user

    @property
    def touched(self) -> tuple[datetime, User | None]:
        """When something was last kept or saved, and by whom."""
        revision = self.page.latest_revision
        if self.copy and self.copy.saved_at > revision.created_at:
            return self.copy.saved_at, self.copy.saved_by
        return revision.created_at, revision.user

    def writers_of(self, parts: Iterable[str]) -> list[User | None]:
        """Return who has written parts of the content, each once; None is the system (one query at most)."""
        kept = self.copy.content if self.copy else {}
        told = self.copy.writers if self.copy else {}
        ours = self.content.answers()
        keys = {told.get(part) if ours.get(part) == kept.get(part) else None for part in parts}
        people = list(User.objects.filter(pk__in=keys - {None})) if keys - {None} else []
        if None in keys and self.revised_by not in people:
            people.append(self.revised_by)
        return people

    @property
    def turn(self) -> int:
        """How often the working copy has been kept."""
        return self.copy.save_count if self.copy else 0


@dataclass(frozen=True)
class Kept:
    """What became of what somebody typed.

    Attributes:
        draft: as it is now.
        seen: what the page goes on with.
        taken: parts others had changed, which the page does not show yet.
        conflicts: parts both had changed; the others' stand until somebody chooses.
        by: who had typed what this save met.
    """

    draft: Draft
    seen: str
    taken: list[str]
    conflicts: list[str]
    by: list[User | None]


def draft_of(page: BrandPage, *, offered: Offered | None = None) -> Draft:
    """Return what is being written of a page.

    Args:
        page: with its latest revision, so that what it says takes no query.
        offered: what it may show, where it has been read already; else six queries more than one.
    """
    offered = offered or offered_to(page)
    revised = offered.put_in_order(content_of(page))
    theirs = revised.answers()
    copy = WorkingCopy.objects.filter(page=page).select_related("saved_by").first()
    if copy is None:
        return Draft(page, offered, revised, revised, None, merging.fingerprint(theirs))
    mine = offered.put_in_order(PageContent.of(copy.content)).answers()
    found = merge(mine=mine, saved=theirs, seen=copy.base)
    parts = {part: said for part, said in found.answers.items() if part not in found.conflicts}
    parts |= {part: mine[part] for part in found.conflicts if part in mine}
    orders = (answers.get("story", []) for answers in (parts, mine, theirs))
    parts = ordered(parts, *orders)
    base = merging.still_seen(theirs, found.conflicts, copy.base)
    return Draft(page, offered, PageContent.of(parts), revised, copy, base, found.conflicts)


def compared(draft: Draft, content: PageContent, sheet: Page) -> tuple[merging.Merge, str | None]:
    """Bring together what stands on somebody's page and what is kept; return with it what his page had shown.

    Args:
        content: everything on his page.
        sheet: the page it stands on.
    """
    saved = draft.content.answers()
    base = sheet.showed(draft.copy.saved_from if draft.copy else {})
    mine = draft.offered.put_in_order(content).answers()
    return merge(mine=mine, saved=saved, seen=base), base


def keep(
    page: BrandPage,
    *,
    actor: User,
    content: PageContent,
    sheet: Page | None = None,
    settled: dict[str, Any] | None = None,
) -> Kept:
    """Keep what somebody typed, finished or not, without losing what others typed since he opened his page; no revision.

    Parts that only he changed are kept, parts that only others changed stay theirs, and parts that both changed stay theirs
    and are named, for him to choose.

    Args:
        page: the page, possibly stale.
        content: everything on his page.
        sheet: the page it stands on; None: he saw what is there now.
        settled: parts of a revision from elsewhere that he has chosen about, as he saw them (`Draft.conflicts`).

    Raises:
        Refused: not this person's, the project is over, or the page is under review.

    Side effects: the page's WorkingCopy. Nothing where there is nothing new.
    """
    # Before the row is locked: it takes a while, and nobody changes it by writing on the page.
    offered = offered_to(page)
    with transaction.atomic():
        draft = draft_of(_locked(page, actor), offered=offered)
        sheet = sheet or Page(seen=merging.fingerprint(draft.content.answers()))
        found, base = compared(draft, content, sheet)
        mine = draft.offered.put_in_order(content).answers()
        seen = merging.still_seen(mine, found.conflicts, base)
        met = draft.writers_of([*found.taken, *found.conflicts])
        if settled or sheet.has_chosen or found.answers != draft.content.answers():
            copy = draft.copy or WorkingCopy(page=draft.page)
            copy.content = found.answers
            copy.base = merging.having_seen(draft.base, settled or {})
            copy.saved_from = sheet.record(seen)
            before = draft.content.answers()
            copy.writers |= {
                part: actor.pk
                for part in {**before, **found.answers}
                if before.get(part) != found.answers.get(part)
            }
            copy.save_count += 1
            copy.saved_at, copy.saved_by = timezone.now(), actor
            copy.save()
            revised = draft.revised.answers()
            draft = replace(
                draft,
                content=PageContent.of(found.answers),
                copy=copy,
                base=copy.base,
                conflicts=[
                    part
                    for part in draft.conflicts
                    if part not in (settled or {}) and found.answers.get(part) != revised.get(part)
                ],
            )
    return Kept(draft, seen, found.taken, found.conflicts, met)


def save_page(
    page: BrandPage, *, actor: User, content: PageContent, based_on: int | None, turn: int = 0
) -> int:
    """Save the content as a new revision, always on top of the latest one; the public page stays as it is.

    Args:
        page: the page, possibly stale.
        content: what the unit wrote, within the limits of its forms.
        based_on: the revision the content was read from.
        turn: the turn of the draft it was read from (`Draft.turn`).

    Returns:
        The new revision's number.

    Raises:
        Refused: not this person's, the project is over, or the page is under review.
        Stale: a later revision than `based_on` exists, or somebody kept something else since; nothing was saved.
    """
    with transaction.atomic():
        page = _locked(page, actor)
        draft = draft_of(page)
        if page.latest_revision_id != based_on or (draft.unsaved and draft.turn != turn):
            raise Stale
        number = write(page, content, actor=actor, offered=draft.offered)
        if copy := draft.copy:
            copy.content = draft.offered.put_in_order(content).answers()
            copy.base = merging.fingerprint(copy.content)
            copy.writers = {part: key for part, key in copy.writers.items() if part in copy.content}
            copy.save(update_fields=["content", "base", "writers"])
        return number


def forget_unsaved(page: BrandPage, *, actor: User, turn: int) -> None:
    """Drop what was typed since the draft was last saved.

    Args:
        turn: the turn of the draft the person saw.

    Raises:
        Refused: not this person's, the project is over, the page is under review, or somebody has typed on since.
    """
    with transaction.atomic():
        draft = draft_of(_locked(page, actor))
        if copy := draft.copy:
            if copy.save_count != turn:
                raise Refused(
                    _("%(who)s刚刚还在写，没有放弃。请打开编辑页再看一看。")
                    % {"who": copy.saved_by},
                    code="wrong_state",
                )
            copy.content = draft.revised.answers()
            copy.base = merging.fingerprint(copy.content)
            copy.writers, copy.saved_from = {}, {}
            copy.save_count += (
                1  # no page that was opened before forgets what is typed from here on
            )
            copy.save()


def send_page(page: BrandPage, *, actor: User) -> WorkflowState:
    """Send the page's draft to the school union's review.

    Raises:
        Refused: not this person's, already under review, nothing new, something is missing, or something typed is not
            saved in the draft yet.

    Side effects: a workflow at 初审, messages to its reviewers.
    """
    with transaction.atomic():
        page = _locked(page, actor)
        draft = draft_of(page)
        if refusal := why_unsaved(draft):
            raise refusal
        if found := list(missing_in(draft.revised, draft.offered)):
            raise Refused(" ".join(found), code="guard")
        return doors.submit_for_review(page, actor=actor)


def why_unsaved(draft: Draft) -> Refused | None:
    """Return why a page with something typed and not saved is not sent: who sends has read all that he sends."""
    if not draft.unsaved:
        return None
    at, who = draft.touched
    told = {"who": who, "time": f"{timezone.localtime(at):%H:%M}"}
    return Refused(
        _("%(who)s %(time)s 写的还没有存进草稿。请打开编辑页看一看，保存后再送审。") % told,
        code="guard",
    )


def take_back(page: BrandPage, *, actor: User) -> None:
    """Take the page out of the review to go on writing.

    Raises:
        Refused: not under review, or somebody else sent it.
    """
    if refusal := why_not_edit_page(actor, page.project):
        raise refusal
    doors.withdraw(page, actor=actor)


def why_locked(
    page: BrandPage, actor: User, *, state: turns.ModerationState | None = None
) -> Refused | None:
    """Return why the person cannot save the page now, or None.

    Args:
        state: `turns.state_of(page)`, where it has been asked already.
    """
    if refusal := why_not_edit_page(actor, page.project):
        return refusal
    state = state or turns.state_of(page)
    if state.editable:
        return None
    return Refused(
        _("品牌页正在%(stage)s，审核结束前不能修改。需要改动可以先撤回。")
        % {"stage": state.stage_name},
        code="wrong_state",
    )


def _locked(page: BrandPage, actor: User) -> BrandPage:
    """Return the page's row, locked for a change of what is written; inside a transaction.

    Raises:
        Refused: not this person's, the project is over, or the page is under review.
    """
    locked = (
        BrandPage.objects.select_for_update(of=("self", "page_ptr"))
        .select_related("project__unit", "latest_revision__user")
        .get(pk=page.pk)
    )
    if refusal := why_locked(locked, actor):
        raise refusal
    return locked
