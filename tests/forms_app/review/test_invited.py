"""Experts from outside: a link and a code, one call, a limited time; and blind review."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms_app.engine.kinds import KINDS
from forms_app.engine.schema import fields_of
from forms_app.models import CallPage, Invitation
from forms_app.review import inviting
from forms_app.review.blind import schema_for_experts
from forms_app.review.panel import experts_of
from forms_app.review.reviewing import assign, assigned_to
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.units.models import AuditRecord, User
from portal.units.passwords import give_initial_passwords
from portal.units.people import set_active
from tests.factories.answers import complete_application_answers, default_schema
from tests.factories.forms import CallFactory, entry_in, form_with
from tests.forms_app.review.conftest import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(quick, office):
    """An invitation with its code."""
    return inviting.invite(
        quick,
        actor=office,
        name="示例外校专家",
        email="outside@example.com",
        institution="示例大学",
        until=timezone.localdate() + timedelta(days=7),
    )


def test_the_link_comes_by_mail_and_the_code_does_not(invited):
    invitation, code = invited

    messages = Message.objects.filter(recipient=invitation.user)

    assert {one.channel for one in messages} == {"inbox", "email"}
    assert {one.path for one in messages} == {inviting.link_to(invitation)}
    assert all(code not in str(one.context) for one in messages)
    assert code not in invitation.code
    assert not invitation.user.has_usable_password()


def test_link_and_code_open_the_door_to_this_call_only(invited, quick, office, client):
    invitation, code = invited
    [mine] = assign(entry_in("in_review", call=quick), experts=[invitation.user], actor=office)
    elsewhere = entry_in("in_review", call=CallFactory(needs_chair=False, needs_party=False))

    answer = client.post(inviting.link_to(invitation), {"code": f"{code[:4]} {code[4:]}"})

    assert answer.url == "/review/"
    assert client.get(page(mine)).status_code == 200
    assert client.get("/admin/").status_code in (302, 403)
    with pytest.raises(Refused, match="没有受邀"):
        assign(elsewhere, experts=[invitation.user], actor=office)
    assert invitation.user not in experts_of(elsewhere.call)


def test_five_wrong_codes_lock_the_right_one_out_too(invited, client):
    invitation, code = invited
    link = inviting.link_to(invitation)

    wrong = [client.post(link, {"code": "11111111"}) for _n in range(5)]
    right = client.post(link, {"code": code})

    assert {one.status_code for one in wrong} == {422}
    assert right.status_code == 429
    assert "输错次数过多" in right.text
    assert AuditRecord.objects.filter(person=invitation.user, action="lock").exists()


def test_a_new_code_lifts_the_lock_as_the_page_promises(invited, office, client):
    invitation, _code = invited
    link = inviting.link_to(invitation)
    for _n in range(5):
        client.post(link, {"code": "11111111"})

    code = inviting.renew(invitation, actor=office, until=timezone.localdate())

    assert client.post(link, {"code": code}).url == "/review/"


@pytest.mark.parametrize("how", ["revoked", "expired", "forged"])
def test_a_void_link_opens_nothing_and_ends_what_was_open(how, invited, quick, office, client):
    invitation, code = invited
    [mine] = assign(entry_in("in_review", call=quick), experts=[invitation.user], actor=office)
    link = inviting.link_to(invitation)
    client.post(link, {"code": code})
    if how == "revoked":
        inviting.revoke(invitation, actor=office)
    elif how == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    else:
        link = f"{link[:-3]}xx/"
        client.logout()

    assert client.post(link, {"code": code}).status_code == 404
    assert client.get(page(mine)).status_code in (302, 404)
    if how != "forged":
        assert not assigned_to(invitation.user).exists()
        assert invitation.user not in experts_of(quick)


def test_a_new_code_replaces_the_old_one(invited, office):
    invitation, code = invited
    inviting.revoke(invitation, actor=office)

    renewed = inviting.renew(invitation, actor=office, until=timezone.localdate())

    invitation = Invitation.objects.select_related("user").get()
    assert (invitation.is_valid, invitation.user.is_active) == (True, True)
    assert inviting.opens(invitation, renewed)
    assert not inviting.opens(invitation, code)


def test_only_the_office_invites(quick, expert):
    with pytest.raises(Refused, match="校工会"):
        inviting.invite(
            quick,
            actor=expert,
            name="甲",
            email="a@example.com",
            institution="乙",
            until=timezone.localdate(),
        )


def test_blind_review_withholds_who_it_is_and_keeps_the_plan(office, expert, desk):
    call = CallFactory(
        form=form_with(default_schema("application")),
        needs_chair=False,
        needs_party=False,
        is_blind=True,
    )
    answers = complete_application_answers()
    entry = entry_in("in_review", call=call, answers=answers)
    [mine] = assign(entry, experts=[expert], actor=office)

    pages = [desk.get(page(mine, name)).text for name in ("entry", "confirm", "recuse")]
    pages.append(desk.get("/review/").text)

    for shown in pages:
        for secret in (entry.unit.name, answers["leader_name"], answers["contact_name"]):
            assert secret not in shown
        for member in answers["members"]:
            assert member["name"] not in shown
    assert answers["goals"][:20] in pages[0]


def test_blind_or_not_is_a_setting_of_the_call(office):
    drawn = default_schema("application")
    helpers = {"key": "helpers", "kind": "people", "label": "志愿者", "help": "", "public": False}
    drawn["sections"][1]["fields"].append(
        {**helpers, "required": False, "options": KINDS["people"].compiled({})}
    )
    entry = entry_in("draft", call=CallFactory(form=form_with(drawn), is_blind=True))

    def keys():
        schema = schema_for_experts(entry, entry.form_version.schema)
        return {field["key"] for field in fields_of(schema)}

    blind = keys()
    entry.call = CallPage(is_blind=False)

    names = {"leader_name", "members", "helpers", "unit", "partner_units", "signed_scan"}
    assert names <= keys() - blind
    assert {"title", "goals", "budget_items"} <= blind


@pytest.fixture
def inside(invited, client):
    """The browser of an invited expert who has come in by link and code."""
    invitation, code = invited
    client.post(inviting.link_to(invitation), {"code": code})
    assert client.get("/review/").status_code == 200
    return client


@pytest.mark.parametrize("by", ["email", "username"])
def test_an_invited_expert_gets_no_password_by_mail(by, invited, client):
    invitation, _code = invited

    answer = client.post(
        "/accounts/password/reset/", {"email": getattr(invitation.user, by)}, follow=True
    )

    assert "请查收邮件" in answer.text
    assert not Message.objects.filter(kind="password_link").exists()


def test_somebody_of_the_same_address_still_gets_his(invited, client, expert):
    expert.email = invited[0].user.email.upper()
    expert.save()

    client.post("/accounts/password/reset/", {"email": expert.email})

    [letter] = Message.objects.filter(kind="password_link")
    assert letter.recipient == expert


def test_nor_from_the_office_nor_by_choosing_one_himself(invited, inside, office):
    person = invited[0].user
    desk = Client()
    desk.force_login(office)

    refused = desk.post(reverse("units_initial_password", args=[person.pk]), follow=True)
    own = inside.get("/accounts/password/change/", follow=True)

    assert "没有密码" in refused.text
    assert give_initial_passwords([person]) == []
    assert "您的账号没有密码" in own.text
    assert "修改密码" not in own.text
    assert not User.objects.get(pk=person.pk).has_usable_password()


def test_a_password_got_in_whatever_way_opens_nothing(invited, client):
    person = invited[0].user
    person.set_password("demo-2026-brand")
    person.save()

    answer = client.post(
        "/accounts/login/", {"login": person.username, "password": "demo-2026-brand"}
    )

    assert "用户名（工号）或密码不正确" in answer.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("how", ["revoked", "expired", "deactivated"])
def test_the_end_of_an_invitation_ends_what_was_open_everywhere(how, invited, inside, office):
    invitation, code = invited
    if how == "revoked":
        inviting.revoke(invitation, actor=office)
    elif how == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    else:
        set_active(invitation.user, active=False, actor=office)

    for address in ("/review/", "/review/overview/", "/my/", "/my/profile/", "/my/profile/data/"):
        answer = inside.get(address)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")
    assert Client().post(inviting.link_to(invitation), {"code": code}).status_code == 404
