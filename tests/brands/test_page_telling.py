"""Who hears of a brand page's review: the people of its unit, with the address where they work on it."""

import pytest

from brands.writing import editing
from portal.cms.moderation import doors
from portal.messaging.models import Message
from portal.units.models import Role
from tests.factories.forms import Cast
from tests.factories.pages import stage_of
from tests.factories.projects import approve_all, written_page
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(project):
    page = written_page(project)
    editing.send_page(page, actor=Cast(project.unit).officer)
    return page


def told(kind):
    return {
        message.recipient: message.path
        for message in Message.objects.filter(kind=kind, channel="inbox")
    }


def test_a_return_leads_officer_and_chair_to_their_editor(project, sent):
    cast = Cast(project.unit)

    doors.return_page(stage_of(sent), actor=person_with(Role.FIRST_REVIEW), reason="请换封面")

    address = f"/my/projects/{project.project_no}/page/"
    assert told("page_returned") == {cast.officer: address, cast.chair: address}


def test_the_publication_leads_officer_and_chair_to_the_public_page(project, sent):
    cast = Cast(project.unit)

    approve_all(sent)

    assert told("page_published") == {cast.officer: sent.url, cast.chair: sent.url}


def test_who_holds_no_post_in_the_unit_works_in_the_cms(project, sent):
    cast = Cast(project.unit)

    assert sent.path_for(cast.party) == f"/my/projects/{project.project_no}/page/"
    assert sent.path_for(cast.office) == f"/admin/pages/{sent.pk}/edit/"
