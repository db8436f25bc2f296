"""Pages for tests, made public only through the three reviewers."""

from django.utils import timezone

from portal.cms.models import BasePage, NoticeIndexPage, NoticePage
from portal.cms.moderation.doors import approve, submit_for_review
from portal.units.models import Role, User

from .units import person_with

STAGES = (Role.FIRST_REVIEW, Role.SECOND_REVIEW, Role.FINAL_REVIEW)


def draft_notice(author: User, title: str = "示例通知", text: str = "示例正文") -> NoticePage:
    """Return an unpublished notice that the person wrote."""
    return draft(
        NoticePage(title=title, body=[("text", f"<p>{text}</p>")]),
        under=NoticeIndexPage.objects.get(),
        author=author,
    )


def live_notice(title: str, text: str = "示例正文", **fields: object) -> NoticePage:
    """Return a public notice without the way through the reviewers, where that way is not the point."""
    page = NoticePage(title=title, body=[("text", f"<p>{text}</p>")], **fields)
    page.first_published_at = page.last_published_at = timezone.now()
    return NoticeIndexPage.objects.get().add_child(instance=page)


def draft(page: BasePage, *, under: BasePage, author: User) -> BasePage:
    """Add an unpublished page with its first revision."""
    page.live = False
    page.owner = author
    under.add_child(instance=page)
    page.save_revision(user=author)
    return type(page).objects.get(pk=page.pk)


def stage_of(page: BasePage) -> object:
    """Return the task state that waits for somebody."""
    return type(page).objects.get(pk=page.pk).current_workflow_state.current_task_state


def published(page: BasePage) -> BasePage:
    """Make a draft public without the way through the reviewers, where that way is not the point; returns it fresh."""
    page.latest_revision.publish(skip_permission_checks=True)
    return type(page).objects.get(pk=page.pk)


def reviewed(page: BasePage, *, submitter: User | None = None) -> BasePage:
    """Carry a draft through the three stages by three new reviewers; returns it fresh."""
    submit_for_review(page, actor=submitter or page.owner)
    for role in STAGES:
        approve(stage_of(page), actor=person_with(role))
    return type(page).objects.get(pk=page.pk)
