"""A brand line as the data files tell it."""

import csv
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

FILES = resources.files("brands.demo")


@dataclass(frozen=True)
class Event:
    """An activity of a line: month and day (empty in the running year), and what the record says."""

    day: str
    name: str
    place: str
    people: int
    motif: str
    sentence: str


@dataclass(frozen=True)
class Line:
    """A unit's brand. The texts are those of the form; `events` may serve two years, `recent` the running one.

    `film` is the title of its film, which with its poster lies in `films/` under the unit's code.
    """

    unit: str
    name: str
    category: str
    cover: str
    slogan: str
    audience: str
    people: int
    summary: str
    base: str
    aims: str
    measures: tuple[tuple[str, str], ...]
    fresh: str
    effect: str
    gain: str
    flaw: str
    next: str
    quote: str
    number: int
    film: str = ""
    events: tuple[Event, ...] = ()
    recent: tuple[Event, ...] = field(default=())


@cache
def lines() -> dict[str, Line]:
    """Return the main line of each unit, by the unit's code."""
    return {line.unit: line for line, extra in _all() if not extra}


@cache
def joint_line() -> Line:
    """Return the line that a unit plans together with another one, beside its own."""
    return next(line for line, extra in _all() if extra)


@cache
def units() -> tuple[dict[str, str], ...]:
    """Return the units in the school's own order, as `units.csv` tells them."""
    with (FILES / "units.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def read(name: str) -> dict:
    """Return the content of one of the TOML files."""
    return tomllib.loads((FILES / name).read_text(encoding="utf-8"))


@cache
def _all() -> tuple[tuple[Line, bool], ...]:
    order = [unit["code"] for unit in units()]
    found = [
        raw
        for name in ("colleges_1", "colleges_2", "departments", "associations")
        for raw in read(f"lines/{name}.toml")["brand"]
    ]
    found.sort(key=lambda raw: order.index(raw["unit"]))
    return tuple((_line(number, raw), raw.get("extra", False)) for number, raw in enumerate(found))


def _line(number: int, raw: dict) -> Line:
    texts = {
        key: value
        for key, value in raw.items()
        if key not in ("extra", "measures", "activities", "recent")
    }
    return Line(
        **texts,
        number=number,
        measures=tuple(tuple(row.split("：", 1)) for row in raw["measures"].split("\n") if row),
        events=tuple(_event(*row) for row in _rows(raw.get("activities", ""))),
        recent=tuple(_event("", *row) for row in _rows(raw.get("recent", ""))),
    )


def _rows(table: str) -> list[list[str]]:
    return [row.split("|") for row in table.split("\n") if row]


def _event(day: str, name: str, place: str, people: str, motif: str, sentence: str) -> Event:
    return Event(day, name, place, int(people), motif, sentence)
