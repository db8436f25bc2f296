"""Blind review (匿名评审): what of an application experts do not see, so that they judge the plan and not the unit.

Free text and files stay as they are; the call says so to the office.
"""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from forms_app.engine.kinds import kind_of
from forms_app.engine.schema import Schema
from forms_app.models import Entry

# Fields that say who: by the field's key (domain, section 3), whatever its label.
PEOPLE = ("leader_", "contact_", "members", "partner_units", "previous_project", "signed_scan")
SOURCES = frozenset({"unit", "project_no"})


def schema_for_experts(entry: Entry, schema: Schema) -> Schema:
    """Return the part of a schema that experts read: without how to reach anybody; blind, without who it is either."""
    blind = entry.call.is_blind

    def kept(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            one for one in fields if not kind_of(one).personal and not (blind and _identifies(one))
        ]

    return {
        **schema,
        "sections": [
            {
                **section,
                "fields": [
                    {
                        **field,
                        "options": {
                            **field["options"],
                            "columns": kept(field["options"]["columns"]),
                        },
                    }
                    if "columns" in field["options"]
                    else field
                    for field in kept(section["fields"])
                ],
            }
            for section in schema["sections"]
        ],
    }


def unit_for_experts(entry: Entry) -> str:
    """Return how experts are told whose entry it is."""
    return _("匿名评审") if entry.call.is_blind else str(entry.unit)


def _identifies(field: dict[str, Any]) -> bool:
    return (
        kind_of(field).identifies
        or field["key"].startswith(PEOPLE)
        or (field["kind"] == "computed" and field["options"].get("source") in SOURCES)
        or str(field["options"].get("prefill", "")).startswith("approved_leader")
    )


def unit_in_messages(entry: Entry) -> str:
    """Return the same for a message to an expert: what is kept is content, and content is Chinese, whoever acts."""
    with translation.override(settings.LANGUAGE_CODE):
        return unit_for_experts(entry)
