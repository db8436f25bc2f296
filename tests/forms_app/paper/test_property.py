"""For any form that can be drawn: valid answers leave as .xlsx and .docx, and come back from Word equal."""

from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from forms_app.engine.checking import mistakes
from forms_app.engine.context import FillingContext
from forms_app.engine.kinds import CELLS, KINDS, kind_of
from forms_app.engine.kinds.rows import Rows
from forms_app.engine.reading import tidy
from forms_app.engine.schema import fields_of
from forms_app.paper.answers_book import answers_book
from forms_app.paper.sheet import Sheet, parts_of
from forms_app.paper.word_reading import read_word
from forms_app.paper.word_writing import word_form

CHOICES = [
    {"code": "good", "label": "合格"},
    {"code": "bad", "label": "不合格"},
    {"code": "none", "label": "未参加"},
]
# Marks that stand for a tick or a box would be read as one; what no XML holds comes back without.
LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cs", "Cc", "Cn", "Co"),
    exclude_characters="\ufffe\uffff\u2028\u2029",
)
LINE = st.text(LETTERS, min_size=1, max_size=40).map(tidy).filter(bool)
LINES = (
    st.text(st.one_of(LETTERS, st.just("\n"), st.just("\t")), min_size=1, max_size=120)
    .map(lambda text: tidy(text, lines=True))
    .filter(bool)
)
MONEY = st.decimals(0, 99999999, places=2).map(lambda amount: f"{amount:.2f}")
ANSWERS = {
    "text": LINE,
    "long_text": LINES,
    "integer": st.integers(0, 10**9),
    "money": MONEY,
    "percentage": st.integers(0, 10000).map(lambda n: f"{Decimal(n) / 100:f}"),
    "date": st.dates().filter(lambda day: 1900 <= day.year < 2200).map(str),
    "choice": st.one_of(
        st.sampled_from([one["code"] for one in CHOICES]), st.just({"other": "别的活动"})
    ),
    "choices": st.lists(
        st.sampled_from([one["code"] for one in CHOICES]), min_size=1, max_size=3, unique=True
    ).map(lambda codes: [one["code"] for one in CHOICES if one["code"] in codes]),
    "yes_no": st.booleans(),
    "declaration": st.just(True),
    "phone": st.from_regex(r"1[0-9]{10}", fullmatch=True),
    "email": st.from_regex(r"[a-z]{1,9}@example\.com", fullmatch=True),
    "staff_no": st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True),
    "year": st.integers(1900, 2199),
    "video": st.from_regex(r"https://example\.com/v/[a-z0-9]{0,9}", fullmatch=True),
    "date_range": st.tuples(st.dates(), st.dates())
    .filter(lambda days: days[0] < days[1] and days[0].year >= 1900 and days[1].year < 2200)
    .map(lambda days: {"from": str(days[0]), "until": str(days[1])}),
    "url": st.from_regex(r"https://example\.com/[a-z0-9]{0,9}", fullmatch=True),
}


# What is a table of some columns is tried as a table of any.
TABLES = {code for code, kind in KINDS.items() if isinstance(kind, Rows)}


def options_of(kind):
    options = {"choices": CHOICES} if kind in ("choice", "choices") else {}
    return {**options, "other": True} if kind == "choice" else options


@st.composite
def forms(draw):
    """Draw a schema with answers to it that the check accepts."""
    fields, answers = [], {}
    kinds = draw(st.lists(st.sampled_from([*ANSWERS, "rows"]), min_size=1, max_size=8))
    for number, kind in enumerate(kinds):
        key = f"f{number}"
        frame = {"required": False, "public": False, "help": ""}
        if kind == "rows":
            cells = draw(
                st.lists(
                    st.sampled_from([one for one in ANSWERS if one in CELLS]),
                    min_size=1,
                    max_size=4,
                )
            )
            columns = [
                {
                    "key": f"c{at}",
                    "kind": one,
                    "label": f"列{at}",
                    "required": False,
                    "options": options_of(one),
                }
                for at, one in enumerate(cells)
            ]
            options = {"columns": columns}
            row = st.fixed_dictionaries(
                {"c0": ANSWERS[cells[0]]},
                optional={f"c{at}": ANSWERS[one] for at, one in enumerate(cells) if at},
            )
            # A row that begins with 合计 is the table's total, and left out.
            answer = st.lists(row, min_size=1, max_size=3).filter(
                lambda rows: not any("合计" in str(one) for one in rows)
            )
        else:
            options, answer = options_of(kind), ANSWERS[kind]
        fields.append(
            {"key": key, "kind": kind, "label": f"栏目{number}", "options": options, **frame}
        )
        if draw(st.integers(0, 3)):
            answers[key] = draw(answer)
    schema = {
        "sections": [{"key": "s1", "title": "一、甲", "help": "", "fields": fields}],
        "rules": [],
        "warnings": [],
    }
    return schema, answers


def test_every_kind_that_is_writable_in_word_is_tried():
    writable = {code for code, kind in KINDS.items() if kind.writable_in_word}
    # The lists of the database are tried with the default forms.
    assert writable - {*ANSWERS, *TABLES, "category", "units", "own_project"} == set()


@settings(max_examples=25)
@given(forms(), st.booleans())
def test_valid_answers_leave_and_come_back(form, fill_in):
    schema, answers = form
    assert mistakes(schema, answers) == []

    parts = parts_of(schema, answers, FillingContext(), fill_in=fill_in)
    content = word_form(Sheet("表", "", "", "", parts, fill_in=fill_in))
    read = read_word(Document(BytesIO(content)), schema, answers, FillingContext())

    assert read.answers == answers
    assert read.missing == {}
    book = load_workbook(BytesIO(answers_book([entry_with(schema, answers)])))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        *("s", "n", "d", "b")
    }
    heads = [cell.value for cell in book.worksheets[0][1]][5:]
    assert heads == [one["label"] for one in fields_of(schema) if one["kind"] != "rows"]
    tables = [
        answers[one["key"]]
        for one in fields_of(schema)
        if one["key"] in answers and one["kind"] == "rows"
    ]
    assert sum(sheet.max_row - 1 for sheet in book.worksheets[1:]) == sum(map(len, tables))
    assert all(kind_of(one).writable_in_word for one in fields_of(schema))


def entry_with(schema, answers):
    """Return what the workbook asks of an entry; no database is needed to draw a form."""
    return SimpleNamespace(
        form_version=SimpleVersion(schema),
        answers=answers,
        unit="=单位",
        submitted_at=None,
        attachments=SimpleNamespace(all=list),
        get_status_display=lambda: "待形式审查",
    )


class SimpleVersion(SimpleNamespace):
    def __init__(self, schema):
        super().__init__(schema=schema, created_at=0, pk=1)

    def __hash__(self):
        return 1
