"""The decision board: what-if, drafts that stay inside, and their release in one act."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms_app.decision import releasing
from forms_app.decision.deciding import decide
from forms_app.decision.releasing import batch_of, release
from forms_app.entries.sending import return_for_changes
from forms_app.models import Decision, Entry, Outcome
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.units.models import Post
from tests.factories.forms import entry_in
from tests.factories.units import UnitFactory, person_of

from .conftest import said


@pytest.fixture
def call(call):
    call.needs_experts = False
    call.save()
    return call


def board(call):
    return reverse("office:board", args=[call.pk])


def typed(*rows, **extra):
    """Return what a browser posts: (entry, outcome, amount, reason) for each row."""
    return {
        f"e{entry.pk}-{name}": value
        for entry, *values in rows
        for name, value in zip(("outcome", "amount", "reason"), values, strict=True)
    } | extra


def draft(call, office, *amounts):
    entries = [entry_in("deciding", call=call) for _ in amounts]
    for entry, amount in zip(entries, amounts, strict=True):
        outcome = Outcome.ESTABLISH if amount else Outcome.REJECT
        reason = "" if amount else "与往年项目重复"
        decide(entry, actor=office, outcome=outcome, amount=Decimal(amount), reason=reason)
    return entries


def test_trying_out_shows_the_sum_and_saves_nothing(call, office, as_):
    one, two = entry_in("deciding", call=call), entry_in("deciding", call=call)
    rows = typed((one, "establish", "6000", ""), (two, "establish", "4000.50", ""))

    page = as_(office).post(board(call), rows | {"try": ""})

    assert page.context["board"].left == call.programme_year.budget - Decimal("10000.50")
    assert 'value="4000.50"' in page.text
    assert not Decision.objects.exists()


def test_saving_keeps_drafts_that_nobody_else_sees(call, office, as_, client):
    entry = entry_in("deciding", call=call)
    officer = person_of(entry.unit, Post.OFFICER)
    before = Message.objects.count()

    as_(office).post(board(call), typed((entry, "reject", "", "与往年重复"), save=""))

    assert entry.decision.outcome == "reject"
    assert Message.objects.count() == before
    page = as_(officer).get(reverse("forms_app:entry", args=[entry.pk])).text
    assert "与往年重复" not in page
    assert "拟定" not in page
    assert "与往年重复" not in as_(officer).get(reverse("workspace:due")).text


def test_a_draft_can_be_taken_back(call, office, as_):
    [entry] = draft(call, office, 8000)

    as_(office).post(board(call), typed((entry, "", "", ""), save=""))

    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("establish", "", ""), "请填写批准经费"),
        (("establish", "-5", ""), "不能是负数"),
        (("establish", "很多", ""), "数"),
        (("reject", "", ""), "写明理由"),
        (("reject", "100", "重复"), "把金额清空"),
    ],
)
def test_one_wrong_row_keeps_all_rows_from_being_saved(row, problem, call, office, as_):
    good, bad = entry_in("deciding", call=call), entry_in("deciding", call=call)

    page = as_(office).post(
        board(call), typed((good, "establish", "6000", "写了很久"), (bad, *row), save="")
    )

    assert page.status_code == 422
    assert problem in page.text
    assert "写了很久" in page.text
    assert not Decision.objects.exists()


def test_what_is_wrong_in_a_row_is_told_with_the_projects_name(call, office, as_):
    one, two = entry_in("deciding", call=call), entry_in("deciding", call=call)

    rows = typed((one, "establish", "", ""), (two, "reject", "", ""))
    page = as_(office).post(board(call), rows | {"save": ""})

    assert f"{one}的批准经费</a>：" in page.text
    assert f"{two}的说明</a>：" in page.text


def test_the_board_names_the_colleges_that_have_nothing_yet(call, office, as_):
    college = UnitFactory(name="示例文学院工会", kind="college", is_disciplinary=True)
    other = UnitFactory(name="示例理学院工会", kind="college", is_disciplinary=True)
    entry = entry_in("deciding", call=call, unit=college)
    client = as_(office)

    assert client.get(board(call)).context["board"].uncovered == [college, other]
    page = client.post(board(call), typed((entry, "establish", "1", ""), **{"try": ""}))
    assert page.context["board"].uncovered == [other]


def test_rows_are_chosen_by_category_and_kind_of_unit(call, office, as_):
    college = entry_in("deciding", call=call, unit=UnitFactory(kind="college"))
    entry_in("deciding", call=call, unit=UnitFactory(kind="association"))

    page = as_(office).get(board(call), {"kind": "college"})

    assert [row.entry for row in page.context["board"].rows] == [college]


def test_nobody_decides_for_his_own_unit_and_is_told_why(call, unit, people, as_):
    entry = entry_in("deciding", call=call, unit=unit)
    client = as_(people["office_of_unit"])

    page = client.get(board(call))
    client.post(board(call), typed((entry, "establish", "6000", ""), save=""))

    [row] = page.context["board"].rows
    assert row.form is None
    assert row.why_not in page.text
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["officer", "expert", "anonymous", "reviewer"])
def test_for_everybody_else_there_is_no_board(who, people, call, as_):
    for name in ("office:board", "office:release"):
        response = as_(people[who]).get(reverse(name, args=[call.pk]))
        assert response.status_code in (302, 404)


def test_the_auditor_reads_and_changes_nothing(call, people, office, as_):
    [entry] = draft(call, office, 8000)
    client = as_(people["auditor"])
    address = reverse("office:release", args=[call.pk])

    assert "不办理申报" in client.get(address, {"minutes": "纪要"}).text
    client.post(address, {"minutes": "纪要", "digest": ""})
    client.post(board(call), typed((entry, "", "", ""), save=""))

    assert Decision.objects.filter(released_at=None).count() == 1


def test_every_letter_is_read_before_it_is_sent(call, office, as_):
    good, bad = draft(call, office, 8000, 0)
    client = as_(office)
    address = reverse("office:release", args=[call.pk])

    assert "先在第一步写明会议纪要" in client.get(address).text
    page = client.get(address, {"minutes": "第5次办公会纪要"})
    client.post(address, {"minutes": "第5次办公会纪要", "digest": page.context["batch"].digest})

    letters = {letter.entry.pk: letter.text for letter in page.context["batch"].letters}
    for entry, status in ((good, "in_notice"), (bad, "rejected")):
        entry = Entry.objects.get(pk=entry.pk)
        assert entry.status == status
        assert entry.decision.letter == letters[entry.pk]
        assert entry.decision.minutes_reference == "第5次办公会纪要"
        assert entry.decision.released_by == office


def test_what_changed_after_the_preview_is_not_released(call, office, as_):
    [entry] = draft(call, office, 8000)
    seen = batch_of(call, actor=office, minutes="纪要").digest
    decide(entry, actor=office, outcome="establish", amount=Decimal(80000))

    page = as_(office).post(
        reverse("office:release", args=[call.pk]), {"minutes": "纪要", "digest": seen}
    )

    assert page.status_code == 409
    assert "再看一遍" in said(page)
    assert Entry.objects.get(pk=entry.pk).status == "deciding"


def test_a_release_that_fails_half_way_releases_nothing_and_tells_nobody(call, office, monkeypatch):
    entries = draft(call, office, 8000, 7000, 6000)
    before = Message.objects.count()
    real, done = releasing.carry_out, []

    def breaks_at_the_third(entry, *args, **details):
        if len(done) == 2:
            raise ConnectionError
        done.append(entry)
        return real(entry, *args, **details)

    monkeypatch.setattr(releasing, "carry_out", breaks_at_the_third)
    with pytest.raises(ConnectionError):
        release(call, actor=office, minutes="纪要")

    assert {Entry.objects.get(pk=entry.pk).status for entry in entries} == {"deciding"}
    assert not Decision.objects.exclude(released_at=None).exists()
    assert not call.public_notices.exists()
    assert Message.objects.count() == before


def test_a_colleague_releases_what_is_of_ones_own_unit(call, unit, people, office):
    draft(call, office, 8000)
    own = entry_in("deciding", call=call, unit=unit)
    decide(own, actor=office, outcome="establish", amount=Decimal(5000))

    release(call, actor=people["office_of_unit"], minutes="纪要")

    assert Entry.objects.get(pk=own.pk).status == "deciding"
    assert call.entries.filter(status="in_notice").count() == 1


def test_without_minutes_or_drafts_there_is_no_release(call, office):
    with pytest.raises(Refused, match="会议纪要"):
        release(call, actor=office, minutes=" ")
    with pytest.raises(Refused, match="没有可以发布"):
        release(call, actor=office, minutes="纪要")


def test_the_letters_words_are_the_offices_and_their_places_are_checked(call, office, as_):
    [entry] = draft(call, office, 8000)
    client = as_(office)
    address = reverse("office:letters", args=[call.pk])
    texts = {"letter_establish": "祝贺{单位}！{项目名称}", "letter_reject": "抱歉，{单位}"}

    wrong = client.post(address, {**texts, "letter_reject": "抱歉，{学院}"})
    page = client.post(address, {**texts, "minutes": "纪要"})

    assert wrong.status_code == 422
    assert "没有“{学院}”这一项" in wrong.text
    [letter] = page.context["batch"].letters
    assert letter.text == f"祝贺{entry.unit}！{entry}"


def test_a_returned_application_loses_its_draft(call, office):
    [entry] = draft(call, office, 8000)

    return_for_changes(entry, actor=office, comment="请补充", until=None)

    assert not Decision.objects.exists()


@pytest.fixture
def two_kinds(call):
    """A college's and an association's entry, to be decided."""
    return [
        entry_in("deciding", call=call, unit=UnitFactory(kind=kind))
        for kind in ("college", "association")
    ]


def carried(page):
    return [row.entry for row in page.context["board"].carried]


def on_screen(page):
    return [row.entry for row in page.context["board"].rows]


def test_what_is_typed_goes_along_to_other_rows_and_back(call, office, as_, two_kinds):
    college, association = two_kinds
    client, show = as_(office), {"show": "", "category": ""}
    typed_first = typed((college, "establish", "6000", ""), (association, "", "", ""))

    other = client.post(board(call), typed_first | show | {"kind": "association"})
    more = typed((college, "establish", "6000", ""), (association, "establish", "500", ""))
    back = client.post(board(call), more | show | {"kind": ""})

    assert (on_screen(other), carried(other)) == ([association], [college])
    assert str(college) in other.text.split("不在当前筛选里")[1]
    assert other.context["board"].left == call.programme_year.budget - 6000
    assert (on_screen(back), carried(back)) == ([college, association], [])
    assert 'value="6000"' in back.text
    assert "有 2 项改动还没有保存" in back.text
    assert back.context["board"].left == call.programme_year.budget - 6500
    assert not Decision.objects.exists()


def test_what_went_along_is_saved_with_the_rest(call, office, as_, two_kinds):
    rows = typed(*((entry, "establish", "700", "") for entry in two_kinds))

    done = as_(office).post(board(call), rows | {"kind": "college", "category": "", "save": ""})

    assert done.url == f"{board(call)}?kind=college"
    assert Decision.objects.count() == 2


def test_what_went_along_and_is_wrong_is_shown_again(call, office, as_, two_kinds):
    college, association = two_kinds
    rows = typed((college, "establish", "700", ""), (association, "establish", "很多", ""))

    page = as_(office).post(board(call), rows | {"kind": "college", "category": "", "save": ""})

    assert page.status_code == 422
    assert on_screen(page) == [college, association]
    assert not Decision.objects.exists()


def test_with_nothing_typed_a_filter_has_an_address(call, office, as_, two_kinds):
    college, association = two_kinds
    decide(college, actor=office, outcome="establish", amount=Decimal(700))
    as_it_was = typed((college, "establish", "700.00", ""), (association, "", "", ""))

    answer = as_(office).post(board(call), as_it_was | {"kind": "college", "show": ""})

    assert answer.url == f"{board(call)}?kind=college"


def test_nothing_goes_along_for_a_row_one_may_not_decide(call, unit, people, as_):
    entry = entry_in("deciding", call=call, unit=unit)
    entry_in("deciding", call=call, unit=UnitFactory(kind="association"))
    rows = typed((entry, "establish", "700", ""))

    page = as_(people["office_of_unit"]).post(
        board(call), rows | {"kind": "association", "save": ""}
    )

    assert page.status_code == 302
    assert not Decision.objects.exists()


def test_the_board_asks_the_same_at_two_sizes(call, office, as_):
    draft(call, office, 8000)
    client = as_(office)
    client.get(board(call))
    with CaptureQueriesContext(connection) as small:
        client.get(board(call))
    draft(call, office, 7000, 0)
    with CaptureQueriesContext(connection) as larger:
        client.get(board(call))

    assert len(small) == len(larger) <= 15
