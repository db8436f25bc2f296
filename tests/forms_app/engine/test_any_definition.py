"""Whatever the office draws: what is valid in the browser is valid on the server, renders, and survives a file."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_app.definitions import form_file
from forms_app.engine.checking import problems
from forms_app.engine.comparing import changes
from forms_app.engine.display import display
from forms_app.engine.forms import build_form
from forms_app.engine.kinds import CELLS, KINDS
from forms_app.engine.schema import fields_of
from tests.factories.answers import posted

# Lists that the database holds, files, and what nobody types have tests of their own.
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
