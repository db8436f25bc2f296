"""One's own data: see it, correct it, take it away."""

import pytest
from wagtail import hooks

from portal.units.models import Membership, Post
from tests.factories.units import UnitFactory, UserFactory, person_of


@pytest.fixture
def officer(db):
    unit = UnitFactory(name="会计学院工会")
    return person_of(unit, Post.CHAIR, name="示例甲", staff_no="0012345", phone="13800000000")


def test_people_see_what_is_kept_about_them(officer, client_of):
    page = client_of(officer).get("/my/profile/").content.decode()

    for words in ("示例甲", "0012345", "13800000000", officer.email, "会计学院工会 工会主席"):
        assert words in page


def test_people_correct_phone_and_address(officer, client_of):
    data = {"phone": "13900000000", "email": "new@example.com"}
    answer = client_of(officer).post("/my/profile/", data, follow=True)
    officer.refresh_from_db()

    assert (officer.phone, officer.email) == ("13900000000", "new@example.com")
    assert "已保存" in answer.content.decode()


def test_they_correct_nothing_else(officer, client_of):
    data = {"phone": "", "email": "", "name": "别人", "staff_no": "1", "is_superuser": "on"}
    client_of(officer).post("/my/profile/", data)
    officer.refresh_from_db()

    assert (officer.name, officer.staff_no, officer.is_superuser) == ("示例甲", "0012345", False)


@pytest.mark.parametrize("data", [{"phone": "1380000", "email": ""}, {"phone": "", "email": "x@"}])
def test_a_wrong_correction_is_explained_and_stays_in_the_form(officer, client_of, data):
    answer = client_of(officer).post("/my/profile/", data)
    officer.refresh_from_db()

    assert f'value="{data["phone"] or data["email"]}"' in answer.content.decode()
    assert officer.phone == "13800000000"


def test_the_export_holds_ones_own_data_and_nobody_elses(officer, client_of):
    UserFactory(name="示例乙")
    answer = client_of(officer).get("/my/profile/data/")
    data = answer.json()

    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert data["account"]["staff_no"] == "0012345"
    assert data["posts"][0]["unit"] == "会计学院工会"
    assert data["account_records"][0]["action"] == "sign_in"
    assert "示例乙" not in answer.content.decode()
    assert "password" not in data["account"]


def test_upper_floors_add_what_they_keep(officer, client_of):
    with hooks.register_temporarily("personal_data", lambda user: ("teas", [user.name])):
        data = client_of(officer).get("/my/profile/data/").json()

    assert data["teas"] == ["示例甲"]


@pytest.mark.parametrize("path", ["/my/profile/", "/my/profile/data/"])
def test_strangers_sign_in_first(db, client, path):
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_only_the_known_methods(officer, client_of):
    client = client_of(officer)

    assert client.delete("/my/profile/").status_code == 405
    assert client.post("/my/profile/data/").status_code == 405


def test_the_page_asks_as_often_for_one_post_as_for_ten(
    officer, client_of, django_assert_num_queries
):
    client = client_of(officer)
    client.get("/my/profile/")
    with django_assert_num_queries(5):
        client.get("/my/profile/")
    for _n in range(9):
        Membership.objects.create(user=officer, unit=UnitFactory(), post=Post.OFFICER)

    with django_assert_num_queries(5):
        client.get("/my/profile/")
