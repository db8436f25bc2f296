"""Nobody comes in with something forged, used, old, or meant for somebody else."""

import time

import pytest
import requests
import time_machine
from django.core.cache import cache
from django.core.checks import run_checks
from django.test import Client

from portal.units.campus.views import AT_MOST
from portal.units.models import AuditRecord
from tests.factories.units import UserFactory
from tests.portal.units.campus.servers import FOREIGN_KEY


@pytest.fixture(params=["cas", "issuer"])
def campus(request):
    """Either kind of campus, vouching for staff number 0012345."""
    server = request.getfixturevalue(request.param)
    server.user = "0012345"
    return server


@pytest.fixture(autouse=True)
def person(db):
    return UserFactory(staff_no="0012345")


def outside(client, answer, status=403):
    return answer.status_code == status and "_auth_user_id" not in client.session


def test_what_was_used_once_opens_nothing_again(campus, set_out):
    client = Client()
    address = set_out(client)
    client.get(address)
    client.logout()
    answer = client.get(address)

    assert outside(client, answer)
    assert "再用统一身份认证登录" in answer.content.decode()


def test_after_a_sign_out_the_campus_has_to_ask_for_the_password_again(campus, walk):
    """On a machine that several people use, one click must not open what was left."""
    client = Client()
    first = client.get("/accounts/campus/")["Location"]
    walk(client)
    client.post("/accounts/logout/")
    again = client.get("/accounts/campus/")["Location"]

    assert not {"renew=true", "prompt=login"} & set(first.split("&"))
    assert {"renew=true", "prompt=login"} & set(again.split("&"))
    assert walk(client)["Location"] == "/my/"


def test_after_an_idle_end_the_campus_has_to_ask_for_the_password_again(campus, walk):
    client = Client()
    with time_machine.travel(time.time() - 31 * 60):
        walk(client)

    assert client.get("/my/").status_code == 302
    again = client.get("/accounts/campus/")["Location"]
    assert {"renew=true", "prompt=login"} & set(again.split("&"))


def test_who_leaves_the_question_out_on_the_way_is_refused(campus, walk):
    client = Client()
    walk(client)
    client.post("/accounts/logout/")
    there = client.get("/accounts/campus/")["Location"]
    for asked in ("&renew=true", "&prompt=login", "&max_age=0"):
        there = there.replace(asked, "")
    with requests.get(there, allow_redirects=False, timeout=5) as answer:
        back = answer.headers["Location"].removeprefix("http://testserver")

    assert outside(client, client.get(back))


def test_what_another_browser_brought_home_is_refused(campus, set_out):
    attacker, victim = Client(), Client()
    set_out(victim)

    assert outside(victim, victim.get(set_out(attacker)))


def test_what_was_given_for_another_browsers_way_is_refused(campus, set_out):
    """Somebody puts his own ticket or code behind the mark of a victim, who would work in his name."""
    attacker, victim = Client(), Client()
    stolen = set_out(attacker)
    mine = set_out(victim)
    mark = mine.partition("state=")[2].partition("&")[0]
    brought = next(part for part in stolen.partition("?")[2].split("&") if "state=" not in part)

    assert outside(victim, victim.get(f"/accounts/campus/back/?state={mark}&{brought}"))


@pytest.mark.parametrize(
    "brought", ["", "ticket=&code=", "ticket=ST-forged&code=forged", "error=access_denied"]
)
def test_a_forged_ticket_is_refused(campus, set_out, brought):
    client = Client()
    mark = set_out(client).partition("state=")[2].partition("&")[0]

    assert outside(client, client.get(f"/accounts/campus/back/?state={mark}&{brought}"))
    assert not AuditRecord.objects.exists()


@pytest.mark.parametrize("query", ["", "?state=", "?state=forged&ticket=ST-1&code=1", "?state=%00"])
def test_who_was_not_sent_by_us_is_refused_and_leaves_no_record(campus, client, query):
    assert outside(client, client.get(f"/accounts/campus/back/{query}"))
    assert not AuditRecord.objects.exists()


def test_a_way_that_took_too_long_is_refused(campus, set_out):
    client = Client()
    address = set_out(client)
    with time_machine.travel(time.time() + 16 * 60):
        assert outside(client, client.get(address))


@pytest.mark.parametrize(
    "bent",
    [
        {"iss": "https://login.other.example"},
        {"aud": "another portal"},
        {"aud": ["portal", "another portal"], "azp": "another portal"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
    ],
)
def test_a_token_for_somebody_else_or_of_another_time_is_refused(issuer, walk, bent):
    client = Client()
    issuer.bent = bent

    assert outside(client, walk(client))


def test_a_token_signed_by_somebody_else_is_refused(issuer, walk):
    client = Client()
    issuer.key = FOREIGN_KEY

    assert outside(client, walk(client))


def test_a_token_signed_with_an_unknown_key_is_refused(issuer, walk):
    client = Client()
    issuer.key_name = "second"

    assert outside(client, walk(client))


@pytest.mark.parametrize(("way", "key"), [("none", None), ("HS256", "known to everybody" * 2)])
def test_a_token_that_anybody_could_have_signed_is_refused(issuer, walk, way, key):
    client = Client()
    issuer.way, issuer.key = way, key

    assert outside(client, walk(client))


@pytest.mark.parametrize("claim", [12345, 12345.0, ["0012345"], {"0012345": 1}, True, None, ""])
def test_a_claim_of_another_type_is_nobodys_number(issuer, walk, settings, claim):
    client = Client()
    settings.SSO_STAFF_NO = "employee_no"
    issuer.claims = {"sub": "u1", "employee_no": claim}

    assert outside(client, walk(client))


@pytest.mark.both
@pytest.mark.parametrize(
    "claim", ["12345", " 0012345", "0012345 ", "０012345", "0012345\0", "9" * 500]
)
def test_a_number_is_compared_letter_for_letter(issuer, walk, claim):
    client = Client()
    issuer.claims = {"sub": claim}

    assert outside(client, walk(client))


def test_the_number_may_stand_in_a_claim_or_in_the_user_info(issuer, walk, settings):
    settings.SSO_STAFF_NO = "employee_no"
    issuer.claims = {"sub": "u1", "employee_no": "0012345"}
    in_token = walk().status_code
    issuer.claims, issuer.info = {"sub": "u1"}, {"employee_no": "0012345"}

    assert in_token == 302
    assert walk().status_code == 302


def test_the_user_info_of_somebody_else_is_refused(issuer, walk, settings):
    client = Client()
    settings.SSO_STAFF_NO = "employee_no"
    issuer.claims, issuer.info = {"sub": "u1"}, {"sub": "u2", "employee_no": "0012345"}

    assert outside(client, walk(client))


def test_the_secret_may_travel_in_the_form(issuer, walk):
    issuer.methods = ["client_secret_post"]

    assert walk().status_code == 302


def test_the_number_may_be_an_attribute_of_cas(cas, walk, settings):
    settings.SSO_STAFF_NO = "employeeNumber"
    cas.attributes = [("mail", "a@example.edu.cn"), ("employeeNumber", "0012345")]

    assert walk().status_code == 302


@pytest.mark.parametrize(
    "attributes",
    [[], [("employeeNumber", "0012345"), ("employeeNumber", "0012346")], [("employeeNumber", "")]],
)
def test_an_attribute_that_is_missing_or_says_two_things_is_nobodys_number(
    cas, walk, settings, attributes
):
    client = Client()
    settings.SSO_STAFF_NO = "employeeNumber"
    cas.attributes = attributes

    assert outside(client, walk(client))


def test_an_older_cas_serves_too(cas, walk):
    cas.user = "0012345"
    cas.validation = "/serviceValidate"

    assert walk().status_code == 302


def test_a_campus_that_is_away_is_told_in_words(campus, set_out, settings):
    client = Client()
    address = set_out(client)
    settings.SSO_URL = "http://127.0.0.1:9"

    answer = client.get(address)

    assert outside(client, answer, 503)
    assert "暂时没有应答" in answer.content.decode()


@pytest.mark.parametrize(
    "body", [b"<html>maintenance", b"", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
def test_a_cas_that_answers_something_else_is_told_in_words(cas, set_out, monkeypatch, body):
    client = Client()
    address = set_out(client)
    monkeypatch.setattr(cas, "answer", lambda *request: (200, {}, body))

    assert outside(client, client.get(address), 503)


def test_a_description_of_another_issuer_is_not_followed(issuer, client):
    issuer.bent = {"issuer": "https://login.other.example"}

    assert client.get("/accounts/campus/").status_code == 503


def test_an_issuer_that_failed_is_left_alone_for_a_moment(issuer, client, monkeypatch):
    asked = []

    def broken(*request):
        asked.append(request)
        return 503, {}, b""

    answer = issuer.answer
    with time_machine.travel(time.time(), tick=False) as clock:
        monkeypatch.setattr(issuer, "answer", broken)
        statuses = {client.get("/accounts/campus/").status_code for _time in range(4)}
        monkeypatch.setattr(issuer, "answer", answer)
        clock.shift(21)
        later = client.get("/accounts/campus/")

    assert (statuses, len(asked)) == ({503}, 1)
    assert later.status_code == 302


def test_half_a_description_is_not_kept(issuer, client):
    issuer.bent = {"issuer": ""}
    with time_machine.travel(time.time(), tick=False) as clock:
        half = client.get("/accounts/campus/")
        issuer.bent = {}
        clock.shift(21)
        whole = client.get("/accounts/campus/")

    assert (half.status_code, whole.status_code) == (503, 302)


@pytest.mark.parametrize("address", ["/accounts/campus/", "/accounts/campus/back/?state=forged"])
def test_one_address_goes_there_and_back_only_so_often(campus, client, address):
    kept = f"campus:{client.get(address).wsgi_request.META['REMOTE_ADDR']}"
    cache.set(kept, AT_MOST)

    answer = client.get(address)

    assert answer.status_code == 429
    assert "登录得太频繁" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SSO_URL": "https://cas.example.edu.cn"}, "SSO_KIND is not set"),
        ({"SSO_KIND": "saml", "SSO_URL": "https://cas.example.edu.cn"}, "SSO_KIND is “saml”"),
        ({"SSO_KIND": "cas"}, "SSO_URL is not set"),
        ({"SSO_KIND": "cas", "SSO_URL": "http://cas.example.edu.cn"}, "https://"),
        ({"SSO_KIND": "cas", "SSO_URL": "https://[cas"}, "https://"),
        (
            {"SSO_KIND": "oidc", "SSO_URL": "https://login.example.edu.cn"},
            "SSO_CLIENT_SECRET is not",
        ),
    ],
)
def test_settings_that_are_not_whole_stop_the_start_and_open_no_door(client, settings, given, said):
    for name, value in given.items():
        setattr(settings, name, value)

    assert any(said in problem.msg for problem in run_checks())
    assert client.get("/accounts/campus/").status_code == 404
