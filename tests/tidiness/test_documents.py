"""What the documents say of the code is there."""

import ast
import re
from collections import defaultdict

from tests.tidiness.files import app_files, project_files, read

# `module.name`, `package.module.name(arguments)`: Latin names joined by points.
REFERENCE = re.compile(r"^((?:[a-z_]+\.)+)([A-Za-z_]+)(?:[ (]|$)")

FILES = {"py", "html", "json", "md", "csv", "toml"}


def _modules():
    """Return the modules by their last name, a package by that of its folder, each as (dotted path, file)."""
    found = defaultdict(list)
    for path in [*app_files(".py"), *project_files(".py", below="tests")]:
        parts = path.with_suffix("").parts
        dotted = parts[:-1] if parts[-1] == "__init__" else parts
        found[dotted[-1]].append((dotted, path))
    return found


def _names(path):
    names = set()
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def test_every_name_that_the_architecture_document_gives_is_there():
    modules = _modules()

    def is_there(place, name):
        holders = [found for found in modules[place[-1]] if found[0][-len(place) :] == place]
        models = [
            (dotted, path)
            for dotted, path in modules["models"]
            if dotted[:-1][-len(place) :] == place
        ]  # `cms.Picture`: a model is named by its app
        return (
            any(dotted[-len(place) - 1 : -1] == place for dotted, _path in modules[name])
            or any(name in _names(path) for _dotted, path in holders + models)
            # An object's attribute, such as `form.answers`, or another package's module: nothing of ours to look into.
            or not holders
        )

    missing = [
        code
        for code in re.findall(r"`([^`\n]+)`", read("docs/architecture.md"))
        if (found := REFERENCE.match(code))
        and not is_there(tuple(found[1].rstrip(".").split(".")), found[2])
        and found[2] not in FILES
    ]

    assert missing == []
