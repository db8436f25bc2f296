"""Messages from the workflow's signals, and the words for the search; inside the transaction of what they follow."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    TaskState,
    WorkflowState,
)
from wagtail.signals import (
    page_published,
    task_submitted,
    workflow_approved,
    workflow_rejected,
)

from portal.dates import day_and_time
from portal.lifecycle.door import carried_out
from portal.messaging.posting import post
from portal.units.models import PeopleImport, Unit

from . import page_cache
from .messages import PAGE_PUBLISHED, PAGE_RETURNED, PAGE_SCHEDULED, REVIEW_WAITING
from .models import Document, Picture, Return, SiteSettings
from .moderation.turns import reviewers_of
from .searching import indexed


@receiver(task_submitted, sender=TaskState)
def tell_the_reviewers(instance: TaskState, **kwargs: Any) -> None:
    """Tell those who can decide that it is their turn."""
    page = _page_of(instance.workflow_state)
    post(
        REVIEW_WAITING,
        to=reviewers_of(instance),
        about=f"task-state:{instance.pk}",
        path=reverse("cms_review", args=[page.pk]),
        title=page.draft_title,
        stage=instance.task.name,
        who=str(instance.workflow_state.requested_by or ""),
    )


@receiver(workflow_rejected, sender=WorkflowState)
def tell_of_the_return(instance: WorkflowState, **kwargs: Any) -> None:
    """Tell those who wrote it why it came back."""
    page = _page_of(instance)
    returned = Return.objects.filter(page_id=page.pk).select_related("by").first()
    for user in page.people_to_tell(instance):
        post(
            PAGE_RETURNED,
            to=[user],
            about=f"return:{returned.pk}",
            path=page.path_for(user),
            title=page.draft_title,
            stage=returned.get_stage_display(),
            who=str(returned.by),
            reason=returned.reason.rstrip("。. "),  # the sentence goes on
        )


@receiver(workflow_approved, sender=WorkflowState)
def tell_of_the_publication(instance: WorkflowState, **kwargs: Any) -> None:
    """Tell those who wrote it that it is public, or from when."""
    page = _page_of(instance)
    scheduled = instance.current_task_state.revision
    if page.live_revision_id == scheduled.pk:
        kind, path, details = PAGE_PUBLISHED, page.url, {}
    else:
        at = Revision.objects.get(pk=scheduled.pk).approved_go_live_at
        kind, path, details = PAGE_SCHEDULED, "", {"at": day_and_time(at)}
    for user in page.people_to_tell(instance):
        post(
            kind,
            to=[user],
            about=f"workflow:{instance.pk}",
            path=path or page.path_for(user),
            title=page.draft_title,
            **details,
        )


@receiver(carried_out)
def forget_pages(**kwargs: Any) -> None:
    """What stands in public notice, which projects there are and what was awarded hang on the lifecycles."""
    page_cache.forget_all()


page_cache.connect()
page_cache.register_public(
    SiteSettings,
    Site,
    Redirect,
    PageViewRestriction,
    Collection,
    CollectionViewRestriction,
    Picture,
    Document,
    Unit,
    PeopleImport,
)


@receiver(page_published)
def index_what_is_public(instance: Page, **kwargs: Any) -> None:
    """Let the search find what is public now; what belongs to a page is saved after it, when Wagtail has indexed it already."""
    indexed(instance)


def _page_of(flow: WorkflowState) -> Page:
    return Page.objects.get(pk=flow.object_id).specific
