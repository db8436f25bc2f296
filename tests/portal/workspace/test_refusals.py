"""What an act refuses because something changed while a view was at it is told in words, never an error of the server."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls
from portal.lifecycle.door import Refused
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in
from tests.factories.units import UserFactory

pytestmark = pytest.mark.django_db
WORDS = "项目刚刚结项，不能再上传。"


@signed_in
def too_late(request: HttpRequest) -> HttpResponse:
    """Stand for any view whose verb refuses after the view itself had asked."""
    raise Refused(WORDS, code="wrong_state")


urlpatterns = [path("my/too-late/", too_late), *urls.urlpatterns]


@pytest.fixture
def signed_in_client(client, settings):
    settings.ROOT_URLCONF = __name__
    person = UserFactory()
    client.force_login(person)
    client.whose = keeping.mark_of(person)
    return client


def test_it_is_told_on_a_page_with_the_way_back_to_what_was_typed(signed_in_client):
    posted = {"caption": "示例说明", "whose": signed_in_client.whose}
    answer = signed_in_client.post("/my/too-late/", posted, headers={"origin": "http://testserver"})

    assert answer.status_code == 409
    assert WORDS in answer.text
    assert f"/my/too-late/?{keeping.KEPT}=" in answer.text


def test_a_script_is_told_in_its_own_way(signed_in_client):
    answer = signed_in_client.post("/my/too-late/", headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()) == (409, {"message": WORDS})
