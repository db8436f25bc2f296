"""What happens when the last stage approves. Wagtail imports this while its own models load, so it names no model."""

from typing import Any

from django.core.exceptions import PermissionDenied

STAGES = 3  # 初审, 复审, 终审


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the revision that three different people approved, stage by stage; the workflow's finish action.

    Args:
        workflow_state: the state that has just been approved.
        user: the last approver; nobody holds the publish permission, so it is not asked for.

    Raises:
        PermissionDenied: one of the stages is missing, e.g. because a workflow was put together otherwise in the CMS.

    Side effects: publishes, or schedules where the revision names a date.
    """
    revision = workflow_state.current_task_state.revision
    approvals = dict(
        workflow_state.task_states.filter(
            status="approved", revision=revision, task__reviewtask__isnull=False
        ).values_list("task__reviewtask__stage", "finished_by")
    )
    if len(approvals) != STAGES or len(set(approvals.values()) - {None}) != STAGES:
        raise PermissionDenied("only what passed all three stages, by three people, is published")
    revision.publish(user=user, skip_permission_checks=True)
