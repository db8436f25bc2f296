"""What the demo tells: within the limits of the forms, and plainly invented."""

import csv
import re
from datetime import date
from types import SimpleNamespace

import pytest

from brands.demo import cast, people
from brands.demo.line import FILES, joint_line, lines, units
from brands.demo.summing_up import summary
from brands.demo.wording import application
from brands.drawing import ACTIVITIES, MOTIFS
from forms_app.engine.checking import problems
from tests.brands.demo.schemas import schema_of

INVENTED = re.compile(r"示例·[一-龥]{1,6}\d?")
ALL = (*lines().values(), joint_line())
YEARS = (2024, 2025, 2026, 2031)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("line", ALL, ids=lambda line: f"{line.unit} {line.name}")
def test_an_application_of_the_demo_can_be_sent(line, year):
    answers = application(
        line,
        year=year,
        team=people.team(line),
        contact=people.person(3),
        begins=date(year, 4, 1),
        ends=date(year, 11, 30),
        events=line.events,
    )

    assert problems(schema_of("application"), answers) == []


@pytest.mark.parametrize("line", [line for line in ALL if line.events], ids=lambda line: line.unit)
def test_a_summary_of_the_demo_is_long_enough(line):
    half = line.events[: max(3, len(line.events) // 2)]
    activities = [
        SimpleNamespace(
            date=date(2025, *map(int, event.day.split("-"))),
            name=event.name,
            place=event.place,
            participants=event.people,
            sentence=event.sentence,
        )
        for event in half
    ]
    answers = summary(
        line,
        year=2025,
        activities=activities,
        prefilled={
            "indicator_results": [{"name": "开展活动", "target": 6, "unit_label": "场"}],
            "expenses": [{"category": "training", "budgeted": "3000.00"}],
            "activities": [{"date": "2025-04-01", "name": "示例活动"}],
        },
        good=True,
    )

    found = problems(schema_of("summary"), answers)

    assert [problem.field_key for problem in found] == ["photos"]


def test_every_unit_has_a_line_and_every_picture_can_be_drawn():
    assert set(lines()) == {unit["code"] for unit in units()}
    for line in ALL:
        assert line.cover in MOTIFS
        assert {event.motif for event in (*line.events, *line.recent)} <= set(ACTIVITIES)


def test_a_film_is_small_has_a_poster_and_begins_before_it_is_all_there():
    films = [line for line in lines().values() if line.film]

    assert films
    for line in films:
        told = (FILES / "films" / f"{line.unit}.mp4").read_bytes()
        assert len(told) < 400_000
        assert told.index(b"moov") < told.index(b"mdat")
        assert (FILES / "films" / f"{line.unit}.jpg").is_file()


def test_all_six_categories_are_told():
    assert {line.category for line in lines().values()} == {
        "lead",
        "merit",
        "demos",
        "culture",
        "care",
        "various",
    }


def test_no_two_activities_are_told_with_the_same_words():
    events = [event for line in ALL for event in (*line.events, *line.recent)]

    assert len({event.sentence for event in events}) == len(events)
    for line in ALL:
        assert len({event.name for event in line.events}) == len(line.events)


def test_everybody_is_somebody_else_and_plainly_invented():
    everybody = [
        people.person(number) for number in range(1, people.ACCOUNTS + len(ALL) * people.TEAM)
    ]

    assert len({person.name for person in everybody}) == len(everybody)
    for person in everybody:
        assert INVENTED.fullmatch(person.name)
        assert re.fullmatch(r"1380000\d{4}", person.phone)
        assert person.email.endswith("@example.edu")


def test_addresses_in_the_texts_are_reserved_ones():
    for name in (
        "notices.toml",
        "policies.toml",
        *(f"lines/{it}.toml" for it in ("colleges_1", "colleges_2", "departments", "associations")),
    ):
        text = (FILES / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|@|1[3-9]\d{9}", text)


def test_documents_name_no_month_since_the_running_year_begins_whenever_the_demo_is_loaded():
    text = (FILES / "policies.toml").read_text(encoding="utf-8")

    assert not re.search(r"[一二三四五六七八九十\d]月|[上下]半年|年底|年初", text)


def test_each_unit_stands_in_one_place_of_the_running_year():
    told = [
        *cast.FIRST_BATCH,
        *cast.IN_NOTICE,
        *cast.DECIDING,
        cast.ADJUSTING,
        *cast.IN_REVIEW,
        *cast.SUBMITTED,
        cast.RETURNED,
        cast.AWAITING_CHAIR,
        *cast.AWAITING_PARTY,
        cast.TAKEN_BACK,
    ]

    assert len(told) == len(set(told))
    assert set(told) == {unit["code"] for unit in units()} - {"jxjy"}  # one that does not apply


def test_the_units_file_names_hosts_that_exist():
    with (FILES / "units.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["code"] for row in rows}

    assert all(row["host"] in codes for row in rows if row["kind"] == "association")
    assert sum(row["disciplinary"] == "1" for row in rows) == 17
