"""What ties a sheet of paper to what was printed on it: a short code and the QR code that carries it."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse

from ..engine.kinds import kind_of
from ..engine.schema import Schema, fields_of
from ..models import Entry, EntryVersion

CODE_LENGTH = 16  # hexadecimal digits
IN_ADDRESS = re.compile(r"/my/paper/([0-9]{1,18})-([0-9]{1,5})-([0-9a-f]{16})/?$")


@dataclass(frozen=True)
class PaperCode:
    """What stands in the QR code of a printed form.

    Attributes:
        entry: the entry's key.
        version: the version's number; 0 for a draft.
        code: of the content that was printed.
    """

    entry: int
    version: int
    code: str

    @property
    def address(self) -> str:
        """What the QR code says: the page that compares paper and portal."""
        path = reverse("forms_app:paper_code", args=[f"{self.entry}-{self.version}-{self.code}"])
        return f"{settings.BASE_URL.rstrip('/')}{path}"


def code_of(schema: Schema, answers: Mapping[str, Any]) -> str:
    """Return the code of what is printed of a form: every answer but files, which the scan itself is one of."""
    files = {field["key"] for field in fields_of(schema) if kind_of(field).holds_files}
    printed = {key: answer for key, answer in answers.items() if key not in files}
    text = json.dumps(printed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:CODE_LENGTH]


def paper_code(entry: Entry, version: EntryVersion | None) -> PaperCode:
    """Return the code of an entry's draft (version None) or of one of its versions."""
    shown = version or entry
    code = code_of(shown.form_version.schema, shown.answers)
    return PaperCode(entry.pk, version.number if version else 0, code)


def read_code(text: str) -> PaperCode | None:
    """Return the code that a QR code's text carries, or None where it is none of ours."""
    found = IN_ADDRESS.search(text.strip())
    return PaperCode(int(found[1]), int(found[2]), found[3]) if found else None


def qr(address: str) -> segno.QRCode:
    """Return the QR code of an address; a quarter of it may be covered by a stamp."""
    return segno.make(address, error="q", micro=False)
