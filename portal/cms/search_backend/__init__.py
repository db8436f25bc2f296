"""Wagtail's search backend of this portal: Chinese as people type it, the same on SQLite and PostgreSQL.

Wagtail's own backends take a run of Chinese characters for one word and find nothing in it. This one keeps pairs of
characters (`words`) in Wagtail's own index table, so that everything that searches with Wagtail is served: the site, the
API, the CMS's search boxes and choosers. `manage.py update_index` rebuilds it.
"""

from collections.abc import Mapping
from typing import Any

from .index import Index, Rebuilder, prepare
from .query import AutocompleteCompiler, Backend, Compiler, Results

__all__ = [
    "AutocompleteCompiler",
    "Backend",
    "Compiler",
    "Index",
    "Rebuilder",
    "Results",
    "prepare",
]


def SearchBackend(params: Mapping[str, Any]) -> Backend:  # noqa: N802 - the name that Wagtail looks for
    """Return the backend on the portal's database."""
    return Backend(params)
