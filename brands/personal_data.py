"""What the brands' room keeps about a person: what he recorded, uploaded and wrote."""

from typing import Any

from portal.units.models import User

from .models import (
    Activity,
    ChangeEvent,
    ChangeRequest,
    GuidanceNote,
    Material,
    MidtermEvent,
    MidtermReport,
    ProjectEvent,
)

SUBJECTS = {
    ProjectEvent: ("subject",),
    MidtermEvent: ("subject__project",),
    ChangeEvent: ("subject__project",),
}


def projects_data(user: User) -> tuple[str, dict[str, Any]]:
    """Return activities, materials, guidance and events of one person, as JSON values."""
    return "projects", {
        "activities": [
            {"project": str(one.project), "name": one.name, "date": one.date.isoformat()}
            for one in Activity.objects.filter(created_by=user)
            .select_related("project")
            .order_by("pk")
        ],
        "materials": [
            {"project": str(one.project), "material": str(one)}
            for one in Material.objects.filter(created_by=user)
            .select_related("project", "picture")
            .order_by("pk")
        ],
        "guidance": [
            {"project": str(one.project), "text": one.text}
            for one in GuidanceNote.objects.filter(written_by=user)
            .select_related("project")
            .order_by("pk")
        ],
        "midterm_checks": [
            {"project": str(one.midterm.project), "progress": one.progress}
            for one in MidtermReport.objects.filter(sent_by=user)
            .select_related("midterm__project")
            .order_by("pk")
        ],
        "change_requests": [
            {"project": str(one.project), "what": one.what, "reason": one.reason}
            for one in ChangeRequest.objects.filter(asked_by=user)
            .select_related("project")
            .order_by("pk")
        ],
        "events": [
            {
                "project": str(one.subject),
                "action": one.action,
                "comment": one.comment,
                "at": one.at.isoformat(),
            }
            for events in (ProjectEvent, MidtermEvent, ChangeEvent)
            for one in events.objects.filter(actor=user).select_related(*SUBJECTS[events])
        ],
    }
