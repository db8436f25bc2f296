"""Coverage of the disciplinary colleges: exemptions, reminders to exactly the missing, texts for the chat group."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brands.announcing import draft_announcement
from forms_app.covering import coverage_of, exempt, remind_missing
from forms_app.entries.extending import extend
from forms_app.group_texts import texts_for
from forms_app.models import CallPage, Extension
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.units.models import Post
from tests.factories.forms import draft, entry_in
from tests.factories.pages import published
from tests.factories.projects import project_in, summary_call
from tests.factories.units import UnitFactory, person_of


@pytest.fixture
def colleges(db):
    return [
        UnitFactory(name=name, kind="college", is_disciplinary=True)
        for name in ("示例文学院工会", "示例理学院工会", "示例工学院工会", "示例医学院工会")
    ]


@pytest.fixture
def year(call, colleges, office):
    """The first has applied, the second has only a draft, the third is exempt, the fourth has nothing."""
    applied, drafted, exempted, silent = colleges
    entry_in("submitted", call=call, unit=applied)
    draft(call=call, unit=drafted)
    person_of(silent, Post.OFFICER)
    exempt(call.programme_year, unit=exempted, actor=office, reason="今年新建，没有工会")
    return call.programme_year


def reminded(kind="call_reminder"):
    return {m.context["unit"] for m in Message.objects.filter(kind=kind, channel="inbox")}


def test_the_denominator_leaves_the_exempt_out(year, colleges):
    standing = coverage_of(year)

    assert (standing.applied, standing.total) == (1, 3)
    assert [one.unit for one in standing.missing] == [colleges[1], colleges[3]]


def test_an_exempt_college_that_applies_all_the_same_counts(year, call, colleges):
    entry_in("submitted", call=call, unit=colleges[2])

    standing = coverage_of(year)

    assert (standing.applied, standing.total) == (2, 4)


def test_exactly_the_missing_are_reminded_and_once_a_day(year, colleges, office):
    assert remind_missing(year, actor=office) == [colleges[1], colleges[3]]
    before = Message.objects.count()

    assert remind_missing(year, actor=office) == []

    assert reminded() == {str(colleges[1]), str(colleges[3])}
    assert Message.objects.count() == before


def test_after_the_deadline_the_words_differ_but_not_for_whom_it_was_extended(
    year, call, colleges, office
):
    call.closes_at = timezone.now() - timedelta(hours=1)
    call.save()
    Extension.objects.create(
        call=call, unit=colleges[1], until=timezone.now() + timedelta(days=2), reason="换届"
    )

    remind_missing(year, actor=office)

    assert reminded() == {str(colleges[1])}
    assert reminded("call_reminder_late") == {str(colleges[3])}


def test_before_the_call_begins_nobody_is_reminded(year, call, office):
    call.opens_at = timezone.now() + timedelta(days=1)
    call.save()

    with pytest.raises(Refused, match="还没有开始"):
        remind_missing(year, actor=office)


def test_the_office_exempts_with_a_reason_and_takes_it_back(year, colleges, office, as_):
    client = as_(office)
    address = reverse("office:exempt", args=[year.year])

    wrong = client.post(address, {"unit": colleges[3].pk, "reason": ""})
    client.post(address, {"unit": colleges[3].pk, "reason": "停招"})

    assert wrong.status_code == 422
    assert coverage_of(year).total == 2
    client.post(reverse("office:unexempt", args=[year.year, colleges[3].pk]))
    assert coverage_of(year).total == 3


@pytest.mark.parametrize("who", ["auditor", "officer", "expert", "anonymous"])
def test_nobody_else_reminds_or_exempts(who, year, colleges, people, as_):
    client = as_(people[who])
    before = coverage_of(year).total

    client.post(reverse("office:remind_missing", args=[year.year]))
    client.post(
        reverse("office:exempt", args=[year.year]), {"unit": colleges[3].pk, "reason": "停招"}
    )

    assert not reminded()
    assert coverage_of(year).total == before


def test_the_page_asks_the_same_for_any_number_of_colleges(
    year, call, office, as_, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_(office)
    address = reverse("office:coverage", args=[year.year])
    client.get(address)
    with django_assert_max_num_queries(15) as few:
        client.get(address)
    for _number in range(3):
        unit = UnitFactory(kind="college", is_disciplinary=True)
        exempt(year, unit=unit, actor=office, reason="停招")
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_the_reminders_text_names_exactly_the_missing(year, call, colleges):
    [text] = [
        one for one in texts_for(call, host="https://union.example") if one.code == "reminder"
    ]

    assert all(str(unit) in text.text for unit in (colleges[1], colleges[3]))
    assert not any(str(unit) in text.text for unit in (colleges[0], colleges[2]))
    assert text.text.endswith(f"https://union.example{call.url}")


def test_the_group_page_hands_out_text_and_picture(year, call, office, as_):
    client = as_(office)

    page = client.get(reverse("office:group", args=[call.pk]))
    picture = client.get(reverse("office:qr"), {"address": "http://testserver/calls/"})

    assert "data-copy" in page.text
    assert picture["Content-Type"] == "image/png"
    for strange in ("https://elsewhere.example/", "javascript:alert(1)", "", "/calls/"):
        assert client.get(reverse("office:qr"), {"address": strange}).status_code == 404


def test_who_still_has_time_and_who_has_not_get_a_text_each(year, call, colleges, office):
    late = timezone.now() - timedelta(hours=1)
    CallPage.objects.filter(pk=call.pk).update(closes_at=late)
    call = CallPage.objects.get(pk=call.pk)
    until = timezone.now() + timedelta(days=3)
    extend(call, unit=colleges[1], actor=office, until=until, reason="换届")

    texts = {one.code: one.text for one in texts_for(call, host="https://union.example")}

    assert str(colleges[1]) in texts["reminder"]
    assert "（延至 " in texts["reminder"]
    assert str(colleges[3]) not in texts["reminder"]
    assert str(colleges[3]) in texts["reminder-late"]
    assert str(colleges[1]) not in texts["reminder-late"]


def test_a_call_for_summaries_reminds_whose_projects_still_owe_one(db):
    owes, sent = project_in("cultivating"), project_in("evaluating")
    call = summary_call(owes.programme_year)

    [text] = [
        one for one in texts_for(call, host="https://union.example") if one.code == "reminder"
    ]

    assert str(owes.unit) in text.text
    assert str(sent.unit) not in text.text


def test_the_result_leads_to_the_announcement_once_that_is_public(call, office):
    entry_in("approved", call=call)
    draft = draft_announcement(call, actor=office)

    def leads_to():
        found = {one.code: one for one in texts_for(call, host="https://union.example")}
        return found["results"].address

    assert leads_to() == f"https://union.example{call.url}"
    assert leads_to() != f"https://union.example{published(draft).url}" == leads_to()
