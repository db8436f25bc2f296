"""Entries prepared for reading: their own answers, or those of one of their versions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from .engine.display import Item, Section, display
from .engine.schema import fields_of
from .entries import beside
from .models import Attachment, Entry, EntryVersion
from .review.review_page import side_by_side


def file_url(attachment: Attachment) -> str:
    """Return the address under which a file is handed out to those who may see it."""
    return reverse("forms_app:file", args=[attachment.pk])


def read_answers(entry: Entry, version: EntryVersion | None = None) -> list[Section]:
    """Return what an entry (or what was frozen as one of its versions) says, for `forms_app/answers.html`."""
    frozen = version or entry
    return display(
        frozen.form_version.schema,
        frozen.answers,
        entry.attachments.all(),
        file_url=file_url,
    )


def read_fields(
    entry: Entry, keys: Iterable[str], *columns: Mapping[str, Any]
) -> list[tuple[Item, ...]]:
    """Return fields side by side, as several sets of answers say them, in the order of the form.

    Args:
        keys: the fields to show.
        columns: sets of answers.
    """
    schema = entry.form_version.schema
    wanted = set(keys)
    fields = [
        {**field, "options": {**field["options"], "only_if": None}}
        for field in fields_of(schema)
        if field["key"] in wanted
    ]
    part = {"sections": [{"key": "s", "title": "", "help": "", "fields": fields}]}
    attachments = list(entry.attachments.all())
    shown = [
        display(part, answers, attachments, file_url=file_url)[0].items if fields else []
        for answers in columns
    ]
    return list(zip(*shown, strict=True))


def read_changes(entry: Entry, before: EntryVersion, now: EntryVersion) -> list[tuple[Item, Item]]:
    """Return the fields in which two of an entry's versions differ, as each says them, in the order of the form."""
    keys = {
        key
        for key in before.answers.keys() | now.answers.keys()
        if before.answers.get(key) != now.answers.get(key)
    }
    return side_by_side(now.form_version.schema, keys, before, now, entry.attachments.all())


def labels(entry: Entry, keys: Iterable[str] = ()) -> dict[str, str]:
    """Return the labels of the entry's fields by key, and of the words beside pictures among some keys."""
    fields = {field["key"]: field["label"] for field in fields_of(entry.form_version.schema)}
    return {**fields, **beside.labels(entry, keys)}
