"""Before the first project every list invites, and nothing breaks."""

import pytest

from tests.factories.forms import Cast
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_wall_invites(client):
    text = text_of(client, "/brands/")

    assert "第一批品牌正在培育" in text
    assert 'href="/calls/"' in text


def test_the_units_list_invites(client):
    client.force_login(Cast(UnitFactory()).officer)

    assert "还没有立项的项目" in text_of(client, "/my/projects/")


def test_the_home_page_stands(client):
    assert text_of(client, "/")


def test_the_api_has_an_empty_list(client):
    answer = client.get("/api/v2/pages/?type=brands.BrandPage&fields=*").json()

    assert answer["meta"]["total_count"] == 0
