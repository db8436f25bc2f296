"""Two people of the office draft decisions at the same time: no draft is replaced or dropped unread."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from forms_app.decision.deciding import decide
from forms_app.models import Decision
from portal.units.models import Role
from tests.factories.forms import entry_in
from tests.factories.units import person_with
from tests.forms_app.office.conftest import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(call):
    return entry_in("deciding", call=call)


@pytest.fixture
def colleague(db):
    return person_with(Role.SCHOOL_UNION, name="示例同事")


@pytest.fixture
def board(call):
    return reverse("office:board", args=[call.pk])


def posted_by(page):
    """Return the hidden marks that a browser sends back with a page."""
    return dict(re.findall(r'name="([\w-]*seen)" value="([^"]*)"', page.text))


def row(entry, outcome, amount="", reason=""):
    values = {"outcome": outcome, "amount": amount, "reason": reason}
    return {f"e{entry.pk}-{name}": value for name, value in values.items()}


def drafts():
    return dict(Decision.objects.values_list("entry", "amount_granted"))


def test_a_row_that_nobody_touched_leaves_a_colleagues_draft(
    call, board, entry, office, colleague, as_
):
    other = entry_in("deciding", call=call)
    client = as_(office)
    shown = posted_by(client.get(board))
    decide(entry, actor=colleague, outcome="establish", amount=Decimal(6000))

    rows = row(entry, "") | row(other, "establish", "4000")
    answer = client.post(board, shown | rows | {"save": ""})

    assert answer.status_code == 302
    assert drafts() == {entry.pk: 6000, other.pk: 4000}


@pytest.mark.parametrize("mine", [("reject", "", "与往年重复"), ("establish", "9000", "")])
def test_a_row_that_a_colleague_has_drafted_meanwhile_is_not_saved_over_his(
    board, entry, office, colleague, as_, mine
):
    client = as_(office)
    shown = posted_by(client.get(board))
    decide(entry, actor=colleague, outcome="establish", amount=Decimal(6000))

    answer = client.post(board, shown | row(entry, *mine) | {"save": ""})

    assert answer.status_code == 409
    assert re.search(r"示例同事 \d\d:\d\d 拟定了“立项 6,000.00 元”", said(answer))
    assert drafts() == {entry.pk: 6000}
    # Now he knows: what he typed is still there, and he may mean it.
    again = client.post(board, posted_by(answer) | row(entry, *mine) | {"save": ""})
    assert again.status_code == 302
    assert Decision.objects.get().decided_by == office


def test_a_draft_is_not_taken_back_unread(board, entry, office, colleague, as_):
    decide(entry, actor=office, outcome="establish", amount=Decimal(5000))
    client = as_(office)
    shown = posted_by(client.get(board))
    page = client.get(reverse("office:entry", args=[entry.pk]))
    decide(entry, actor=colleague, outcome="establish", amount=Decimal(6000))

    assert client.post(board, shown | row(entry, "") | {"save": ""}).status_code == 409
    undecide = reverse("office:act", args=[entry.pk, "undecide"])
    assert client.post(undecide, posted_by(page)).status_code == 409
    assert drafts() == {entry.pk: 6000}


def test_beside_one_entry_too_a_colleagues_draft_is_told_and_what_was_typed_stays(
    entry, office, colleague, as_
):
    client = as_(office)
    page = client.get(reverse("office:entry", args=[entry.pk]))
    decide(entry, actor=colleague, outcome="establish", amount=Decimal(6000))
    act = reverse("office:act", args=[entry.pk, "decide"])
    mine = {"outcome": "establish", "amount": "9000", "reason": "写了很久的话"}

    answer = client.post(act, posted_by(page) | mine)

    assert answer.status_code == 409
    assert "示例同事" in said(answer)
    assert "写了很久的话" in answer.text
    assert drafts() == {entry.pk: 6000}
    assert client.post(act, posted_by(answer) | mine).status_code == 302
    assert drafts() == {entry.pk: 9000}
