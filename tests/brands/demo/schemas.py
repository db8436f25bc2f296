"""The default forms as neutral schemas, without a database."""

import json
from functools import cache

from forms_app.set_up import DEFAULTS


@cache
def schema_of(kind: str) -> dict:
    """Return the default form of a kind."""
    return json.loads((DEFAULTS / f"{kind}.json").read_text(encoding="utf-8"))
