"""The experts' pages: only what one has been given, nobody's phone, nobody else's score, locked once handed in."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms_app.models import Recusal, Review
from forms_app.review.reviewing import assign, close_review
from portal.units.models import Role
from portal.workspace.due import due_for
from tests.factories.answers import complete_application_answers, default_schema
from tests.factories.forms import CallFactory, Cast, entry_in, form_with
from tests.factories.reviews import finish
from tests.factories.units import person_of, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(office):
    return CallFactory()


@pytest.fixture
def given(call, office, expert):
    """Return a function that makes an entry under review and gives it to experts."""

    def give(*people, **answers):
        entry = entry_in("in_review", call=call, answers=answers)
        return assign(entry, experts=people or [expert], actor=office)[0]

    return give


@pytest.fixture
def signed_in(client, expert):
    client.force_login(expert)
    return client


def page(assignment, name="entry"):
    return reverse(f"review:{name}", args=[assignment.pk])


def points_of(assignment, share=1):
    criteria = assignment.entry.call.rubric.criteria.all()
    return {f"points-{one.pk}": f"{one.points * Decimal(share):.1f}" for one in criteria}


@pytest.mark.parametrize(
    "who", ["other_expert", "barred", "recused", "officer", "office", "auditor", "anonymous"]
)
def test_a_page_is_there_for_the_assigned_expert_only(
    who, given, expert, colleague, office, client
):
    assignment = given()
    if who == "barred":
        assignment.entry.unit.memberships.create(user=expert, post="officer")
    if who == "recused":
        Recusal.objects.create(
            entry=assignment.entry, expert=expert, ground="office", reason="示例"
        )
    user = {
        "other_expert": colleague,
        "barred": expert,
        "recused": expert,
        "officer": Cast(assignment.entry.unit).officer,
        "office": office,
        "auditor": person_with(Role.AUDITOR),
        "anonymous": None,
    }[who]
    if user:
        client.force_login(user)

    pages = [page(assignment, name) for name in ("entry", "confirm", "recuse")]
    answers = [ask(address) for address in pages for ask in (client.get, client.post)]

    assert {answer.status_code for answer in answers} == ({302} if who == "anonymous" else {404})


@pytest.mark.parametrize("name", ["index", "next"])
def test_the_list_is_for_experts(name, office, client):
    assert client.get(reverse(f"review:{name}")).status_code == 302
    client.force_login(office)
    assert client.get(reverse(f"review:{name}")).status_code == 404


@pytest.mark.parametrize("name", ["entry", "confirm", "recuse"])
def test_other_methods_are_not_taken(name, given, signed_in):
    assert signed_in.put(page(given(), name)).status_code == 405


def test_an_expert_reads_the_whole_application_but_nobodys_phone(office, expert, signed_in):
    call = CallFactory(form=form_with(default_schema("application")))
    answers = complete_application_answers()
    entry = entry_in("in_review", call=call, answers=answers)
    [assignment] = assign(entry, experts=[expert], actor=office)

    shown = signed_in.get(page(assignment)).text

    assert answers["goals"][:20] in shown
    assert answers["leader_name"] in shown
    for key in ("leader_phone", "leader_email", "leader_staff_no", "contact_phone"):
        assert answers[key] not in shown
    for member in answers["members"]:
        assert member["staff_no"] not in shown


def test_an_expert_sees_nobody_elses_score_or_comment(given, expert, colleague, signed_in):
    assignment = given(expert, colleague)
    other = assignment.entry.assignments.get(expert=colleague)
    finish(other, points=Decimal("1.3"), for_office="别人的意见")

    shown = signed_in.get(page(assignment)).text

    assert "别人的意见" not in shown
    assert "1.3" not in shown


def test_a_draft_keeps_what_is_there(given, signed_in):
    assignment = given()
    first, *_rest = points_of(assignment)

    response = signed_in.post(
        page(assignment), {first: "12.5", "for_office": "给办公室", "for_unit": "给单位"}
    )

    review = Review.objects.get(assignment=assignment)
    assert response.status_code == 302
    assert [score.points for score in review.scores.all()] == [Decimal("12.5")]
    assert (review.for_office, review.for_unit) == ("给办公室", "给单位")
    assert review.locked_at is None
    assert 'value="12.5"' in signed_in.get(page(assignment)).text


@pytest.mark.parametrize(
    ("typed", "problem"), [("16", "最高 15 分"), ("-1", "最低 0 分"), ("多", "数字")]
)
def test_points_beyond_the_rubric_come_back_filled(typed, problem, given, signed_in):
    assignment = given()
    first, *_rest = points_of(assignment)

    response = signed_in.post(page(assignment), {first: typed, "for_office": "写了很久"})

    assert response.status_code == 422
    assert problem in response.text
    assert "写了很久" in response.text
    assert not assignment.review.scores.exists()


def test_handing_in_wants_every_criterion(given, signed_in):
    assignment = given()
    missing, *rest = points_of(assignment)
    data = dict.fromkeys(rest, "1") | {"do": "hand_in"}

    response = signed_in.post(page(assignment), data)

    assert response.status_code == 422
    assert "还没有打分" in response.text
    assert Review.objects.get(assignment=assignment).locked_at is None


def test_scores_are_shown_once_more_and_then_locked(given, signed_in):
    assignment = given()

    response = signed_in.post(page(assignment), {**points_of(assignment), "do": "hand_in"})
    confirmation = signed_in.get(response.url)
    signed_in.post(response.url)  # a page that does not say what it showed
    unlocked = Review.objects.get(assignment=assignment).locked_at
    signed_in.post(response.url, {"seen": confirmation.context["seen"]})
    again = signed_in.post(page(assignment), points_of(assignment, "0.5"))

    review = Review.objects.get(assignment=assignment)
    assert response.url == page(assignment, "confirm")
    assert "100" in confirmation.text
    assert unlocked is None
    assert review.locked_at is not None
    assert again.status_code == 409
    assert sum(score.points for score in review.scores.all()) == 100
    assert 'name="do"' not in signed_in.get(page(assignment)).text


def test_nothing_is_scored_after_the_review_has_ended(given, expert, colleague, office, signed_in):
    assignment = given(expert, colleague)
    finish(assignment.entry.assignments.get(expert=colleague))
    close_review(assignment.entry, actor=office)

    response = signed_in.post(page(assignment), points_of(assignment))

    assert response.status_code == 409
    assert "评审已经结束" in response.text
    assert not assignment.review.scores.exists()


def test_progress_and_the_next_one(given, expert, signed_in):
    done, waiting = given(title="评过的"), given(title="没评的")
    finish(done)

    listed = signed_in.get(reverse("review:index"))
    following = signed_in.get(reverse("review:next"))

    assert (listed.context["finished"], listed.context["count"]) == (1, 2)
    assert "没评的" in listed.text
    assert following.url == page(waiting)
    finish(waiting)
    assert signed_in.get(reverse("review:next")).url == reverse("review:index")


def test_the_next_one_is_the_least_reviewed(given, expert, colleague, signed_in):
    busy, quiet = given(expert, colleague), given(expert, colleague)
    finish(busy.entry.assignments.get(expert=colleague))

    assert signed_in.get(reverse("review:next")).url == page(quiet)


def test_an_expert_stays_away_with_a_reason(given, expert, signed_in):
    assignment = given()

    without = signed_in.post(page(assignment, "recuse"), {"reason": ""})
    asked = signed_in.post(page(assignment, "recuse"), {"reason": "参与过策划"})
    before = Recusal.objects.count()
    signed_in.post(page(assignment, "recuse"), {"reason": "参与过策划", "sure": "1"})

    assert without.status_code == 422
    assert "确认回避" in asked.text
    assert "参与过策划" in asked.text
    assert before == 0
    recusal = Recusal.objects.get(expert=expert)
    assert (recusal.reason, recusal.ground) == ("参与过策划", "declared")
    assert signed_in.get(page(assignment)).status_code == 404


def test_an_expert_is_asked_until_everything_is_handed_in(given, expert):
    assignment = given()

    [item] = due_for(expert)
    finish(assignment)

    assert (item.path, item.percent) == (reverse("review:index"), 0)
    assert due_for(expert) == []


def test_somebody_who_is_also_an_officer_reviews_others_only(given, expert, signed_in):
    given(title="别的单位的")
    unit = person_of(Cast(given().entry.unit).unit).posts[0].unit
    unit.memberships.create(user=expert, post="officer")

    assert len(signed_in.get(reverse("review:index")).context["open"]) == 1


def test_a_longer_list_asks_no_more(given, signed_in):
    address = reverse("review:index")
    given()
    signed_in.get(address)
    with CaptureQueriesContext(connection) as one:
        signed_in.get(address)
    given()
    given()
    with CaptureQueriesContext(connection) as three:
        signed_in.get(address)

    assert len(one) == len(three) <= 13
