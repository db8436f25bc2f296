"""What opening and saving a form costs: the same few questions however long the form is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms_app.models import Entry
from portal.merging import fingerprint
from tests.factories.answers import complete_application_answers, default_schema, posted
from tests.factories.forms import CallFactory, Cast, draft, form_with
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole():
    return draft(call=CallFactory(form=form_with(default_schema("application"))))


def address(page, entry):
    return reverse(f"forms_app:{page}", args=[entry.pk])


def now(entry):
    return Entry.objects.get(pk=entry.pk)


def test_opening_and_saving_the_form_asks_little(client, whole):
    client.force_login(Cast(whole.unit).officer)
    client.get(address("edit", whole))
    with CaptureQueriesContext(connection) as opening:
        client.get(address("edit", whole))
    assert len(own(opening)) <= 12
    data = posted(whole.form_version.schema, complete_application_answers())
    data["save_count"] = str(whole.save_count)
    client.post(address("autosave", whole), data)
    data["save_count"] = str(now(whole).save_count)
    data["f-slogan"] = "换一句"
    with CaptureQueriesContext(connection) as saving:
        assert client.post(address("autosave", whole), data).status_code == 200
    assert len(own(saving)) <= 6


def test_saving_asks_no_list_for_what_was_chosen_before(client, whole):
    """A partner unit and the project that goes on are lists of the database."""
    partner = UnitFactory()
    answers = complete_application_answers(
        partner_units=[partner.code], kind="continued", previous_project="YHYP-2024-001"
    )
    Entry.objects.filter(pk=whole.pk).update(answers=answers)
    client.force_login(Cast(whole.unit).officer)
    data = posted(whole.form_version.schema, answers)
    data["seen"], data["f-slogan"] = fingerprint(answers), "换一句"

    with CaptureQueriesContext(connection) as saving:
        assert client.post(address("autosave", whole), data).status_code == 200

    assert len(own(saving)) <= 6
    kept = now(whole).answers
    assert (kept["partner_units"], kept["slogan"]) == ([partner.code], "换一句")
    assert kept["previous_project"] == "YHYP-2024-001"


def test_what_is_chosen_anew_is_looked_up(client, whole):
    client.force_login(Cast(whole.unit).officer)
    data = posted(whole.form_version.schema, complete_application_answers())
    data["f-category"], data["seen"] = "no_such", fingerprint(whole.answers)

    client.post(address("autosave", whole), data)

    assert now(whole).answers["category"] == {"raw": "no_such"}


def test_forty_fields_and_twenty_rows_ask_no_more(client):
    kinds = ("text", "long_text", "money", "date", "year", "date_range", "yes_no", "units")
    fields = [
        asked("title", "text", max_characters=30),
        asked("rows", "rows", columns=[asked("item", "text"), asked("amount", "money")]),
        *(asked(f"f{number}", kinds[number % len(kinds)]) for number in range(38)),
    ]
    schema = {"sections": [{"key": "s1", "title": "一", "help": "", "fields": fields}]}
    entry = draft(call=CallFactory(form=form_with(schema)))
    rows = [{"item": f"第{number}项", "amount": "80.00"} for number in range(20)]
    Entry.objects.filter(pk=entry.pk).update(
        answers={"title": "示例", "rows": rows, "gone@1": "旧"}
    )
    client.force_login(Cast(entry.unit).officer)
    client.get(address("edit", entry))

    with CaptureQueriesContext(connection) as opening:
        assert client.get(address("edit", entry)).status_code == 200
    data = posted(schema, {"title": "示例", "rows": rows[:-1]})
    data["save_count"] = str(entry.save_count)
    with CaptureQueriesContext(connection) as saving:
        assert client.post(address("autosave", entry), data).status_code == 200

    assert len(own(opening)) <= 12
    assert len(own(saving)) <= 6
    assert now(entry).answers == {"title": "示例", "rows": rows[:-1], "gone@1": "旧"}


def asked(key, kind, **options):
    return {
        "key": key,
        "kind": kind,
        "label": key,
        "help": "",
        "required": False,
        "public": False,
        "options": options,
    }


def own(queries):
    """Return the questions, session and person included; savepoints only tests have."""
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
