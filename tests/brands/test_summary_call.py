"""The notice that collects the summaries: it leads to where they begin, and claims nothing that only applications have."""

import pytest
from django.urls import reverse

from forms_app.group_texts import texts_for
from forms_app.models import FormKind
from portal.units.models import Post
from tests.factories.forms import CallFactory, YearFactory
from tests.factories.units import UnitFactory, UserFactory, person_of

pytestmark = pytest.mark.django_db
PROJECTS = reverse("brands:projects")


@pytest.fixture
def call():
    return CallFactory(kind=FormKind.SUMMARY, programme_year=YearFactory(year=2043))


def test_whoever_has_not_signed_in_comes_to_his_projects_by_signing_in(call, client):
    assert f'href="{reverse("account_login")}?next={PROJECTS}"' in client.get(call.url).text


def test_whoever_has_signed_in_goes_to_his_projects(call, client):
    client.force_login(person_of(UnitFactory(), Post.OFFICER))

    assert f'class="btn" href="{PROJECTS}"' in client.get(call.url).text
    assert client.get(PROJECTS).status_code == 200


def test_whoever_holds_no_post_is_told_whose_it_is(call, client):
    client.force_login(UserFactory())

    assert "由立项单位的经办人或主席填写" in client.get(call.url).text


def test_no_application_can_be_begun_there(call, client):
    for person in (None, UserFactory(), person_of(UnitFactory(), Post.CHAIR)):
        if person:
            client.force_login(person)
        assert reverse("forms_app:start", args=[call.pk]) not in client.get(call.url).text


def test_it_says_whose_summaries_it_wants_and_neither_limit_nor_public_notice(call, client):
    text = client.get(call.url).text

    assert "2043年度立项的单位" in text
    assert "校工会验收" in text
    assert [words for words in ("限报", "校工会决定", "个工作日") if words in text] == []


def test_the_text_for_the_chat_group_says_the_same(call):
    [text] = [one for one in texts_for(call, host="https://union.example") if one.code == "call"]

    assert "2043年度立项的项目，每个项目一份总结表" in text.text
    assert "限报" not in text.text
