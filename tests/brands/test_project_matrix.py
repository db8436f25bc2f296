"""Every action on a project, in every state, by everybody: where the table says it leads, and nothing else."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from brands.cultivation.summarising import start_summary
from brands.models import Grade, Project
from brands.models import ProjectStatus as S
from brands.states import PROJECT
from forms_app.entries.sending import pass_check
from portal.lifecycle.door import Refused, carry_out, why_not
from portal.units.models import Membership, Post, Role
from tests.factories.forms import Cast, YearFactory, surround
from tests.factories.projects import award_level, project_in, summary_of
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with

pytestmark = pytest.mark.django_db

RUNNING = (S.ESTABLISHED, S.CULTIVATING, S.SUMMARISING, S.EVALUATING, S.RECTIFYING)
# action → ({state it starts from: state it leads to}, who may). Everything that does not stand here is refused.
ALLOWED = {
    "start": ({S.ESTABLISHED: S.CULTIVATING}, {"officer", "chair", "party", "office"}),
    "summarise": (
        {S.ESTABLISHED: S.SUMMARISING, S.CULTIVATING: S.SUMMARISING},
        {"officer", "chair"},
    ),
    "summary_arrived": (
        {S.SUMMARISING: S.EVALUATING, S.RECTIFYING: S.EVALUATING},
        {"officer", "chair", "party"},
    ),
    "summary_gone": ({S.EVALUATING: S.SUMMARISING}, {"officer", "chair", "party", "office"}),
    "accept": ({S.EVALUATING: S.ACCEPTED}, {"office"}),
    "award": ({S.ACCEPTED: S.AWARDED}, {"office"}),
    "archive": (
        {S.ACCEPTED: S.ARCHIVED, S.AWARDED: S.ARCHIVED, S.FAILED: S.ARCHIVED},
        {"office"},
    ),
    "terminate": (dict.fromkeys(RUNNING, S.TERMINATED), {"office"}),
    "revoke": (dict.fromkeys((*RUNNING, S.ACCEPTED, S.AWARDED), S.REVOKED), {"office"}),
}
# What an action needs besides the person and the state.
DETAILS = {
    "accept": {"grade": Grade.GOOD, "reason": "扎实", "rectify_until": None},
    "terminate": {"reason": "负责人调离"},
    "revoke": {"reason": "经费使用不当"},
}
PEOPLE = (
    "officer",
    "chair",
    "party",
    "office",
    "office_of_the_unit",
    "office_of_a_partner",
    "office_of_the_host",
    "other_officer",
    "expert",
    "reviewer",
    "auditor",
    "admin",
)


@pytest.fixture(scope="module", params=S.values)
def made(request, made_once):
    return made_once(lambda: project_in(request.param)).pk


@pytest.fixture
def project(db, made):
    """A project in each state, one after the other."""
    return Project.objects.get(pk=made)


def people_around(project):
    cast = Cast(project.unit)
    torn = person_with(Role.SCHOOL_UNION)
    Membership.objects.create(user=torn, unit=project.unit, post=Post.OFFICER)
    partner, host = person_with(Role.SCHOOL_UNION), person_with(Role.SCHOOL_UNION)
    surround(project.entry, partner=partner, host=host)
    return {
        "officer": cast.officer,
        "chair": cast.chair,
        "party": cast.party,
        "office": person_with(Role.SCHOOL_UNION),
        "office_of_the_unit": torn,
        "office_of_a_partner": partner,
        "office_of_the_host": host,
        "other_officer": person_of(UnitFactory()),
        "expert": person_with(Role.EXPERT),
        "reviewer": person_with(Role.FIRST_REVIEW),
        "auditor": person_with(Role.AUDITOR),
        "admin": UserFactory(is_superuser=True),
    }


def outcome_of(project, action, actor):
    """Return the state an action leads to, or how it is refused; undo it."""
    details = DETAILS.get(action, {})
    if action == "award":
        details = {"level": award_level(project.programme_year)}
    with transaction.atomic():
        try:
            return carry_out(project, action, actor=actor, **details).status
        except Refused as refusal:
            return refusal.code
        finally:
            transaction.set_rollback(True)


def test_the_table_has_no_other_actions():
    assert {transition.action for transition in PROJECT.transitions} == set(ALLOWED)


def test_everybody_may_do_what_the_table_says_and_nothing_else(project):
    people = people_around(project)
    # Holding an office for the school union does not take away what a post in the unit allows.
    as_unit = {"office_of_the_unit": "officer"}
    if project.status == S.EVALUATING:  # what a verdict needs
        pass_check(summary_of(project), actor=people["office"])

    outcomes = {
        (action, person): outcome_of(project, action, people[person])
        for action in ALLOWED
        for person in PEOPLE
    }

    assert outcomes == {
        (action, person): leads_to.get(project.status, "wrong_state")
        if as_unit.get(person, person) in who
        else "forbidden"
        for action, (leads_to, who) in ALLOWED.items()
        for person in PEOPLE
    }
    assert Project.objects.get(pk=project.pk).status == project.status


@pytest.mark.parametrize(
    ("rectify", "target"), [(None, S.FAILED), (timedelta(days=10), S.RECTIFYING)]
)
def test_a_fail_ends_the_project_or_sets_it_a_date(rectify, target):
    project = project_in(S.EVALUATING)
    office = Cast(project.unit).office
    pass_check(summary_of(project), actor=office)
    until = timezone.localdate() + rectify if rectify else None

    failed = carry_out(
        project, "accept", actor=office, grade=Grade.FAIL, reason="材料不全", rectify_until=until
    )

    assert (failed.status, failed.rectify_until) == (target, until)


def test_a_second_summary_that_comes_back_is_still_a_rectification():
    project = project_in(S.RECTIFYING)
    officer = Cast(project.unit).officer
    start_summary(project, actor=officer)
    again = carry_out(project, "summary_arrived", actor=officer)

    assert carry_out(again, "summary_gone", actor=officer).status == S.RECTIFYING


def test_a_refusal_says_why_in_chinese_and_changes_nothing(project):
    stranger, status = person_of(UnitFactory()), project.status

    for action in ALLOWED:
        with pytest.raises(Refused) as refused:
            carry_out(project, action, actor=stranger)
        assert str(refused.value).endswith("。")
    project.refresh_from_db()
    assert project.status == status


def test_a_summary_is_needed_before_the_verdict():
    project = project_in(S.EVALUATING)

    reason = why_not(project, "accept", actor=Cast(project.unit).office, grade="good")
    assert "评审" in str(reason)


def test_an_award_of_another_year_is_refused():
    project = project_in(S.ACCEPTED)
    level = award_level(YearFactory(year=2019))

    reason = why_not(project, "award", actor=Cast(project.unit).office, level=level)

    assert str(reason) == "这个奖项不属于项目的年度。"


@pytest.mark.parametrize("action", ["terminate", "revoke"])
def test_ending_a_project_early_needs_a_reason(action):
    project = project_in()

    assert (
        why_not(project, action, actor=Cast(project.unit).office, reason=" ").args[0]
        == "请写明理由。"
    )
