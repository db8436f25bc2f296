"""Rules for templates: nothing inline (the content security policy forbids it), nothing left over."""

import ast
import re
from fnmatch import fnmatchcase
from pathlib import Path

from django.apps import apps
from django.template import engines
from wagtail.models import get_page_models

from tests.tidiness.files import ROOT, app_files, project_files, read

INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(ld\+)?json\")|<style|\sstyle=|\son(?!ce=)[a-z]+=",
    re.IGNORECASE,
)
# Django and allauth (429) look these up by themselves.
BY_CONVENTION = {"404.html", "403.html", "400.html", "429.html", "500.html", "403_csrf.html"}


def template_files():
    """Yield (name, path) of every template of the project."""
    for path in [*project_files(below="templates"), *app_files(".html", ".txt", ".xml")]:
        if "templates" in path.parts:
            yield "/".join(path.parts[path.parts.index("templates") + 1 :]), path


def test_nothing_is_inline():
    found = [
        f"{path}:{number}"
        for name, path in template_files()
        if path.suffix == ".html" and not {"email", "mail"} & set(path.parts)
        for number, line in enumerate(read(path).splitlines(), start=1)
        if INLINE.search(line)
    ]

    assert found == []


def test_an_included_template_gets_what_it_names_and_nothing_else():
    include = re.compile(r"{% include (?!_)(?!\"wagtailadmin/)((?:(?!%}).)*)%}")
    found = [
        f"{path}: {arguments}"
        for _name, path in template_files()
        for arguments in include.findall(read(path))
        if arguments.split()[-1] != "only"
    ]

    assert found == []


def test_every_heading_of_a_table_says_what_it_heads():
    found = [
        f"{path}: {tag}"
        for _name, path in template_files()
        for tag in re.findall(r"<th(?=[\s>{])[^>]*>?", read(path))
        if "scope=" not in tag
    ]

    assert found == []


def test_every_template_is_used():
    literal, patterns = _names_in_code()
    pages = {model.template for model in get_page_models() if isinstance(model.template, str)}
    sources = {path: read(path) for _, path in template_files()}

    def used(name, own_path):
        return (
            name in literal | pages | BY_CONVENTION
            or any(fnmatchcase(name, pattern) for pattern in patterns)
            or any(name in source for path, source in sources.items() if path != own_path)
            or _overrides_a_package(name)
        )

    assert [name for name, path in template_files() if not used(name, path)] == []


def _names_in_code():
    """Return the texts that stand in the code, and the f-strings among them as patterns."""
    literal, patterns = set(), set()
    for path in app_files(".py"):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literal.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [p.value if isinstance(p, ast.Constant) else "*" for p in node.values]
                patterns.add("".join(parts))
    return literal, {
        pattern for pattern in patterns if re.search(r"\w.*/|/.*\w", pattern) and "." in pattern
    }


def _overrides_a_package(name):
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    folders += [Path(folder) for folder in engines["django"].dirs]
    return any(
        (folder / name).exists()
        for folder in folders
        if ROOT not in folder.parents or ".venv" in folder.parts
    )


def test_a_form_behind_the_gate_that_holds_text_says_for_whom_it_was_drawn():
    """Without it nothing is kept when the session ends (`workspace.keeping`)."""
    behind = ('{% extends "workspace/base.html" %}', '{% extends "forms_app/review/base.html" %}')
    text = ("components/form.html", "components/field.html", "<textarea")
    # Where an invited expert types his code nobody has signed in.
    found = [
        name
        for name, path in template_files()
        if (words := read(path)).count("whose_form") == 0
        and any(mark in words for mark in behind)
        and any(mark in words for mark in text)
        and name != "forms_app/review/enter.html"
    ]

    assert found == []
