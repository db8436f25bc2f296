"""The office's page of a project: who opens it, who acts on it, and what he is told where he may not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brands.models import Acceptance, Project, ProjectStatus
from portal.units.models import Post, Role
from tests.factories.forms import Cast, surround
from tests.factories.projects import award_level, evaluated, project_in
from tests.factories.units import UnitFactory, person_of, person_with

pytestmark = pytest.mark.django_db
OUTSIDE = ("anonymous", "officer", "other_officer", "expert", "reviewer")


@pytest.fixture(scope="module")
def established(made_once):
    return made_once(lambda: project_in().pk)


@pytest.fixture
def project(db, established):
    return Project.objects.get(pk=established)


def person(name, project):
    if name == "office_of_unit":
        torn = person_with(Role.SCHOOL_UNION)
        project.unit.memberships.create(user=torn, post=Post.PARTY)
        return torn
    return {
        "anonymous": lambda: None,
        "office": lambda: person_with(Role.SCHOOL_UNION),
        "auditor": lambda: person_with(Role.AUDITOR),
        "officer": lambda: Cast(project.unit).officer,
        "other_officer": lambda: person_of(UnitFactory()),
        "expert": lambda: person_with(Role.EXPERT),
        "reviewer": lambda: person_with(Role.FIRST_REVIEW),
    }[name]()


def sign_in(client, name, project):
    user = person(name, project)
    if user:
        client.force_login(user)
    return user


@pytest.mark.parametrize("name", ["office", "office_of_unit", "auditor"])
def test_who_reads_everything_opens_it(client, project, name):
    sign_in(client, name, project)

    response = client.get(project.office_path)

    assert response.status_code == 200
    assert project.title in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_else_does(client, project, name, method):
    sign_in(client, name, project)

    response = getattr(client, method)(project.office_path, {"act": "start"})

    assert response.status_code in (302, 403)
    project.refresh_from_db()
    assert project.status == ProjectStatus.ESTABLISHED


ACTS = {
    "guidance": {"text": "多拍照片"},
    "start": {},
    "terminate": {"reason": "负责人调离"},
    "revoke": {"reason": "经费使用不当"},
}


# Any post in the unit lets a person begin cultivation; holding an office of the school union takes nothing away.
@pytest.mark.parametrize(
    ("name", "act"),
    [
        (name, act)
        for name in ("office_of_unit", "auditor")
        for act in ACTS
        if (name, act) != ("office_of_unit", "start")
    ],
)
def test_who_only_reads_finds_reasons_and_is_refused(client, project, name, act):
    sign_in(client, name, project)
    shown = client.get(project.office_path).content.decode()
    assert f'name="act" value="{act}"' not in shown

    response = client.post(project.office_path, {"act": act, **ACTS[act]})

    assert response.status_code == 422
    project.refresh_from_db()
    assert project.status == ProjectStatus.ESTABLISHED
    assert not project.guidance_notes.exists()


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("guidance", ProjectStatus.ESTABLISHED),
        ("start", ProjectStatus.CULTIVATING),
        ("terminate", ProjectStatus.TERMINATED),
        ("revoke", ProjectStatus.REVOKED),
    ],
)
def test_the_office_acts_and_is_told_so(client, project, act, status):
    sign_in(client, "office", project)

    response = client.post(project.office_path, {"act": act, **ACTS[act]}, follow=True)

    assert [str(said) for said in response.context["messages"]]
    project.refresh_from_db()
    assert project.status == status


def test_guidance_reaches_the_unit(client, project):
    user = sign_in(client, "office", project)

    client.post(project.office_path, {"act": "guidance", "text": "多拍照片"})

    note = project.guidance_notes.get()
    assert (note.text, note.written_by) == ("多拍照片", user)


def test_the_office_gives_its_verdict_then_the_award_then_files_the_project(client):
    project = evaluated(project_in(ProjectStatus.EVALUATING))
    sign_in(client, "office", project)
    level = award_level(project.programme_year)

    for act, fields, status in (
        ("accept", {"grade": "excellent", "opinion": "扎实"}, ProjectStatus.ACCEPTED),
        ("award", {"level": level.pk}, ProjectStatus.AWARDED),
        ("archive", {}, ProjectStatus.ARCHIVED),
    ):
        assert client.post(project.office_path, {"act": act, **fields}).status_code == 302
        project.refresh_from_db()
        assert project.status == status
    assert Acceptance.objects.get().opinion == "扎实"


def test_a_fail_needs_its_opinion_and_keeps_what_was_typed(client):
    project = evaluated(project_in(ProjectStatus.EVALUATING))
    sign_in(client, "office", project)
    until = timezone.localdate() + timedelta(days=10)

    response = client.post(
        project.office_path,
        {"act": "accept", "grade": "fail", "opinion": "", "rectify_until": until.isoformat()},
    )

    assert response.status_code == 422
    assert until.isoformat() in response.content.decode()
    assert not Acceptance.objects.exists()


def test_what_the_state_does_not_allow_is_refused_in_words(client, project):
    sign_in(client, "office", project)

    response = client.post(project.office_path, {"act": "archive"})

    assert response.status_code == 422
    project.refresh_from_db()
    assert project.status == ProjectStatus.ESTABLISHED


@pytest.mark.parametrize("act", ["", "explode", "status"])
def test_an_unknown_act_does_nothing(client, project, act):
    sign_in(client, "office", project)

    assert client.post(project.office_path, {"act": act}).status_code in (200, 422)
    project.refresh_from_db()
    assert project.status == ProjectStatus.ESTABLISHED


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, project, method):
    sign_in(client, "office", project)

    assert getattr(client, method)(project.office_path).status_code == 405


def test_a_number_that_is_none_is_not_there(client, project):
    sign_in(client, "office", project)

    assert client.get("/admin/projects/YHYP-1999-999/").status_code == 404


@pytest.mark.parametrize("stake", ["own", "partner", "host"])
def test_nobody_pays_his_own_unit_its_partner_or_its_association(client, project, stake):
    clerks = {name: person_with(Role.SCHOOL_UNION) for name in ("partner", "host")}
    surround(project.entry, **clerks)
    clerk = person("office_of_unit", project) if stake == "own" else clerks[stake]
    client.force_login(clerk)
    project.disbursements.all().delete()
    payment = project.disbursements.create(
        amount=1000, recorded_by=Cast(project.unit).office, note="首期"
    )
    typed = {"project": project.pk, "amount": "10", "paid_on": "", "note": ""}
    before = project.disbursements.count()

    added = client.post("/admin/brands/disbursement/create/", typed)
    client.post(f"/admin/brands/disbursement/edit/{payment.pk}/", typed)

    assert "本单位的人回避" in added.text
    assert project.disbursements.count() == before
    assert project.disbursements.filter(amount=1000).exists()
