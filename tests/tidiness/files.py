"""Which files the house rules look at."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "forms_app", "brands")
# What the portal, the tests and the tools write; everything else is the project's own.
NOT_OURS = {
    ".git",
    ".venv",
    "__pycache__",
    "var",
    "media",
    "screenshots",
    "static-collected",
    "node_modules",
}
NOT_OURS |= {".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis"}


def project_files(*suffixes, below=""):
    """Yield the project's files with one of these suffixes (all files without any), as paths from the root."""
    for folder, folders, names in os.walk(ROOT / below):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for name in sorted(set(names) - NOT_OURS):  # .git is a file in a second work tree
            path = Path(folder, name).relative_to(ROOT)
            if not suffixes or path.suffix in suffixes:
                yield path


def app_files(*suffixes):
    """Yield the files of the portal's packages with one of these suffixes, migrations left out."""
    for app in APPS:
        for path in project_files(*suffixes, below=app):
            if "migrations" not in path.parts:
                yield path


def read(path):
    """Return the text of a file given from the root."""
    return (ROOT / path).read_text(encoding="utf-8")
