"""What a process and all that it started have taken of the machine, read from Linux's /proc."""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def is_readable():
    """Return whether this system tells."""
    return (PROC / "self/smaps_rollup").exists()


def family_of(pid):
    """Return a process and all that it started and that still run, as {pid: command line}."""
    children = (PROC / f"{pid}/task/{pid}/children").read_text().split()
    found = {pid: (PROC / f"{pid}/cmdline").read_text().replace("\x00", " ").strip()}
    for child in children:
        found |= family_of(int(child))
    return found


def seconds_of(pid):
    """Return the processor's seconds of a process, of those it started and of those of them that have ended."""
    return sum(_seconds(one) for one in family_of(pid))


def megabytes_of(pid):
    """Return the memory of one process in MB; what several share is divided among them (Pss)."""
    for line in (PROC / f"{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no Pss of process {pid}")


def _seconds(pid):
    # The command's name stands in brackets and may hold anything; numbers follow it.
    fields = (PROC / f"{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS
