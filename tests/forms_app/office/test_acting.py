"""The office's steps with one entry: who carries them out, what they do, and why not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from forms_app.decision.releasing import release
from forms_app.models import Entry
from portal.units.models import Role
from tests.factories.forms import Cast, entry_in
from tests.factories.reviews import finish
from tests.factories.units import person_with

from .conftest import said
from .test_who_reads import PEOPLE

# step: the state it starts from, what is posted, the state it reaches
STEPS = {
    "pass_check": (
        "submitted",
        {"check-ticked": ["材料齐全", "签署齐全", "类别相符", "经费相符"]},
        "in_review",
    ),
    "return": ("submitted", {"return-comment": "请补充"}, "returned"),
    "decide": ("deciding", {"outcome": "establish", "amount": "6000"}, "deciding"),
    "propose": ("deciding", {"reason": "更贴切", "f-title": "示例新名"}, "adjusting"),
}


def act(client, entry, step, data=None):
    return client.post(reverse("office:act", args=[entry.pk, step]), data or {})


@pytest.mark.parametrize("step", STEPS)
def test_only_the_office_acts_and_nobody_for_his_own_unit(step, call, unit, people, as_):
    before, data, after = STEPS[step]
    entry = entry_in(before, call=call, unit=unit)
    untouched = Entry.objects.filter(pk=entry.pk).values().get()

    for who in PEOPLE:
        if who == "office":
            continue
        response = act(as_(people[who]), entry, step, data)

        assert Entry.objects.filter(pk=entry.pk).values().get() == untouched, who
        assert not hasattr(Entry.objects.get(pk=entry.pk), "decision"), who
        assert response.status_code in (
            {302} if who in ("auditor", "office_of_unit") else {302, 403, 404}
        )
    act(as_(people["office"]), entry, step, data)

    assert Entry.objects.get(pk=entry.pk).status == after


@pytest.mark.parametrize("step", [*STEPS, "assign", "close_review"])
def test_a_step_is_posted(step, call, unit, people, as_):
    entry = entry_in("submitted", call=call, unit=unit)

    response = as_(people["office"]).get(reverse("office:act", args=[entry.pk, step]))

    assert response.status_code == 405


def test_an_unknown_step_is_not_found(call, unit, people, as_):
    entry = entry_in("submitted", call=call, unit=unit)

    assert act(as_(people["office"]), entry, "approve").status_code == 404


def test_whoever_is_not_in_charge_is_told_why(call, unit, people, as_):
    entry = entry_in("submitted", call=call, unit=unit)
    client = as_(people["office_of_unit"])

    act(client, entry, "pass_check")
    response = client.get(reverse("office:entry", args=[entry.pk]))

    assert "回避" in said(response)


def test_a_step_that_comes_too_late_says_so_and_keeps_what_was_typed(call, unit, people, as_):
    entry = entry_in("rejected", call=call, unit=unit)

    response = act(
        as_(people["office"]),
        entry,
        "decide",
        {"outcome": "establish", "amount": "6000", "reason": "写了很久的话"},
    )

    assert response.status_code == 409
    assert "未立项" in said(response)
    assert "写了很久的话" in response.text


def test_a_return_marks_fields_and_names_a_day(call, unit, people, as_):
    entry = entry_in("submitted", call=call, unit=unit)
    until = timezone.localdate() + timedelta(days=3)

    act(
        as_(people["office"]),
        entry,
        "return",
        {
            "return-comment": "请补充",
            "return-until": until.isoformat(),
            "return-at-title": "名称太长",
            "return-at-slogan": "",
        },
    )

    entry = Entry.objects.get(pk=entry.pk)
    assert entry.return_until == until
    assert list(entry.field_comments.values_list("field_key", "text")) == [("title", "名称太长")]
    assert entry.events.latest("pk").comment == "请补充"


def test_a_remark_is_listed_with_the_field_it_is_about(call, unit, people, as_):
    entry = entry_in("returned", call=call, unit=unit)

    page = as_(people["office"]).get(reverse("office:entry", args=[entry.pk]))

    assert [label for label, _comment in page.context["comments"]] == ["项目名称"]


def test_a_return_proposes_a_week(call, unit, people, as_):
    entry = entry_in("submitted", call=call, unit=unit)

    page = as_(people["office"]).get(reverse("office:entry", args=[entry.pk])).text

    assert f'value="{timezone.localdate() + timedelta(days=7):%Y-%m-%d}"' in page


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"return-at-title": "名称太长"}, "return-comment"),
        (
            {"return-comment": "请补充", "return-until": "下周", "return-at-title": "名称太长"},
            "until",
        ),
    ],
)
def test_a_return_with_something_missing_comes_back_filled(data, problem, call, unit, people, as_):
    entry = entry_in("submitted", call=call, unit=unit)

    response = act(as_(people["office"]), entry, "return", data)

    assert response.status_code == 422
    assert "名称太长" in response.text
    assert Entry.objects.get(pk=entry.pk).status == "submitted"


@pytest.mark.parametrize(
    ("amount", "problem"),
    [("-1", "不能是负数"), ("很多", "请填数字"), ("", "请填写"), ("1.234", "最多写两位小数")],
)
def test_a_grant_that_is_no_sum_is_refused_where_it_is_typed(
    amount, problem, call, unit, people, as_
):
    entry = entry_in("deciding", call=call, unit=unit)

    response = act(
        as_(people["office"]),
        entry,
        "decide",
        {"outcome": "establish", "amount": amount, "reason": "同意立项"},
    )

    assert response.status_code == 422
    assert "同意立项" in response.text
    [form] = [one.form for one in response.context["acts"] if one.code == "decide"]
    assert problem in str(form.errors["amount"])


def test_a_draft_of_a_decision_counts_against_the_budget_only_once_it_is_released(
    call, unit, people, as_
):
    entry = entry_in("deciding", call=call, unit=unit)
    client = as_(people["office"])

    act(client, entry, "decide", {"outcome": "establish", "amount": "6000.50", "reason": "同意"})
    page = client.get(reverse("office:entry", args=[entry.pk]))
    assert page.context["budget_left"] == call.programme_year.budget
    release(call, actor=people["office"], minutes="第6次会议")

    decision = Entry.objects.get(pk=entry.pk).decision
    assert (decision.amount_granted, decision.minutes_reference, decision.reason) == (
        Decimal("6000.50"),
        "第6次会议",
        "同意",
    )
    page = client.get(reverse("office:entry", args=[entry.pk]))
    assert page.context["budget_left"] == call.programme_year.budget - Decimal("6000.50")


def test_a_proposal_holds_only_what_differs(call, unit, people, as_):
    entry = entry_in("deciding", call=call, unit=unit, answers={"slogan": "原口号"})

    act(
        as_(people["office"]),
        entry,
        "propose",
        {"reason": "更贴切", "f-title": "示例新名", "f-slogan": "原口号"},
    )

    [adjustment] = entry.adjustments.all()
    assert (adjustment.field_key, adjustment.proposed, adjustment.reason) == (
        "title",
        "示例新名",
        "更贴切",
    )


def test_a_proposal_that_changes_nothing_is_refused(call, unit, people, as_):
    entry = entry_in("deciding", call=call, unit=unit)

    response = act(
        as_(people["office"]), entry, "propose", {"reason": "更贴切", "f-title": entry.title}
    )

    assert response.status_code == 409
    assert "至少写明一处" in said(response)


def test_a_proposed_title_keeps_the_forms_limits(call, unit, people, as_):
    entry = entry_in("deciding", call=call, unit=unit)

    response = act(
        as_(people["office"]), entry, "propose", {"reason": "更贴切", "f-title": "长" * 31}
    )

    assert response.status_code == 422
    assert "超出 1 字" in response.text
    assert "长" * 31 in response.text


def test_the_end_of_the_review_waits_for_a_score(call, unit, people, as_):
    entry = entry_in("in_review", call=call, unit=unit)
    client = as_(people["office"])

    page = client.get(reverse("office:entry", args=[entry.pk])).text
    response = act(client, entry, "close_review")

    assert "还没有专家提交评分" in page
    assert response.status_code == 409
    assert Entry.objects.get(pk=entry.pk).status == "in_review"


def test_who_has_not_handed_in_is_named_before_the_review_ends_without_him(call, unit, people, as_):
    entry = entry_in("in_review", call=call, unit=unit)
    done, late = people["expert"], person_with(Role.EXPERT, name="示例迟到专家")
    client = as_(people["office"])
    act(client, entry, "assign", {"experts": [done.pk, late.pk]})
    finish(entry.assignments.get(expert=done))

    asked = act(client, entry, "close_review")

    assert asked.status_code == 422
    assert "示例迟到专家" in asked.text
    assert Entry.objects.get(pk=entry.pk).status == "in_review"
    act(client, entry, "close_review", {"close-sure": "on"})
    assert Entry.objects.get(pk=entry.pk).status == "deciding"


def test_after_a_formal_check_the_next_one_is_one_click_away(call, people, as_):
    first, second = (entry_in("submitted", call=call) for _n in range(2))
    client = as_(people["office"])

    page = client.post(
        reverse("office:act", args=[first.pk, "pass_check"]),
        {"check-ticked": call.checklist_lines},
        follow=True,
    )

    assert reverse("office:entry", args=[second.pk]) in page.text


def test_experts_who_must_stay_away_are_shown_with_the_reason_and_cannot_be_chosen(
    call, unit, people, as_
):
    entry = entry_in("in_review", call=call, unit=unit)
    barred = person_with(Role.EXPERT, name="示例回避")
    unit.memberships.create(user=barred, post="officer", since="2001-01-01", until="2002-01-01")
    client = as_(people["office"])

    page = client.get(reverse("office:entry", args=[entry.pk]))
    response = act(client, entry, "assign", {"experts": [barred.pk]})

    [candidate] = [one for one in page.context["candidates"] if one.expert == barred]
    assert "任职" in candidate.barred
    assert candidate.barred in page.text
    assert response.status_code == 409
    assert not entry.assignments.exists()


def test_an_assigned_expert_is_told_once(call, unit, people, as_):
    entry = entry_in("in_review", call=call, unit=unit)
    expert = people["expert"]
    client = as_(people["office"])

    act(client, entry, "assign", {"experts": [expert.pk]})
    act(client, entry, "assign", {"experts": [expert.pk]})

    assert entry.assignments.count() == 1
    assert expert.messages_received.filter(kind="review_assigned", channel="inbox").count() == 1


def test_a_summary_ends_with_its_review(unit, people, as_, db):
    entry = entry_in("in_review", kind="summary", unit=unit)
    client = as_(people["office"])
    cast = Cast(unit)
    act(client, entry, "assign", {"experts": [cast.expert.pk]})
    finish(entry.assignments.get())

    act(client, entry, "close_review")

    assert Entry.objects.get(pk=entry.pk).status == "evaluated"


def test_what_is_to_mend_stands_at_the_top_and_leads_to_its_field(call, unit, people, as_):
    entry = entry_in("submitted", call=call, unit=unit)

    page = act(as_(people["office"]), entry, "return", {"return-until": "下周"}).text

    assert "有 2 处要改" in page
    for field in ("id_return-comment", "id_return-until"):
        assert f'<a href="#{field}">' in page
        assert f'id="{field}"' in page
