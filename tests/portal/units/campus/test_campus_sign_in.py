"""People of the campus come in with the sign-in they have anyway, each to his own account."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms_app.review.inviting import invite
from portal.units.models import AuditAction, AuditRecord, AuditResult, Role, SignInTries, User
from portal.units.passwords import give_initial_passwords
from portal.workspace import keeping
from tests.browsing import read
from tests.factories.forms import CallFactory, Cast, draft
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with


@pytest.fixture(params=["cas", "issuer"])
def campus(request):
    """Either kind of campus, vouching for staff number 0012345."""
    server = request.getfixturevalue(request.param)
    server.user = "0012345"
    return server


def text(answer):
    return read(answer).decode() if answer.streaming else answer.content.decode()


def signed_in_as(client):
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).staff_no if key else None


def test_a_person_comes_in_by_staff_number(campus, walk):
    person_of(UnitFactory(), staff_no="0012345")
    client = Client()

    assert walk(client)["Location"] == "/my/"
    assert signed_in_as(client) == "0012345"
    assert client.get("/my/").status_code == 200


def test_the_sign_in_page_offers_the_campus_first(campus, client, db):
    page = text(client.get("/accounts/login/?next=/my/profile/"))

    assert '/accounts/campus/?next=%2Fmy%2Fprofile%2F"' in page
    assert page.index("用统一身份认证登录") < page.index('name="password"')
    assert '<details class="fold">' in page


def test_the_campus_is_called_what_the_university_calls_it(campus, client, db, settings):
    settings.SSO_LABEL = "智慧商大"

    assert "用智慧商大登录" in text(client.get("/accounts/login/"))


def test_after_a_wrong_password_the_local_form_stays_open(campus, sign_in):
    UserFactory(username="zhangsan")

    assert '<details class="fold" open>' in text(sign_in("zhangsan", "wrong"))


def test_without_a_campus_there_is_no_way_to_one(db, client):
    assert "/accounts/campus/" not in text(client.get("/accounts/login/"))
    assert client.get("/accounts/campus/").status_code == 404
    assert client.get("/accounts/campus/back/").status_code == 404


def test_the_wanted_page_comes_afterwards_with_what_was_typed(campus, walk):
    UserFactory(staff_no="0012345")
    wanted = "/my/profile/?kept=abc&tab=2"

    assert walk(target=wanted)["Location"] == wanted


def test_what_was_sent_after_the_session_ended_comes_back_filled_in(campus, walk):
    entry = draft(call=CallFactory())
    officer = Cast(entry.unit).officer
    User.objects.filter(pk=officer.pk).update(staff_no="0012345")
    client = Client()
    sent = client.post(
        reverse("forms_app:edit", args=[entry.pk]),
        {"f-slogan": "写了半小时的口号", "whose": keeping.mark_of(officer)},
        headers={"origin": "http://testserver"},
    )
    back = dict(parse_qsl(urlsplit(sent["Location"]).query))["next"]

    page = text(client.get(walk(client, back)["Location"]))

    assert "写了半小时的口号" in page
    assert "还没有保存" in page


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"],
)
def test_nobody_is_led_to_another_host(campus, walk, address):
    UserFactory(staff_no="0012345")

    assert walk(target=address)["Location"] == "/my/"


def test_two_tabs_can_be_under_way_at_once(campus, set_out):
    UserFactory(staff_no="0012345")
    client = Client()
    first, second = set_out(client, "/my/profile/"), set_out(client, "/my/")

    assert client.get(first)["Location"] == "/my/profile/"
    assert client.get(second)["Location"] == "/my/"


def test_the_office_comes_into_the_cms(campus, walk):
    person = person_with(Role.SCHOOL_UNION)
    User.objects.filter(pk=person.pk).update(staff_no="0012345")
    client = Client()

    assert walk(client, "/admin/")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_an_unknown_staff_number_lets_nobody_in_and_creates_nobody(campus, walk):
    UserFactory(staff_no="0012346")
    client = Client()
    answer = walk(client)

    assert answer.status_code == 403
    assert "这里没有您的账号" in text(answer)
    assert "请联系校工会办公室" in text(answer)
    assert "0012345" in text(answer)
    assert "再用统一身份认证登录" not in text(answer)
    assert signed_in_as(client) is None
    assert User.objects.count() == 1


def test_the_same_name_or_address_is_not_the_same_person(campus, walk):
    UserFactory(username="0012345", staff_no="1", name="张三", email="zhangsan@example.edu.cn")
    UserFactory(username="b", staff_no=None)
    client = Client()
    campus.claims = {"sub": "0012345", "email": "zhangsan@example.edu.cn", "name": "张三"}

    assert walk(client).status_code == 403
    assert signed_in_as(client) is None


def test_a_deactivated_person_stays_outside(campus, walk):
    UserFactory(staff_no="0012345", is_active=False)

    answer = walk()

    assert answer.status_code == 403
    assert "您的账号已停用" in text(answer)


def test_an_expert_by_invitation_keeps_to_his_own_door(campus, walk):
    office = person_with(Role.SCHOOL_UNION)
    until = timezone.localdate()
    invitation, _code = invite(
        CallFactory(), actor=office, name="示例外", email="a@b.cn", institution="示例", until=until
    )
    User.objects.filter(pk=invitation.user_id).update(staff_no="0012345")

    answer = walk()

    assert answer.status_code == 403
    assert "请从邀请链接进入" in text(answer)


def test_refusals_and_sign_ins_stand_in_the_audit_record(campus, walk):
    walk()
    person = UserFactory(staff_no="0012345")
    walk()

    records = AuditRecord.objects.order_by("pk").filter(action=AuditAction.CAMPUS_SIGN_IN)
    assert [(one.result, one.tried, one.person) for one in records] == [
        (AuditResult.FAILURE, "0012345", None),
        (AuditResult.SUCCESS, "0012345", person),
    ]
    assert "没有您的账号" in records[0].detail


def test_the_lock_out_counts_nothing_of_it(campus, walk, sign_in):
    UserFactory(username="zhangsan", staff_no="0012345", is_active=False)
    for _time in range(6):
        walk()
    User.objects.update(is_active=True)

    assert not SignInTries.objects.exists()
    assert sign_in("zhangsan").status_code == 302


def test_who_is_locked_out_with_his_password_still_comes_in_by_the_campus(campus, walk, sign_in):
    UserFactory(username="zhangsan", staff_no="0012345")
    for _time in range(5):
        sign_in("zhangsan", "wrong")

    assert walk().status_code == 302
    assert "已暂时锁定" in text(sign_in("zhangsan"))


def test_an_initial_password_that_was_never_used_holds_nobody_up(campus, walk, sign_in):
    person = UserFactory(username="zhangsan", staff_no="0012345")
    ((_person, password),) = give_initial_passwords([person])
    client, other = Client(), Client()
    sign_in("zhangsan", password, client=other)
    walk(client)

    assert client.get("/my/").status_code == 200
    assert other.get("/my/")["Location"].startswith("/accounts/password/change/")


def test_signing_out_says_that_the_campus_goes_on(campus, walk):
    UserFactory(staff_no="0012345")
    client = Client()
    walk(client)
    page = text(client.post("/accounts/logout/", follow=True))

    assert "统一身份认证还登录着" in page
    assert signed_in_as(client) is None


def test_who_came_with_his_password_is_told_nothing_of_the_campus(campus, sign_in):
    UserFactory(username="zhangsan")
    client = Client()
    sign_in("zhangsan", client=client)

    assert "统一身份认证还登录着" not in text(client.post("/accounts/logout/", follow=True))


def test_the_browser_is_known_from_then_on(campus, walk):
    UserFactory(staff_no="0012345")

    assert "known_device" in walk().cookies


def test_a_session_ends_with_the_account_and_with_the_campus(campus, walk, settings):
    UserFactory(staff_no="0012345")
    client, other = Client(), Client()
    walk(client)
    walk(other)
    settings.SSO_KIND = settings.SSO_URL = settings.SSO_CLIENT_ID = settings.SSO_CLIENT_SECRET = ""
    without = client.get("/my/profile/").status_code
    User.objects.update(is_active=False)

    assert without == 302
    assert other.get("/my/profile/").status_code == 302


def test_a_session_ends_when_its_staff_number_turns_out_to_be_somebody_elses(campus, walk):
    person = UserFactory(staff_no="0012345")
    client = Client()
    walk(client)
    User.objects.filter(pk=person.pk).update(staff_no="0054321")

    answer = client.get("/my/", follow=True)

    assert signed_in_as(client) is None
    assert "这个账号的工号已经更正" in text(answer)
    assert walk(client).status_code == 403


def test_who_has_signed_in_already_is_led_on(campus, db, client_of):
    client = client_of(UserFactory(staff_no="1"))

    assert client.get(f"/accounts/campus/?{urlencode({'next': '/my/'})}")["Location"] == "/my/"
