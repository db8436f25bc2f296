"""Wagtail's admin without its own workflow mails: what there is to tell goes through the portal's outbox."""

from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)


class QuietAdminConfig(WagtailAdminAppConfig):
    """Wagtail's admin; its notifiers mail inside the open transaction, in links useless outside the CMS."""

    def ready(self) -> None:
        """Let Wagtail connect its notifiers, then disconnect them."""
        super().ready()
        # The models can be imported only once all are loaded.
        from wagtail.models import TaskState, WorkflowState

        task_submitted.disconnect(
            sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
        )
        for signal, word in (
            (workflow_submitted, "submitted"),
            (workflow_rejected, "rejected"),
            (workflow_approved, "approved"),
        ):
            signal.disconnect(
                sender=WorkflowState, dispatch_uid=f"workflow_state_{word}_email_notification"
            )
