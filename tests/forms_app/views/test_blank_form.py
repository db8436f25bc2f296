"""The empty form of a call: everybody sees what will be asked, and may prepare it before anybody has given him an account."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from wagtail.models import PageViewRestriction

from forms_app.engine.context import FillingContext
from forms_app.engine.schema import fields_of
from forms_app.models import FormKind
from forms_app.paper.word_reading import read_word
from tests.factories.forms import CallFactory, YearFactory
from tests.forms_app.paper.test_word import fill

pytestmark = pytest.mark.django_db


def address(call):
    return reverse("calls:blank", args=[call.pk])


def taken(client, call):
    """Return the form as Word opens it."""
    return Document(BytesIO(client.get(address(call)).content))


@pytest.mark.parametrize("kind", FormKind)
def test_it_asks_all_that_the_call_asks(kind, client):
    call = CallFactory(kind=kind)
    texts = " ".join(
        cell.text
        for table in taken(client, call).tables
        for row in table.rows
        for cell in row.cells
    )

    asked = [one["label"] for one in fields_of(call.form.latest_version.schema)]
    assert [label for label in asked if label not in texts] == []


def test_it_says_of_which_year_it_is_in_chinese_whoever_asks(client):
    call = CallFactory(programme_year=YearFactory(year=2043))

    client.cookies["django_language"] = "en"

    assert taken(client, call).paragraphs[1].text == "2043年度"


def test_what_is_filled_in_there_is_read_like_any_other_form(client):
    call = CallFactory()
    document = taken(client, call)

    fill(document, "项目名称", "晨光太极")
    found = read_word(document, call.form.latest_version.schema, {}, FillingContext())

    assert found.answers == {"title": "晨光太极"}


def test_a_call_that_is_open_or_to_come_offers_it_to_everybody(client):
    soon = timezone.now() + timedelta(days=3)
    for call in (CallFactory(), CallFactory(opens_at=soon)):
        assert f'href="{address(call)}"' in client.get(call.url).text


def test_a_call_that_is_over_offers_no_form_to_fill_in(client):
    over = timezone.now() - timedelta(days=1)
    call = CallFactory(opens_at=over - timedelta(days=30), closes_at=over)

    assert address(call) not in client.get(call.url).text


def test_what_is_asked_stays_unknown_while_the_call_is_not_public(client):
    draft, closed = CallFactory(live=False), CallFactory()
    PageViewRestriction.objects.create(page=closed, restriction_type="login")

    assert [client.get(address(call)).status_code for call in (draft, closed)] == [404, 404]


def test_deadline_and_form_stand_before_everything_else_of_the_call(client):
    """On a phone the page is one column: who looks until when he may apply does not read the whole of it first."""
    call = CallFactory()
    call.body = [("heading", "谁可以申报")]
    call.save()

    text = client.get(call.url).text

    places = [text.index(words) for words in ("登录后申报", address(call), "截止", "谁可以申报")]
    assert places == sorted(places)


def test_a_number_that_no_database_holds_is_no_call(client):
    assert client.get(f"/calls/{10**30}/form.docx").status_code == 404
