"""What experts write for the unit reaches it, without their names, when the school union has spoken and not before."""

from decimal import Decimal

import pytest
from django.urls import reverse

from brands.cultivating import accept
from brands.models import Grade, Project
from forms_app.decision.deciding import decide
from forms_app.decision.releasing import release
from forms_app.entries.sending import pass_check
from forms_app.models import Entry
from forms_app.review.reviewing import assign, close_review
from tests.factories.forms import CallFactory, Cast
from tests.factories.projects import carried_to, project_in, summary_of
from tests.factories.reviews import finish

pytestmark = pytest.mark.django_db
WORDS = "进度可以再具体些"


@pytest.fixture
def judged(give, expert, colleague, office):
    """An application whose experts have written to the unit and to the office, its review closed."""
    mine = give(expert, colleague)
    finish(mine, for_unit=WORDS, for_office="只给校工会的话")
    finish(mine.entry.assignments.get(expert=colleague), for_unit="预算很清楚")
    return close_review(mine.entry, actor=office)


def unit_reads(client, entry):
    client.force_login(Cast(entry.unit).officer)
    return client.get(reverse("forms_app:entry", args=[entry.pk])).text


@pytest.mark.parametrize(
    "decided",
    [
        {"outcome": "establish", "amount": Decimal(8000)},
        {"outcome": "reject", "reason": "与往年重复"},
    ],
)
def test_with_the_released_decision_the_unit_reads_what_was_written_for_it(
    decided, judged, office, client, expert, colleague
):
    decide(judged, actor=office, **decided)
    before = unit_reads(client, judged)

    release(judged.call, actor=office, minutes="示例会议纪要")
    after = unit_reads(client, judged)

    assert WORDS not in before
    assert WORDS in after
    assert "预算很清楚" in after
    assert not any(word in after for word in ("只给校工会的话", expert.name, colleague.name))


def test_whoever_had_to_stay_away_says_nothing_to_the_unit(judged, expert, office, client):
    judged.recusals.create(expert=expert, ground="office", reason="亲属")
    decide(judged, actor=office, outcome="establish", amount=Decimal(8000))
    release(judged.call, actor=office, minutes="示例会议纪要")

    read = unit_reads(client, judged)

    assert WORDS not in read
    assert "预算很清楚" in read


def test_the_office_reads_it_beside_the_letter_before_it_is_sent(judged, office, client):
    decide(judged, actor=office, outcome="establish", amount=Decimal(8000))
    client.force_login(office)

    page = client.get(reverse("office:release", args=[judged.call_id])).text

    assert WORDS in page
    assert "只给校工会的话" not in page


def test_what_was_written_about_a_summary_comes_with_the_verdict(office, expert, client):
    project = project_in("established")
    CallFactory(kind="summary", programme_year=project.programme_year)
    entry = summary_of(carried_to("evaluating", project))
    pass_check(entry, actor=office)
    [mine] = assign(Entry.objects.get(pk=entry.pk), experts=[expert], actor=office)
    finish(mine, for_unit=WORDS)
    close_review(entry, actor=office)
    client.force_login(Cast(project.unit).officer)
    address = reverse("brands:project", args=[project.project_no])

    before = client.get(address).text
    accept(Project.objects.get(pk=project.pk), actor=office, grade=Grade.GOOD)

    assert WORDS not in before + client.get(reverse("forms_app:entry", args=[entry.pk])).text
    assert WORDS in client.get(address).text
