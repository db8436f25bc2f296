"""The list of a call's entries, the order of merit and the spreadsheet."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from forms_app.models import Entry
from tests.factories.forms import CallFactory, entry_in
from tests.factories.units import UnitFactory


def titles(response):
    return [row["entry"].title for row in response.context["rows"]]


@pytest.fixture
def address(call):
    return reverse("office:queue", args=[call.pk])


def test_whoever_came_first_stands_first_even_after_a_return(call, address, office, as_):
    late = entry_in("submitted", call=call, answers={"title": "后到"})
    early = entry_in("returned", call=call, answers={"title": "先到"})
    Entry.objects.filter(pk=early.pk).update(submitted_at=timezone.now() - timedelta(days=9))
    Entry.objects.filter(pk=late.pk).update(submitted_at=timezone.now() - timedelta(days=2))

    response = as_(office).get(address)

    assert titles(response) == ["先到", "后到"]
    assert "已 2 天" in response.text


def test_drafts_and_other_calls_are_not_listed(call, address, office, as_):
    entry_in("draft", call=call)
    entry_in("submitted", call=CallFactory())

    assert titles(as_(office).get(address)) == []


def test_states_are_counted_and_chosen(call, address, office, as_):
    entry_in("submitted", call=call, answers={"title": "甲"})
    entry_in("submitted", call=call, answers={"title": "乙"})
    entry_in("rejected", call=call, answers={"title": "丙"})
    client = as_(office)

    tabs = client.get(address).context["tabs"]

    assert [(code, number) for code, _label, number in tabs] == [
        ("", 3),
        ("submitted", 2),
        ("rejected", 1),
    ]
    assert titles(client.get(address, {"status": "rejected"})) == ["丙"]


def test_the_list_is_narrowed_by_kind_of_unit_and_by_words(call, address, office, as_):
    choir = UnitFactory(name="示例合唱协会", kind="association")
    entry_in("submitted", call=call, unit=choir, answers={"title": "合唱的力量"})
    entry_in("submitted", call=call, answers={"title": "书香工会"})
    client = as_(office)

    assert titles(client.get(address, {"kind": "association"})) == ["合唱的力量"]
    assert titles(client.get(address, {"q": "合唱"})) == ["合唱的力量"]
    assert titles(client.get(address, {"q": "书香"})) == ["书香工会"]
    assert titles(client.get(address, {"status": "nonsense"})) == ["合唱的力量", "书香工会"]


def test_fifty_stand_on_a_page(call, address, office, as_):
    first = entry_in("submitted", call=call)
    copies = [
        Entry(
            call=call,
            kind=first.kind,
            unit=first.unit,
            title=f"示例{number}",
            status=first.status,
            form_version=first.form_version,
            created_by=first.created_by,
            submitted_at=first.submitted_at,
        )
        for number in range(50)
    ]
    Entry.objects.bulk_create(copies)
    client = as_(office)

    assert len(titles(client.get(address))) == 50
    assert len(titles(client.get(address, {"p": "2"}))) == 1


def test_a_longer_list_asks_no_more(call, office, as_):
    client, names = as_(office), ("queue", "queue_xlsx", "merit")

    def asked(name):
        address = reverse(f"office:{name}", args=[call.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    entry_in("deciding", call=call)
    one = {name: asked(name) for name in names}
    entry_in("deciding", call=call)
    entry_in("in_notice", call=call)

    assert {name: asked(name) for name in names} == one
    assert max(one.values()) <= 15


def test_the_spreadsheet_is_the_offices_list_and_holds_no_formula(call, office, as_):
    entry_in(
        "in_notice",
        call=call,
        unit=UnitFactory(name="=HYPERLINK(1)"),
        answers={"title": "=1+1", "leader_name": "@示例甲", "amount_requested": "9000.00"},
    )

    response = as_(office).get(reverse("office:queue_xlsx", args=[call.pk]))

    sheet = load_workbook(BytesIO(response.content)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[1] == [
        "序号",
        "单位",
        "项目名称",
        "类别",
        "负责人",
        "申请经费（元）",
        "批准经费（元）",
        "备注",
    ]
    assert rows[2] == [1, "=HYPERLINK(1)", "=1+1", None, "@示例甲", 9000, 8000, "公示中"]
    assert rows[3] == ["合计", None, None, None, None, 9000, 8000, None]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row}.isdisjoint({"f"})


def test_the_spreadsheet_is_narrowed_like_the_screen(call, office, as_):
    entry_in("submitted", call=call, answers={"title": "甲"})
    entry_in("rejected", call=call, answers={"title": "乙"})

    response = as_(office).get(reverse("office:queue_xlsx", args=[call.pk]), {"status": "rejected"})

    sheet = load_workbook(BytesIO(response.content)).active
    assert [row[2] for row in sheet.iter_rows(min_row=3, values_only=True)] == ["乙", None]


def test_the_spreadsheet_holds_what_was_received_and_not_taken_back(call, office, as_):
    entry_in("submitted", call=call, answers={"title": "收到的"})
    entry_in("awaiting_chair", call=call, answers={"title": "还没签的"})
    entry_in("withdrawn", call=call, answers={"title": "撤回的"})

    response = as_(office).get(reverse("office:queue_xlsx", args=[call.pk]))

    sheet = load_workbook(BytesIO(response.content)).active
    assert [row[2] for row in sheet.iter_rows(min_row=3, values_only=True)] == ["收到的", None]


def test_the_order_of_merit_shows_means_and_what_is_left(call, office, as_):
    entry_in("in_notice", call=call, answers={"amount_requested": "9000.00"})
    entry_in("in_review", call=call)

    context = as_(office).get(reverse("office:merit", args=[call.pk])).context

    [row] = context["rows"]
    assert (row["row"].place, str(row["row"].merit.by_rule), row["requested"]) == (
        1,
        "100.00",
        9000,
    )
    assert len(context["unscored"]) == 1
    assert context["left"] == call.programme_year.budget - 8000
