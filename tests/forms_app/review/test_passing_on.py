"""What experts write for the unit reaches it, without their names, when the school union has spoken and not before."""

from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from brands.cultivation.cultivating import accept
from brands.models import Grade, Project
from forms_app.decision.deciding import decide
from forms_app.decision.releasing import release
from forms_app.entries.sending import pass_check
from forms_app.models import Entry, Review
from forms_app.review.passing_on import comments_for, hold_back, pass_on
from forms_app.review.reviewing import assign, close_review, unlock
from forms_app.trail import trail_of
from portal.lifecycle.door import Refused
from portal.units.models import Post, Role
from tests.factories.forms import CallFactory, Cast
from tests.factories.projects import carried_to, project_in, summary_of
from tests.factories.reviews import finish
from tests.factories.units import person_with

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


@pytest.fixture
def unfit(judged, expert):
    """What one of the experts has written for the unit, and should not have."""
    return Review.objects.get(assignment__entry=judged, assignment__expert=expert)


def press(client, review, do, **more):
    return client.post(reverse("office:for_unit", args=[review.pk]), {"do": do, **more})


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


def test_what_is_held_back_in_the_preview_does_not_reach_the_unit(judged, unfit, office, client):
    decide(judged, actor=office, outcome="establish", amount=Decimal(8000))
    client.force_login(office)
    preview = f"{reverse('office:release', args=[judged.call_id])}?minutes=%E7%BA%AA%E8%A6%81"

    back = press(client, unfit, "hold_back", at="release", minutes="纪要")

    assert back.url == f"{preview}#said-{unfit.pk}"
    shown = client.get(preview)
    [letter] = shown.context["batch"].letters
    assert letter.comments == ["预算很清楚"]
    assert f"不转给单位（{office} " in shown.text
    release(judged.call, actor=office, minutes="纪要", digest=shown.context["batch"].digest)
    read = unit_reads(client, judged)
    assert WORDS not in read
    assert "预算很清楚" in read


def test_until_the_release_it_can_be_undone_and_who_did_it_stays(judged, unfit, office, client):
    hold_back(unfit, actor=office)
    [told] = [step for step in trail_of(judged) if "不转给单位" in step.what]
    assert told.who == str(office)

    client.force_login(office)
    press(client, unfit, "pass_on", at="entry")
    decide(judged, actor=office, outcome="establish", amount=Decimal(8000))
    release(judged.call, actor=office, minutes="示例会议纪要")

    assert WORDS in unit_reads(client, judged)
    for verb in (hold_back, pass_on):
        with pytest.raises(Refused) as refused:
            verb(unfit, actor=office)
        assert refused.value.code == "wrong_state"


def test_what_is_held_back_after_the_preview_is_looked_at_again(judged, unfit, office, client):
    decide(judged, actor=office, outcome="establish", amount=Decimal(8000))
    client.force_login(office)
    address = reverse("office:release", args=[judged.call_id])
    seen = client.get(address, {"minutes": "纪要"}).context["batch"].digest
    hold_back(unfit, actor=office)

    answer = client.post(address, {"minutes": "纪要", "digest": seen})

    assert answer.status_code == 409
    assert Entry.objects.get(pk=judged.pk).status == "deciding"


def test_held_back_again_it_says_who_was_first(judged, unfit, office):
    first = hold_back(unfit, actor=office)

    again = hold_back(unfit, actor=person_with(Role.SCHOOL_UNION))

    assert (again.held_back_by, again.held_back_at) == (office, first.held_back_at)


def test_the_same_words_of_two_experts_are_one_comment(judged, unfit, colleague, office):
    Review.objects.filter(assignment__expert=colleague).update(for_unit=WORDS)
    assert comments_for(judged) == [WORDS]

    hold_back(unfit, actor=office)

    assert comments_for(judged) == []


def test_nothing_is_held_back_while_experts_still_write(give, office):
    mine = give()
    review = finish(mine, for_unit=WORDS)

    with pytest.raises(Refused, match="专家评审结束以后") as refused:
        hold_back(review, actor=office)

    assert refused.value.code == "wrong_state"


def test_words_that_come_after_a_return_are_judged_anew(unfit, office):
    hold_back(unfit, actor=office)
    review = Review.objects.get(pk=unfit.pk)

    unlock(review, at=review.held_back_at, actor=None, reason="单位修改后重新报送")

    assert Review.objects.get(pk=unfit.pk).held_back_at is None


def test_there_must_be_something_to_hold_back(judged, unfit, office):
    Review.objects.filter(pk=unfit.pk).update(for_unit=" ")

    with pytest.raises(Refused, match="没有给单位的意见"):
        hold_back(unfit, actor=office)


def test_who_held_it_back_and_when_belong_together(unfit):
    with pytest.raises(IntegrityError):
        Review.objects.filter(pk=unfit.pk).update(held_back_at=unfit.locked_at)


@pytest.mark.parametrize("who", ["auditor", "expert", "officer", "office_of_unit"])
def test_only_the_office_holds_back_and_not_for_its_own_unit(who, judged, unfit, expert, client):
    own = person_with(Role.SCHOOL_UNION)
    judged.unit.memberships.create(user=own, post=Post.PARTY)
    person = {
        "auditor": person_with(Role.AUDITOR),
        "expert": expert,
        "officer": Cast(judged.unit).officer,
        "office_of_unit": own,
    }[who]
    client.force_login(person)

    press(client, unfit, "hold_back")
    for verb in (hold_back, pass_on):
        with pytest.raises(Refused) as refused:
            verb(unfit, actor=person)
        assert refused.value.code == "forbidden"

    assert not Review.objects.exclude(held_back_at=None).exists()


def test_what_was_written_about_a_summary_comes_with_the_verdict(office, expert, colleague, client):
    project = project_in("established")
    CallFactory(kind="summary", programme_year=project.programme_year)
    entry = summary_of(carried_to("evaluating", project))
    pass_check(entry, actor=office)
    [mine] = assign(Entry.objects.get(pk=entry.pk), experts=[expert], actor=office)
    finish(mine, for_unit=WORDS)
    [other] = assign(Entry.objects.get(pk=entry.pk), experts=[colleague], actor=office)
    unfit = finish(other, for_unit="张三的材料是抄的")
    close_review(entry, actor=office)
    hold_back(unfit, actor=office)
    client.force_login(Cast(project.unit).officer)
    address = reverse("brands:project", args=[project.project_no])

    before = client.get(address).text
    accept(Project.objects.get(pk=project.pk), actor=office, grade=Grade.GOOD)

    assert WORDS not in before + client.get(reverse("forms_app:entry", args=[entry.pk])).text
    shown = client.get(address).text
    assert WORDS in shown
    assert "张三" not in shown
    with pytest.raises(Refused, match="结果已经告诉单位"):
        pass_on(unfit, actor=office)
