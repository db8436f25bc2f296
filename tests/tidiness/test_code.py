"""Rules for everything that is text: size, tools' findings, marks of unfinished work, addresses of other machines."""

import ast
import re
import subprocess
import sys

import pytest

from tests.tidiness.files import ROOT, app_files, project_files, read

MOST_LINES = 450
TEXT = {
    ".py",
    ".js",
    ".css",
    ".html",
    ".txt",
    ".md",
    ".toml",
    ".in",
    ".po",
    ".svg",
    ".json",
    ".yml",
    ".ini",
    "",
}


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "ruff", "check", "--no-cache", "."],
        ["-m", "ruff", "format", "--check", "--no-cache", "."],
        ["-m", "djlint", "--lint", "--quiet", "."],
        ["-c", "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"],
    ],
    ids=["ruff check", "ruff format", "djlint", "import-linter"],
)
def test_tools_find_nothing(command):
    result = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)

    assert result.returncode == 0, result.stdout + result.stderr


def test_no_file_is_too_long_to_read():
    too_long = {
        str(path): lines
        for path in project_files(".py", ".js", ".css", ".html")
        if not {"migrations", "vendor"} & set(path.parts)
        and (lines := len(read(path).splitlines())) > MOST_LINES
    }

    assert too_long == {}


def test_no_unfinished_work_is_marked():
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise Not" + r"ImplementedError")

    assert _lines_with(mark, project_files(".py", ".js", ".css", ".html", ".md")) == []


def test_no_test_is_skipped():
    skip = re.compile(r"pytest\.(mark\.)?(sk" + r"ip|xf" + r"ail)|unittest\.sk" + r"ip")

    assert _lines_with(skip, project_files(".py", below="tests")) == []


def test_no_registry_and_no_machine_is_named():
    hosts = ["py" + "pi.org", "python" + "hosted", "npm" + "js.org", "deb." + "debian"]
    folders = ["wo" + "rk", "fa" + "rm", "ro" + "ot", "ho" + "me/[a-z]"]
    place = re.compile(
        "|".join(map(re.escape, hosts)) + r"|(?<![\w.{}\])>-])/(" + "|".join(folders) + r")/"
    )

    assert _lines_with(place, (path for path in project_files() if path.suffix in TEXT)) == []


def test_only_the_lifecycle_assigns_a_status():
    found = []
    for path in [*app_files(".py"), *project_files(".py", below="tests/factories")]:
        if path.parts[:2] != ("portal", "lifecycle"):
            found += [f"{path}:{line}" for line in _status_assignments(ast.parse(read(path)))]

    assert found == []


WRITING = {"update", "create", "get_or_create", "update_or_create"}


def _status_assignments(tree):
    """Yield the lines that set an attribute `status`: by assignment, by `setattr`, by a query that writes."""
    for node in ast.walk(tree):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            if any(isinstance(t, ast.Attribute) and t.attr == "status" for t in targets):
                yield node.lineno
        elif isinstance(node, ast.Call) and _sets_status(node):
            yield node.lineno


def _sets_status(call):
    if isinstance(call.func, ast.Attribute) and call.func.attr in WRITING:
        return any(keyword.arg == "status" for keyword in call.keywords)
    if isinstance(call.func, ast.Attribute) and call.func.attr == "bulk_update":
        return "status" in {node.value for node in ast.walk(call) if isinstance(node, ast.Constant)}
    if isinstance(call.func, ast.Name) and call.func.id == "setattr" and len(call.args) > 1:
        return isinstance(call.args[1], ast.Constant) and call.args[1].value == "status"
    return False


def _lines_with(pattern, paths):
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(read(path).splitlines(), start=1)
        if pattern.search(line)
    ]
