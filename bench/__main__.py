"""Run every benchmark of this package on a fresh database and print a table; ends with an error past a limit.

Usage: python -m bench [MODULE ...]
"""

import importlib
import os
import pkgutil
import sys
import tempfile


def main(names):
    """Run the benchmarks called `names`, or all; returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="bench.settings", VAR_DIR=folder, MEDIA_ROOT=f"{folder}/media"
        )
        import django  # the environment has to be there before Django reads the settings

        django.setup()
        figures = []
        for name in names or _all_benchmarks():
            print(f"{name} ...", file=sys.stderr, flush=True)
            figures += importlib.import_module(f"bench.{name}").run()
    return _print_table(figures)


def _all_benchmarks():
    package = os.path.dirname(__file__)
    names = [module.name for module in pkgutil.iter_modules([package])]
    # Installing comes first: the others measure on what it leaves behind.
    return ["installing", *(n for n in names if n not in {"__main__", "settings", "installing"})]


def _print_table(figures):
    past_limit = False
    print(f"{'':<48} {'measured':>10} {'limit':>8}")
    for figure in figures:
        past = figure.limit is not None and figure.value > figure.limit
        past_limit = past_limit or past
        limit = "" if figure.limit is None else f"{figure.limit:g}"
        mark = "  past the limit" if past else ""
        print(f"{figure.name:<48} {figure.value:>10.1f} {limit:>8} {figure.unit}{mark}")
    return 1 if past_limit else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
