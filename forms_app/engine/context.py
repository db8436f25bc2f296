"""Who fills a form in, for what: everything the engine has to know beyond schema and answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


def no_address(_attachment: Any) -> str:
    """Offer no link to a file."""
    return ""


def no_remark(_attachment: Any) -> None:
    """Say nothing about a file."""


@dataclass(kw_only=True)
class FillingContext:
    """What a form is filled in for.

    Attributes:
        unit: the applicant unit; never offered as its own partner.
        year: the programme year, e.g. 2026.
        project_no: the project's number once it has one.
        entry: the entry, for the sources that other rooms register.
        attachments: the entry's Attachment rows (removed ones are passed over); read once by the caller.
        added_row: the key of the table that gets one more empty row; set by the form.
        file_url: attachment → address to open it; "" shows the name without a link.
        about_file: attachment → what is to be said beside it (text, grave), or None; no fault of the form.
        begun: whether it has been saved before; an untouched form is not scolded for being empty.
        trusts_saved: whether a chosen code that is saved already is taken as it is; otherwise its list is asked again,
            from which it may be gone.
        given: the values to fill in beforehand asked so far, kept by `sources.prefill`.
        asked: the registered lists asked so far, kept by `sources.choices_in`.
    """

    unit: Any = None
    year: int | None = None
    project_no: str = ""
    entry: Any = None
    attachments: Sequence[Any] = ()
    file_url: Callable[[Any], str] = no_address
    about_file: Callable[[Any], Any] = no_remark
    added_row: str = ""
    begun: bool = True
    trusts_saved: bool = False
    given: dict[str, Any] = field(default_factory=dict, init=False, repr=False)
    asked: dict[str, list[tuple[str, str]]] = field(default_factory=dict, init=False, repr=False)
