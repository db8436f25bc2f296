"""Whatever the office draws: what is valid in the browser is valid on the server, renders, and survives a file."""

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_app.definitions import form_file
from forms_app.engine.checking import problems, warnings
from forms_app.engine.comparing import changes
from forms_app.engine.context import FillingContext
from forms_app.engine.display import display
from forms_app.engine.forms import build_form
from forms_app.engine.kinds import CELLS, KINDS
from forms_app.engine.schema import fields_of
from forms_app.paper.answers_book import answers_book
from forms_app.paper.sheet import Sheet, parts_of
from forms_app.paper.word_writing import word_form
from tests.factories.answers import posted
from tests.forms_app.paper.test_property import entry_with

# Files and what nobody types have tests of their own; lists that the database holds are tried below.
ELSEWHERE = ("category", "own_project", "units", "file", "pictures", "computed", "static_text")
CHOICES = [{"code": f"c{number}", "label": f"选项{number}"} for number in range(4)]
WORDS = st.text("校工会教职工文体活动ab12（）、“”", min_size=1, max_size=12).filter(str.strip)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2190, 1, 1))
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS.map(str.strip),
    "long_text": WORDS.map(str.strip),
    "integer": st.integers(0, 10**9),
    "money": st.decimals(0, 10**6, places=2).map(lambda number: f"{number:.2f}"),
    "percentage": st.integers(0, 100).map(str),
    "year": st.integers(1950, 2100),
    "date": DAYS.map(str),
    "date_range": st.tuples(DAYS, DAYS)
    .filter(lambda days: days[0] != days[1])
    .map(lambda days: {"from": str(min(days)), "until": str(max(days))}),
    "choice": st.sampled_from([one["code"] for one in CHOICES]),
    "choices": st.lists(
        st.sampled_from([one["code"] for one in CHOICES]), min_size=1, max_size=4, unique=True
    ),
    "yes_no": st.booleans(),
    "declaration": st.just(True),
    "phone": st.integers(0, 10**9 - 1).map(lambda number: f"13{number:09d}"),
    "email": st.just("name@example.com"),
    "staff_no": st.integers(1, 10**8).map(str),
    "url": st.just("https://example.com/a"),
    "video": st.just("https://www.bilibili.com/video/BV1xx411c7mD"),
}
OPTIONS = {"choice": {"choices": CHOICES}, "choices": {"choices": CHOICES, "other": True}}
TABLES = {
    "people": {"asks": ["staff_no", "duty", "phone"]},
    "links": {},
    "videos": {"max_rows": 9},
}


@st.composite
def definition(draw: Any) -> dict[str, Any]:
    """A form of one to nine fields of any kind, some of them asked only if a first question is answered with yes."""
    kinds = draw(st.lists(st.sampled_from([*ANSWERS, *TABLES, "rows"]), min_size=1, max_size=9))
    fields = [_field("asks", "yes_no", required=True)]
    for number, kind in enumerate(kinds):
        options = OPTIONS.get(kind) or TABLES.get(kind) or {}
        if kind == "rows":
            cells = draw(
                st.lists(st.sampled_from([*set(ANSWERS) & set(CELLS)]), min_size=1, max_size=4)
            )
            options = {
                "columns": [
                    {
                        "key": f"c{at}",
                        "kind": cell,
                        "label": f"列{at}",
                        "required": draw(st.booleans()),
                        "options": OPTIONS.get(cell, {}) if cell == "choice" else {},
                    }
                    for at, cell in enumerate(cells)
                ]
            }
        options = KINDS[kind].compiled(dict(options))
        if draw(st.booleans()):
            options["only_if"] = {"field": "asks", "equals": "yes"}
        fields.append(_field(f"f{number}", kind, required=draw(st.booleans()), **options))
    cut = draw(st.integers(1, len(fields)))
    parts = [fields[:cut], fields[cut:]]
    sections = [
        {"key": f"s{number}", "title": f"第{number}部分", "help": "", "fields": part}
        for number, part in enumerate(filter(None, parts), start=1)
    ]
    if len(sections) == 2 and draw(st.booleans()):
        sections[1]["only_if"] = {"field": "asks", "equals": "no"}
    return {"sections": sections, "rules": [], "warnings": []}


def _field(key: str, kind: str, *, required: bool = False, **options: Any) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "label": f"问题{key}",
        "help": "",
        "required": required,
        "public": False,
        "options": options,
    }


@st.composite
def filled_in(draw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A form with an answer to every question."""
    schema = draw(definition())
    answers = {}
    for field in fields_of(schema):
        if "columns" in field["options"]:
            count = draw(st.integers(1, 3))
            answers[field["key"]] = [
                {
                    column["key"]: draw(ANSWERS[column["kind"]])
                    for column in field["options"]["columns"]
                }
                for _row in range(count)
            ]
        else:
            answers[field["key"]] = draw(ANSWERS[field["kind"]])
    return schema, answers


@settings(max_examples=60)
@given(filled_in())
def test_what_is_valid_in_the_browser_is_valid_on_the_server_and_renders(drawn):
    schema, answers = drawn

    form = build_form(schema, answers={}, data=posted(schema, answers), strict=True)

    assert form.is_valid(), form.errors
    assert form.answers == answers
    assert problems(schema, form.answers) == []
    page = render_to_string("forms_app/form/form.html", {"form": form})
    read = render_to_string("forms_app/answers.html", {"sections": display(schema, answers)})
    for field in fields_of(schema):
        assert f'id="field-f-{field["key"]}"' in page
    assert "问题asks" in read


# Limits that an answer may or may not keep to; both sides have to say the same of it.
SMALL = st.integers(0, 6)
LIMITS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "text": {"min_characters": SMALL, "max_characters": SMALL},
    "long_text": {"min_characters": SMALL, "max_characters": SMALL},
    "integer": {"min": SMALL, "max": st.integers(0, 10**9)},
    "money": {"min": SMALL.map(str), "max": st.integers(0, 10**6).map(str)},
    "year": {"min": st.integers(1950, 2000), "max": st.integers(2000, 2100)},
    "choices": {"min_choices": SMALL, "max_choices": SMALL},
    "units": {"min_choices": SMALL, "max_choices": SMALL},
    "date_range": {"same_day": st.booleans()},
    "rows": {"min_rows": SMALL, "max_rows": SMALL},
    "people": {"min_rows": SMALL, "max_rows": SMALL},
}
LISTS = {
    "category": ("categories", [("culture", "校园文化类"), ("rights", "维权服务类")]),
    "units": ("units", [("a", "会计学院工会"), ("b", "法学院工会")]),
    "own_project": ("own_projects", [("YHYP-2025-001", "太极晨光")]),
}
TYPED = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            " ",
            "0",
            "-1",
            "12.5",
            "1,200",
            "2026-05-01",
            "c1",
            "yes",
            "a",
            "__other__",
            "字" * 60,
        ]
    ),
    st.dates().map(str),
)


@st.composite
def typed_into(draw: Any) -> tuple[dict[str, Any], Any]:
    """A form with limits, rules and reminders, and what somebody posts to it: answers, some of them anything at all."""
    schema, answers = draw(filled_in())
    fields = fields_of(schema)
    for kind, (_source, offered) in LISTS.items():
        fields.append(_field(kind, kind, required=draw(st.booleans())))
        code = draw(st.sampled_from(offered))[0]
        answers[kind] = [code] if kind == "units" else code
    schema["sections"].append({"key": "s9", "title": "末", "help": "", "fields": fields[-3:]})
    for field in fields:
        limits = LIMITS.get(field["kind"], {})
        field["options"] |= {
            name: draw(limit) for name, limit in limits.items() if draw(st.booleans())
        }
    keys = st.sampled_from([field["key"] for field in fields])
    schema["rules"] = draw(st.lists(_rule(keys), max_size=3))
    schema["rules"] += _orders([one["key"] for one in fields if one["kind"] == "date"])
    schema["warnings"] = [{"field": draw(keys), "words": ["工", "1", "选项"], "message": "再看看"}]
    data = posted(schema, answers)
    for name in draw(st.lists(st.sampled_from(sorted(data)), max_size=5)):
        data[name] = draw(TYPED)
    return schema, data


def _rule(keys: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    frame = {"message": st.just("改一改"), "advice": st.booleans()}
    return st.one_of(
        st.fixed_dictionaries(
            {"kind": st.just("at_least_one"), "fields": st.lists(keys, min_size=2), **frame}
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("required_if"),
                "field": keys,
                "other": st.just("asks"),
                "equals": st.sampled_from(["yes", "no"]),
                **frame,
            }
        ),
    )


def _orders(days: list[str]) -> list[dict[str, Any]]:
    return [
        {"kind": "after", "field": day, "other": before, "message": "先后"}
        for before, day in zip(days, days[1:], strict=False)
    ]


def _with_lists() -> FillingContext:
    context = FillingContext()
    context.asked.update(LISTS.values())
    return context


@pytest.mark.django_db
@settings(max_examples=80)
@given(typed_into())
def test_of_whatever_is_typed_both_say_the_same_and_it_is_kept_shown_and_exported(typed):
    schema, data = typed

    form = build_form(schema, answers={}, data=data, strict=True, context=_with_lists())
    answers = form.answers

    assert form.is_valid() == (problems(schema, answers) == [])
    assert set(form.errors) == {one.field_key for one in problems(schema, answers)}
    again = build_form(schema, answers=answers, data=posted(schema, answers), context=_with_lists())
    assert again.answers == answers
    warnings(schema, answers)
    render_to_string("forms_app/form/form.html", {"form": form})
    render_to_string("forms_app/answers.html", {"sections": display(schema, answers)})
    word_form(Sheet("表", "", "", "", parts_of(schema, answers, _with_lists())))
    answers_book([entry_with(schema, answers)])


@settings(max_examples=60)
@given(filled_in(), st.data())
def test_a_required_answer_left_out_is_missed_by_both(drawn, data):
    schema, answers = drawn
    gone = data.draw(st.sampled_from([field["key"] for field in fields_of(schema)]))
    answers = {key: answer for key, answer in answers.items() if key != gone}

    form = build_form(schema, answers={}, data=posted(schema, answers), strict=True)

    assert form.is_valid() == (problems(schema, answers) == [])
    assert set(form.errors) == {one.field_key for one in problems(schema, answers)}


@settings(max_examples=30)
@given(definition())
def test_a_form_written_to_a_file_and_read_again_is_the_same(schema):
    again = form_file.read(form_file.write("试", "application", schema))

    assert again.schema == schema
    assert changes(schema, again.schema) == []


def test_every_kind_is_tried():
    assert {*ANSWERS, *TABLES, "rows", *ELSEWHERE} == set(KINDS)
