"""The CMS has the portal's door: no second sign-in, no circle, no way round."""

import pytest


def test_strangers_sign_in_at_the_portal_and_come_back(db, client):
    answer = client.get("/admin/pages/", follow=True)

    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Fpages%2F"


def test_the_cms_has_no_sign_in_of_its_own(db, client):
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).status_code == 405


@pytest.mark.parametrize("kind", ["officer", "expert"])
def test_people_without_business_in_the_cms_are_told_so_once(people, client_of, kind):
    answer = client_of(people[kind]).get("/admin/", follow=True)
    page = answer.content.decode()

    assert answer.status_code == 403
    assert len(answer.redirect_chain) == 1
    assert "管理后台由校工会办公室使用" in page
    assert "/accounts/logout/" in page
    assert {"officer": 'href="/my/"', "expert": 'href="/review/"'}[kind] in page


def test_signing_in_on_the_way_to_the_cms_without_business_there_ends_there_too(
    people, sign_in, client
):
    answer = sign_in(people["officer"].username, client=client, next_path="/admin/")
    last = client.get(answer["Location"], follow=True)

    assert last.status_code == 403


@pytest.mark.parametrize("kind", ["office", "reviewer", "auditor", "admin"])
def test_people_of_the_cms_pass(people, client_of, kind):
    client = client_of(people[kind])

    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/?next=/admin/pages/")["Location"] == "/admin/pages/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/admin/login/"])
def test_the_door_leads_nowhere_else(people, client_of, target):
    answer = client_of(people["office"]).get(f"/admin/login/?next={target}", follow=True)

    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == "/admin/"


def test_passwords_are_changed_in_one_place(people, client_of):
    client = client_of(people["office"])

    assert client.get("/admin/password_reset/").status_code == 404
    assert "old_password" not in client.get("/admin/account/").content.decode()


def test_the_cms_asks_nobody_for_a_first_and_a_last_name(people, client_of):
    assert "first_name" not in client_of(people["office"]).get("/admin/account/").content.decode()


def test_strangers_cannot_open_the_settings_of_the_cms(db, client):
    assert client.get("/admin/account/").status_code == 302
