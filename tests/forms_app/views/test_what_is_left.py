"""What is still to do in a form: counted alike everywhere, told at the top, and led to."""

import pytest
from django.urls import reverse

from tests.factories.answers import (
    complete_application_answers,
    default_schema,
    posted,
)
from tests.factories.forms import CallFactory, Cast, draft, form_with

pytestmark = pytest.mark.django_db
BACKWARDS = {"start": "2026-06-01", "end": "2026-05-01", "task": "练习"}


@pytest.fixture
def whole(client):
    """A draft of the default form, its officer signed in."""
    entry = draft(call=CallFactory(form=form_with(default_schema("application"))))
    client.force_login(Cast(entry.unit).officer)
    return entry


def address(page, entry):
    return reverse(f"forms_app:{page}", args=[entry.pk])


def save(client, entry, **over):
    answers = complete_application_answers(**over)
    data = posted(entry.form_version.schema, answers)
    data["save_count"] = str(entry.save_count)
    return client.post(address("autosave", entry), data).json()


def test_form_check_and_card_count_alike(client, whole):
    told = save(client, whole, schedule=[BACKWARDS, BACKWARDS], goals=None)

    assert told["left"] == 3
    assert told["missing"].count("<a ") == 3
    assert "还差 3 处" in client.get(address("edit", whole)).text
    assert "还有 3 处要补充或改正" in client.get(address("check", whole)).text
    assert "还差 3 处" in client.get(reverse("workspace:due")).text
    assert "有 3 处要改" in client.get(f"{address('edit', whole)}?check=1").text


def test_where_nothing_is_left_no_count_is_shown(client, whole):
    assert save(client, whole)["left"] == 0

    page = client.get(address("edit", whole)).text

    assert "都填好了" in page
    assert "还差 0 处" not in page


def test_what_cannot_be_read_stands_at_the_top_of_the_draft_with_a_link(client, whole):
    save(client, whole, expected_participants={"raw": "三百"})

    page = client.get(address("edit", whole)).text

    assert "有 1 处要改" in page
    assert '<a href="#field-f-expected_participants">' in page


def test_without_a_script_a_new_row_comes_back_at_its_table(client, whole):
    page = client.get(address("edit", whole)).text

    assert 'name="add_row" value="schedule" formaction="#field-f-schedule"' in page


def test_each_save_tells_what_is_still_wrong_in_the_words_of_the_page(client, whole):
    wrong = {"goals": None, "expected_participants": {"raw": "三百"}}
    told = save(client, whole, **wrong, schedule=[BACKWARDS])["wrong"]
    page = client.get(f"{address('edit', whole)}?check=1").text

    assert sorted(told) == ["f-expected_participants", "f-goals", "f-schedule"]
    for name, [words] in told.items():
        assert page.count(f'data-fault="{words}" data-fault-at="{name}"') == 2  # on top, and there
    whole.refresh_from_db()
    assert list(save(client, whole, goals=None)["wrong"]) == ["f-goals"]
    whole.refresh_from_db()
    assert save(client, whole)["wrong"] == {}
