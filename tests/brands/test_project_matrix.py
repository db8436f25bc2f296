"""Every action on a project, in every state, by everybody: what the table says, and nothing else."""

import pytest

from brands.models import Project
from brands.models import ProjectStatus as S
from brands.states import PROJECT
from portal.lifecycle.door import Refused, carry_out, why_not
from portal.units.models import Membership, Post, Role
from tests.factories.forms import Cast, YearFactory, surround
from tests.factories.projects import award_level, project_in
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with

pytestmark = pytest.mark.django_db

RUNNING = {S.ESTABLISHED, S.CULTIVATING, S.SUMMARISING, S.EVALUATING, S.RECTIFYING}
# action → (states it starts from, who may). Everything that does not stand here is refused.
ALLOWED = {
    "start": ({S.ESTABLISHED}, {"officer", "chair", "party", "office"}),
    "summarise": ({S.ESTABLISHED, S.CULTIVATING}, {"officer", "chair"}),
    "summary_arrived": ({S.SUMMARISING, S.RECTIFYING}, {"officer", "chair", "party"}),
    "summary_gone": ({S.EVALUATING}, {"officer", "chair", "party", "office"}),
    "accept": ({S.EVALUATING}, {"office"}),
    "award": ({S.ACCEPTED}, {"office"}),
    "archive": ({S.ACCEPTED, S.AWARDED, S.FAILED}, {"office"}),
    "terminate": (RUNNING, {"office"}),
    "revoke": ({*RUNNING, S.ACCEPTED, S.AWARDED}, {"office"}),
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


def admitted(project, action, actor):
    """Whether table and permissions let the person; what an action's guards ask for is another test's matter."""
    transition = PROJECT.find(project.status, action)
    return transition is not None and transition.may(actor, project)


def test_the_table_has_no_other_actions():
    assert {transition.action for transition in PROJECT.transitions} == set(ALLOWED)


def test_everybody_may_do_what_the_table_says_and_nothing_else(project):
    people = people_around(project)
    # Holding an office for the school union does not take away what a post in the unit allows.
    as_unit = {"office_of_the_unit": "officer"}

    found = {
        (action, person)
        for action in ALLOWED
        for person in PEOPLE
        if admitted(project, action, people[person])
    }

    assert found == {
        (action, person)
        for action, (states, who) in ALLOWED.items()
        for person in PEOPLE
        if project.status in states and as_unit.get(person, person) in who
    }


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
