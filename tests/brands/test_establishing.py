"""What an approved application becomes."""

import pytest
from django.utils import timezone

from brands.establishing import establish
from brands.models import Brand, BrandPage, Disbursement, Project
from forms_app.models import EntryStatus
from portal.messaging.models import Message
from tests.factories.forms import Cast, YearFactory, entry_in
from tests.factories.projects import GRANTED, TOLD, project_in, quick_call
from tests.factories.units import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_project_takes_its_facts_from_what_was_approved():
    project = project_in()

    assert project.title == TOLD["title"]
    assert project.category.code == "culture"
    assert project.leader_name == "示例甲"
    assert project.granted == GRANTED
    assert project.status == "established"


def test_numbers_run_through_the_year_without_a_gap():
    call = quick_call()
    year = timezone.localdate().year

    numbers = [project_in(call=call).project_no for _ in range(3)]

    assert numbers == [f"YHYP-{year}-00{n}" for n in (1, 2, 3)]


def test_numbers_begin_anew_each_year():
    project_in()
    other = project_in(call=quick_call(programme_year=YearFactory(year=2020)))

    assert other.project_no == "YHYP-2020-001"


def test_a_rejected_application_takes_no_number_and_opens_nothing():
    entry_in(EntryStatus.REJECTED, call=quick_call(), answers=TOLD)

    assert not Project.objects.exists()
    assert not BrandPage.objects.exists()


def test_establishing_twice_gives_the_same_project():
    project = project_in()

    again = establish(project.entry, actor=Cast(project.unit).office)

    assert again == project
    assert Project.objects.count() == BrandPage.objects.count() == 1


def test_only_an_approved_application_is_established():
    entry = entry_in(EntryStatus.DECIDING, call=quick_call(), answers=TOLD)

    with pytest.raises(ValueError, match="approved"):
        establish(entry, actor=Cast(entry.unit).office)


def test_a_grant_opens_a_payment_that_is_not_made_yet():
    project = project_in()

    payment = Disbursement.objects.get(project=project)
    assert (payment.amount, payment.paid_on) == (GRANTED, None)


def test_a_continued_project_carries_its_brand_on_under_a_new_title():
    unit = UnitFactory()
    first = project_in(unit=unit, call=quick_call(programme_year=YearFactory(year=2020)))

    second = project_in(
        unit=unit, answers={"previous_project": first.project_no, "title": "示例太极暮色"}
    )

    assert second.previous == first
    assert second.brand == first.brand
    assert Brand.objects.count() == 1


def test_another_units_project_cannot_be_continued():
    theirs = project_in(call=quick_call(programme_year=YearFactory(year=2020)))

    mine = project_in(answers={"previous_project": theirs.project_no})

    assert mine.previous is None
    assert mine.brand != theirs.brand


def test_the_brand_page_opens_as_a_draft_with_the_approved_words():
    page = project_in().page

    assert not page.live
    assert page.slug == page.project.project_no.lower()
    assert (page.slogan, page.intro) == (TOLD["slogan"], TOLD["summary"])
    assert [block.value for block in page.story] == [
        "工作基础",
        TOLD["foundation"],
        "主要内容",
        TOLD["measures"],
        "特色与创新",
        TOLD["innovation"],
    ]


def test_whoever_approved_the_application_is_no_author_of_the_page():
    assert project_in().page.latest_revision.user is None


def test_the_unit_is_told_its_number_and_grant():
    project = project_in()

    cast = Cast(project.unit)
    told = Message.objects.filter(kind="project_established_at_once", channel="inbox")
    assert {message.recipient for message in told} == {cast.officer, cast.chair, cast.party}
    assert told.first().context["project_no"] == project.project_no
    assert told.first().context["granted"] == "8,000.00"
