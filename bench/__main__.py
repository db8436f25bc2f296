"""Run benchmarks on a fresh database of their own and print each figure as soon as it is known; ends with an error past a limit.

Usage: python -m bench [PART ...]

"ms" and "s" are time of the processor, unless the figure says otherwise: other programs on the machine hardly change it.
"""

import importlib
import os
import signal
import sys
import tempfile
import time

# In this order: installing leaves the demo behind, which the others measure on and fill up.
PARTS = ("installing", "starting", "cached", "pages", "lists", "searching", "saving")


def main(names):
    """Run the parts called `names`, or all; returns the exit code."""
    if unknown := set(names) - set(PARTS):
        print(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        return 2
    # A stop request ends the servers and removes the files as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began, count, past = time.monotonic(), 0, []
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        _bind_django_to(folder)
        for name in PARTS:
            if names and name not in {"installing", *names}:
                continue
            part = importlib.import_module(f"bench.{name}")
            print(f"\n{name}: {part.__doc__.splitlines()[0]}", flush=True)
            for figure in part.run():
                count += 1
                past += [figure] if _is_past(figure) else []
                print(_line(figure), flush=True)
    minutes = (time.monotonic() - began) / 60
    print(f"\n{count} figures in {minutes:.1f} minutes by the clock, {len(past)} past their limit")
    for figure in past:
        print(_line(figure))
    return 1 if past else 0


def _bind_django_to(folder):
    os.makedirs(f"{folder}/static")
    os.environ.update(
        DJANGO_SETTINGS_MODULE="bench.settings", VAR_DIR=folder, MEDIA_ROOT=f"{folder}/media"
    )
    import django  # the environment has to be there before Django reads the settings

    django.setup()


def _is_past(figure):
    return figure.limit is not None and figure.value > figure.limit


def _line(figure):
    limit = "" if figure.limit is None else f"at most {figure.limit:g}"
    mark = "  PAST THE LIMIT" if _is_past(figure) else ""
    line = f"  {figure.name:<64} {figure.value:>9.1f} {figure.unit:<10} {limit:<12} {figure.note}"
    return f"{line.rstrip()}{mark}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
