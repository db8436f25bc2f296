"""The earlier project an application goes on with: as its form says, whichever way it was begun."""

from collections.abc import Mapping
from typing import Any

from forms_app.engine import sources
from forms_app.engine.conditions import active_fields
from forms_app.models import Entry

PROJECTS = "own_projects"


def follow(entry: Entry, before: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """Let an entry (unsaved) go on with the project that is chosen in its form, so that both can be compared.

    Args:
        before, answers: what the form said, and what it says now. Where both name the same project nothing is done; one
            query otherwise.
    """
    chosen = _project_in(entry, answers)
    if chosen != _project_in(entry, before):
        entry.continues_id = chosen and sources.entry_of_code(PROJECTS, chosen, entry.unit)


def _project_in(entry: Entry, answers: Mapping[str, Any]) -> str | None:
    """Return the number of the project that is chosen; None where none is, or where none is asked for."""
    chosen = [
        answers.get(field["key"])
        for field in active_fields(entry.form_version.schema, answers)
        if field["kind"] == "own_project"
    ]
    return next((one for one in chosen if isinstance(one, str)), None)
