"""The score sheet: from the printed place back to each score, who and when; and the screens of experts and defence."""

from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from forms_app.models import CallPage, Draw, Entry
from forms_app.office.forms import adjustable_part
from forms_app.review import defending
from forms_app.review.judgement import seal_of
from forms_app.review.reopening import reopen_scores
from forms_app.review.reviewing import assign, declare_interest
from portal.lifecycle.door import Refused
from portal.units.models import Role
from tests.factories.answers import default_schema
from tests.factories.forms import CallFactory, entry_in, form_with
from tests.factories.reviews import finish, score
from tests.factories.units import person_with
from tests.forms_app.office.conftest import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(db):
    return [person_with(Role.EXPERT, name=f"示例专家{number}") for number in range(1, 8)]


@pytest.fixture
def call(db):
    return CallFactory(
        title="关于申报示例项目的通知", needs_chair=False, needs_party=False, defence_minutes=8
    )


def sheets(content):
    return {
        sheet.title: list(sheet.iter_rows(min_row=3, values_only=True))
        for sheet in load_workbook(BytesIO(content))
    }


def test_the_printed_order_can_be_recomputed_from_the_printed_scores(call, panel, office, as_):
    entry = entry_in("in_review", call=call)
    given = assign(entry, experts=panel, actor=office)
    for less, one in enumerate(given[:6]):
        finish(one, less=Decimal(less) + Decimal("0.1"))
    reopen_scores(entry, review=given[0].review, actor=office, reason="笔误")
    given[0].review.refresh_from_db()
    finish(given[0], less=Decimal("3.3"))
    declare_interest(given[5], actor=panel[5], reason="参与策划")

    book = sheets(as_(office).get(reverse("office:scores_xlsx", args=[call.pk])).content)
    printed = as_(office).get(reverse("office:entry_scores", args=[entry.pk])).text

    first = book["排名"][0]
    detail = book["评分明细"]
    counted = sorted(
        sum(Decimal(str(points)) for points in row[3:10]) for row in detail if row[-1] == "计入"
    )
    mean = sum(counted[1:-1]) / len(counted[1:-1])
    assert len(counted) == first[3] == 5
    assert Decimal(str(first[4])) == mean.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert all(Decimal(str(row[10])) in counted for row in detail if row[-1] == "计入")
    assert {row[-1] for row in detail} == {"计入", "回避，不计", "未提交，不计"}
    assert [row[-1] for row in book["以前的评分"]] == ["笔误"]
    assert [row[1] for row in book["回避"]] == [panel[5].name]
    for words in ("笔误", "参与策划", "计分人", "监督人", *(one.name for one in panel)):
        assert words in printed


def test_too_few_scores_and_disagreement_are_pointed_out(call, panel, office, as_):
    calm, split = entry_in("in_review", call=call), entry_in("in_review", call=call)
    call.disagreement_from = 10
    call.save()
    for one, less in zip(assign(split, experts=panel[:3], actor=office), (0, 1, 12), strict=True):
        finish(one, less=less)
    finish(assign(calm, experts=panel[:1], actor=office)[0])

    rows = {
        one["row"].entry: one["row"]
        for one in as_(office).get(reverse("office:merit", args=[call.pk])).context["rows"]
    }

    assert (rows[split].disputed, rows[split].too_few) == (True, False)
    assert (rows[calm].disputed, rows[calm].too_few) == (False, True)


def test_more_entries_ask_no_more(call, panel, office, as_):
    client, names = as_(office), ("merit", "scores", "experts", "defence")

    def another():
        finish(assign(entry_in("in_review", call=call), experts=panel[:1], actor=office)[0])

    def asked(name):
        address = reverse(f"office:{name}", args=[call.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    another()
    defending.draw(call, actor=office)
    one = {name: asked(name) for name in names}
    another()
    another()

    assert {name: asked(name) for name in names} == one
    # The admin's frame itself asks some.
    assert max(one.values()) <= 30


# --- experts of a call ---------------------------------------------------------------------------


def test_entries_are_given_to_chosen_experts(call, panel, office, as_):
    entry = entry_in("in_review", call=call)
    address = reverse("office:experts", args=[call.pk])

    nobody = as_(office).post(address, {"do": "give", "give-how": "chosen"})
    as_(office).post(
        address,
        {"do": "give", "give-how": "chosen", "give-experts": [one.pk for one in panel[:2]]},
    )

    assert nobody.status_code == 422
    assert "至少勾选一位" in nobody.text
    assert entry.assignments.count() == 2


def test_an_invitation_shows_its_code_once(call, panel, office, as_):
    address = reverse("office:experts", args=[call.pk])
    typed = {
        "do": "invite",
        "invite-name": "示例外",
        "invite-institution": "示例大学",
        "invite-email": "outside@example.com",
        "invite-until": "2099-01-01",
    }

    first = as_(office).post(address, typed, follow=True)
    again = as_(office).get(address)

    assert "只在这里显示一次" in said(first)
    assert "验证码" not in " ".join(said(again))
    assert "示例大学" in again.text


def test_an_auditor_reads_the_experts_and_changes_nothing(call, panel, people, as_):
    entry = entry_in("in_review", call=call)
    client, address = as_(people["auditor"]), reverse("office:experts", args=[call.pk])

    assert 'name="do"' not in client.get(address).text
    client.post(address, {"do": "give", "give-how": "evenly"})
    client.post(reverse("office:defence", args=[call.pk]), {"do": "draw"})

    assert not entry.assignments.exists()
    assert not Draw.objects.exists()


# --- live defence ---------------------------------------------------------------------------------


def test_the_order_is_drawn_once_and_again_only_with_a_reason(call, office):
    for _n in range(3):
        entry_in("in_review", call=call)

    first = defending.draw(call, actor=office)
    with pytest.raises(Refused, match="理由"):
        defending.draw(call, actor=office)
    second = defending.draw(call, actor=office, reason="漏了一个单位")

    assert (
        sorted(first.order)
        == sorted(second.order)
        == sorted(call.entries.values_list("pk", flat=True))
    )
    assert (first.number, second.number, second.reason) == (1, 2, "漏了一个单位")


def test_one_presents_after_the_other_and_the_result_is_there_at_the_end(call, panel, office, as_):
    entry, other = entry_in("in_review", call=call), entry_in("in_review", call=call)
    given = assign(entry, experts=panel[:2], actor=office)
    defending.draw(call, actor=office)
    client, address = as_(office), reverse("office:defence", args=[call.pk])
    stage = reverse("office:stage", args=[call.pk])

    client.post(address, {"start": entry.pk})
    with pytest.raises(Refused, match="上一项"):
        defending.start(other, actor=office)
    finish(given[0], less=4)
    score(given[1])
    waiting = next(one for one in client.get(address).context["lines"] if one["is_running"])
    during = client.get(stage).text
    kept = client.post(address, {"finish": entry.pk}, follow=True)
    client.post(address, {"finish": entry.pk, "close-sure": "on"})
    after = client.get(stage).text

    assert waiting["waiting"] == [str(panel[1])]
    assert "还有专家没有提交" in said(kept)
    assert panel[1].name in said(kept)
    assert "96.00" not in during
    assert "96.00" in after
    assert Entry.objects.get(pk=entry.pk).status == "deciding"


def test_nothing_is_redrawn_after_the_first_has_presented(call, office):
    entry = entry_in("in_review", call=call)
    defending.draw(call, actor=office)
    defending.start(entry, actor=office)

    with pytest.raises(Refused, match="不能再抽"):
        defending.draw(call, actor=office, reason="再来")


def test_the_expert_is_led_to_who_presents(call, panel, office, as_):
    entry, other = entry_in("in_review", call=call), entry_in("in_review", call=call)
    assign(other, experts=panel[:1], actor=office)
    [mine] = assign(entry, experts=panel[:1], actor=office)
    defending.start(entry, actor=office)

    client = as_(panel[0])
    assert client.get("/review/").context["on_stage"].assignment == mine
    score(mine)
    handed_in = client.post(
        reverse("review:confirm", args=[mine.pk]), {"seen": seal_of(mine.review)}
    )
    assert handed_in.url == reverse("review:index")


def test_the_trail_holds_former_scores_and_why_they_were_reopened(call, panel, office, as_):
    [given] = assign(entry_in("in_review", call=call), experts=panel[:1], actor=office)
    finish(given, less=4)
    reopen_scores(given.entry, review=given.review, actor=office, reason="笔误")
    given.review.refresh_from_db()
    finish(given, less=1)

    trail = as_(office).get(reverse("office:trail", args=[given.entry_id])).text

    assert trail.index("提交评分 96.00") < trail.index("笔误") < trail.index("提交评分 99.00")
    assert "重新打开示例专家1的评分" in trail


def test_the_trail_tells_a_vote_and_each_signature_once(office, panel, as_):
    call = CallFactory(method="vote", rubric=None)
    [given] = assign(entry_in("in_review", call=call), experts=panel[:1], actor=office)
    finish(given, vote="no")

    trail = as_(office).get(reverse("office:trail", args=[given.entry_id])).text

    assert "提交表决：不通过" in trail
    assert "提交评分" not in trail
    assert trail.count("党组织意见：同意") == 1
    assert "签署同意" not in trail


def test_a_call_that_votes_after_scores_were_given_has_no_votes_yet(call, panel, office, as_):
    [given] = assign(entry_in("in_review", call=call), experts=panel[:1], actor=office)
    finish(given)
    CallPage.objects.update(method="vote")

    rows = as_(office).get(reverse("office:merit", args=[call.pk])).context["rows"]

    assert rows == []


def test_the_office_proposes_no_change_to_peoples_names():
    call = CallFactory(form=form_with(default_schema("application")))
    part = adjustable_part(entry_in("draft", call=call))

    keys = {field["key"] for section in part["sections"] for field in section["fields"]}

    assert {"title", "category", "measures", "amount_requested"} <= keys
    assert not {"leader_name", "leader_post", "contact_name"} & keys
