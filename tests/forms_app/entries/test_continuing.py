"""Going on with last year's project: what is taken over, what is asked anew, and what is seen to be different."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forms_app.engine.kinds import KINDS
from forms_app.entries import continuing, saving
from forms_app.models import Entry
from portal.lifecycle.door import Refused
from portal.units.models import Membership
from tests.factories.answers import complete_application_answers, default_schema
from tests.factories.forms import CallFactory, Cast, draft, entry_in, form_with
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_year():
    return entry_in(
        "approved",
        call=CallFactory(
            form=form_with(default_schema("application")), notice_days=0, experts_per_entry=0
        ),
        answers=complete_application_answers(),
    )


@pytest.fixture
def call():
    return CallFactory(form=form_with(default_schema("application")))


def officer_of(entry):
    return entry.created_by


def test_words_rows_and_amounts_are_taken_over_and_the_rest_asked_anew(last_year, call):
    entry = continuing.start_from(last_year, call, actor=officer_of(last_year))

    said = entry.answers
    assert entry.continues == last_year
    assert said["title"] == "太极晨光"
    assert said["kind"] == "continued"
    assert said["previous_project"] == last_year.project.project_no
    assert said["budget_items"] == last_year.answers["budget_items"]
    assert said["schedule"][0] == {"task": "开班，设六个练习点", "deliverable": "学员名册"}
    assert not {"start_date", "end_date", "declaration"} & set(said)


def test_a_form_that_was_not_established_is_copied_only(call):
    earlier = draft(answers={"slogan": "一张报表两院读"})

    entry = continuing.start_from(earlier, call, actor=officer_of(earlier))

    assert entry.continues is None
    assert entry.answers["slogan"] == "一张报表两院读"
    assert "kind" not in entry.answers


def test_a_draft_that_is_there_is_not_overwritten(last_year, call):
    draft(call=call, unit=last_year.unit, answers={"title": "写了一半的"})

    with pytest.raises(Refused, match="已经有一份草稿"):
        continuing.start_from(last_year, call, actor=officer_of(last_year))


def test_it_is_offered_where_one_begins(client, last_year, call):
    client.force_login(officer_of(last_year))
    page = reverse("forms_app:start", args=[call.pk])

    assert "接着做" in client.get(page).content.decode()
    client.post(page, {"unit": last_year.unit.code, "from": last_year.pk})

    assert Entry.objects.get(call=call).continues == last_year


def test_another_unit_s_form_cannot_be_taken(client, last_year, call):
    client.force_login(person_of(unit := UnitFactory()))

    answer = client.post(
        reverse("forms_app:start", args=[call.pk]), {"unit": unit.code, "from": last_year.pk}
    )

    assert answer.status_code == 404
    assert not Entry.objects.filter(call=call).exists()


def test_a_successor_in_the_post_goes_on_with_it(last_year, call):
    Membership.objects.filter(user=officer_of(last_year)).update(
        since=timezone.localdate() - timedelta(days=400),
        until=timezone.localdate() - timedelta(days=1),
    )

    entry = continuing.start_from(last_year, call, actor=person_of(last_year.unit))

    assert entry.continues == last_year


def test_what_changed_is_shown_word_by_word(client, last_year, call):
    entry = continuing.start_from(last_year, call, actor=officer_of(last_year))
    Entry.objects.filter(pk=entry.pk).update(
        answers={**entry.answers, "slogan": "晨起一刻，心旷神怡", "leader_phone": "13900000009"}
    )
    client.force_login(officer_of(last_year))

    page = client.get(reverse("forms_app:entry", args=[entry.pk])).content.decode()

    assert "<del>身心舒展</del>" in page
    assert "<ins>心旷神怡</ins>" in page
    seen_by_experts = continuing.changes_since(Entry.objects.get(pk=entry.pk), impersonal=True)
    assert "13900000009" not in str(seen_by_experts)
    assert "心旷神怡" in str(seen_by_experts)


def test_a_draft_begun_empty_goes_on_with_the_project_that_is_chosen(last_year, call):
    entry = draft(call=call, unit=last_year.unit, answers={})
    chosen = {"kind": "continued", "previous_project": last_year.project.project_no}

    saved = saving.save(
        entry, answers={**chosen, "slogan": "换了一句"}, actor=officer_of(last_year)
    ).entry
    told = [change.label for change in continuing.changes_since(saved)]

    assert saved.continues == last_year
    assert "品牌口号" in told
    saved = saving.save(saved, answers={**chosen, "kind": "new"}, actor=officer_of(last_year)).entry
    assert saved.continues is None


def test_the_project_of_another_unit_is_no_project_to_go_on_with(last_year, call):
    entry = draft(call=call, unit=UnitFactory(), answers={})
    chosen = {"kind": "continued", "previous_project": last_year.project.project_no}

    saved = saving.save(entry, answers=chosen, actor=entry.created_by).entry

    assert saved.continues is None


def test_experts_see_what_changed_in_tables_and_nobodys_number(last_year, call):
    schema = default_schema("application")
    people = {
        "key": "helpers",
        "kind": "people",
        "label": "志愿者",
        "help": "",
        "required": False,
        "public": False,
        "options": KINDS["people"].compiled({"asks": ["staff_no", "phone", "duty"]}),
    }
    schema["sections"][1]["fields"].append(people)
    call.form = form_with(schema)
    call.save()
    entry = continuing.start_from(last_year, call, actor=officer_of(last_year))
    [row] = entry.answers["members"]
    helper = {"name": "示例丁", "staff_no": "T20260009", "phone": "13900000009", "duty": "签到"}
    entry.answers |= {
        "helpers": [helper],
        "members": [{**row, "staff_no": "T20260008"}],
        "budget_items": [{"category": "activity", "item": "音响", "amount": "12000.00"}],
    }

    told = str(continuing.changes_since(entry, impersonal=True))

    for words in ("音响", "签到", "示例丁"):
        assert words in told
    for number in ("T20260009", "13900000009", "T20260008", "项目成员"):
        assert number not in told
    assert "13900000009" in str(continuing.changes_since(entry))


def test_nobody_else_starts_for_the_unit(last_year, call):
    with pytest.raises(Refused):
        continuing.start_from(last_year, call, actor=Cast(last_year.unit).party)


def test_a_refusal_keeps_what_was_chosen_to_start_from(client, last_year, call):
    client.force_login(officer_of(last_year))
    call.closes_at = timezone.now() - timedelta(minutes=1)
    call.save()

    answer = client.post(
        reverse("forms_app:start", args=[call.pk]),
        {"unit": last_year.unit.code, "from": last_year.pk},
    )

    assert answer.status_code == 422
    assert f'name="from" value="{last_year.pk}" checked' in answer.text
