"""What the form accepts has no problems, and what has no problems is accepted: for any typed text."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from forms_app.engine.checking import mistakes, problems
from forms_app.engine.forms import build_form
from forms_app.engine.schema import fields_of
from tests.factories.answers import complete_application_answers, default_schema, posted

SCHEMA = default_schema("application")
# Without the lists that the database holds: these are tested with it.
for _section in SCHEMA["sections"]:
    _section["fields"] = [
        field
        for field in _section["fields"]
        if field["kind"] not in ("category", "units", "own_project")
    ]
SCHEMA["rules"] = [rule for rule in SCHEMA["rules"] if rule["kind"] != "required_if"]
COMPLETE = {
    key: answer
    for key, answer in complete_application_answers().items()
    if key in {field["key"] for field in fields_of(SCHEMA)}
}
NAMES = sorted(posted(SCHEMA, COMPLETE))
TYPED = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["", " ", "0", "-1", "12.5", "1,200", "2026-05-01", "new", "yes", "字" * 400]),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    st.dates().map(str),
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(NAMES), TYPED, max_size=4))
def test_the_form_and_the_check_agree(changed: dict[str, str]):
    data = posted(SCHEMA, COMPLETE)
    for name, text in changed.items():
        data[name] = text

    form = build_form(SCHEMA, answers={}, data=data, strict=True)

    assert form.is_valid() == (problems(SCHEMA, form.answers) == [])


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(NAMES), TYPED, max_size=4))
def test_what_is_kept_in_a_draft_comes_back_unchanged(changed: dict[str, str]):
    data = posted(SCHEMA, COMPLETE)
    for name, text in changed.items():
        data[name] = text
    saved = build_form(SCHEMA, answers={}, data=data).answers

    again: dict[str, Any] = build_form(SCHEMA, answers=saved, data=posted(SCHEMA, saved)).answers

    assert again == saved
    assert mistakes(SCHEMA, again) == mistakes(SCHEMA, saved)
