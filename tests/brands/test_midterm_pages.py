"""The pages of mid-term checks: who opens them, what is kept of what was typed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from brands.cultivation import checking
from brands.models import MidtermCheck, MidtermStatus
from portal.units.models import Post, Role
from portal.workspace import keeping
from tests.factories.forms import Cast
from tests.factories.projects import (
    MIDTERM_ANSWERS,
    activity_of,
    midterm_in,
    project_in,
    quick_call,
)
from tests.factories.units import UnitFactory, person_of, person_with

pytestmark = pytest.mark.django_db
TYPED = {name: str(value) for name, value in MIDTERM_ANSWERS.items()}
REGISTER = "brands_project_modeladmin_index"


@pytest.fixture(scope="module")
def asked(made_once):
    def make():
        midterm = midterm_in()
        activity_of(midterm.project, name="示例会演")
        return midterm.pk

    return made_once(make)


@pytest.fixture
def midterm(db, asked):
    return MidtermCheck.objects.select_related("project__unit").get(pk=asked)


@pytest.fixture
def project(midterm):
    return midterm.project


@pytest.fixture
def cast(project):
    return Cast(project.unit)


def text(response):
    return response.content.decode()


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


# --- the unit ------------------------------------------------------------------------------------


def test_the_unit_saves_a_draft_and_sends_it(client, midterm, cast):
    client.force_login(cast.officer)
    page = text(client.get(midterm.my_path))
    assert "示例会演" in page
    assert midterm.looks_at in page

    client.post(midterm.my_path, {"act": "save", "turn": 0, "progress": "刚开头"})
    assert "刚开头" in text(client.get(midterm.my_path))
    sent = client.post(midterm.my_path, {**TYPED, "act": "send", "turn": 1}, follow=True)

    midterm.refresh_from_db()
    assert midterm.status == MidtermStatus.SENT
    assert "六个练习点都开了课" in text(sent)
    assert 'name="progress"' not in text(sent)


def test_a_second_click_on_send_is_no_error(client, midterm, cast):
    client.force_login(cast.officer)

    answers = [
        client.post(midterm.my_path, {**TYPED, "act": "send", "turn": 0}) for _time in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert midterm.reports.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("progress", ""),
        ("progress", "字" * 801),
        ("problems", "字" * 501),
        ("spent", "-1"),
        ("spent", "1.234"),
        ("spent", "1e999999"),
        ("spent", "9" * 5000),
        ("spent", "一千"),
        ("spent", "NaN"),
        ("spent", "999999"),
    ],
)
def test_what_cannot_be_sent_stays_on_the_page_and_the_rest_is_a_draft(
    client, midterm, cast, field, value
):
    client.force_login(cast.officer)

    answer = client.post(midterm.my_path, {**TYPED, field: value, "act": "send", "turn": 0})

    assert answer.status_code == 422
    assert value in text(answer)
    midterm.refresh_from_db()
    assert midterm.status == MidtermStatus.ASKED
    assert midterm.next_steps == TYPED["next_steps"]


def test_control_characters_are_dropped_and_markup_is_text(client, midterm, cast):
    client.force_login(cast.officer)

    client.post(midterm.my_path, {"act": "save", "turn": 0, "progress": "好\x00<script>x</script>"})

    midterm.refresh_from_db()
    assert midterm.progress == "好<script>x</script>"
    assert "<script>x" not in text(client.get(midterm.my_path))


@pytest.mark.parametrize("turn", ["", "7", "-1", "x", "9" * 5000])
def test_words_over_others_words_are_shown_beside_them_first(client, midterm, cast, turn):
    checking.save_draft(midterm, actor=cast.chair, answers={"progress": "主席写的"}, based_on=0)
    client.force_login(cast.officer)

    answer = client.post(midterm.my_path, {**TYPED, "act": "save", "turn": turn})

    assert answer.status_code == 409
    assert "主席写的" in text(answer)
    assert "口袋教程" in text(answer)
    again = client.post(midterm.my_path, {**TYPED, "act": "save", "turn": answer.context["turn"]})
    assert again.status_code == 302


def test_what_was_typed_survives_an_expired_session(client, midterm, cast):
    mark = {keeping.WHOSE: keeping.mark_of(cast.officer)}

    sent = client.post(
        midterm.my_path,
        {"progress": "夜里写的", "turn": 0, "act": "save", **mark},
        headers={"origin": "http://testserver"},
    )
    client.force_login(cast.officer)
    back = client.get(midterm.my_path, {keeping.KEPT: sent.url.split("%3D")[-1]})

    assert "夜里写的" in text(back)


def test_who_does_not_carry_the_project_reads(client, midterm, cast):
    checking.save_draft(midterm, actor=cast.officer, answers={"progress": "草稿"}, based_on=0)

    for person in (cast.party, cast.office, person_with(Role.AUDITOR)):
        client.force_login(person)
        shown = client.get(midterm.my_path)
        assert shown.status_code == 200
        assert "草稿" not in text(shown)
        assert client.post(midterm.my_path, {**TYPED, "act": "send"}).status_code == 403


def test_for_others_it_is_not_there(client, midterm):
    for person in (person_of(UnitFactory()), person_with(Role.EXPERT)):
        client.force_login(person)
        assert client.get(midterm.my_path).status_code == 404
        assert client.post(midterm.my_path, TYPED).status_code == 404


def test_a_project_that_was_not_asked_has_no_page(client):
    project = project_in()
    client.force_login(Cast(project.unit).officer)

    assert client.get(f"{project.my_path}midterm/").status_code == 404


def test_sent_already_answers_409(client, midterm, cast):
    checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)
    client.force_login(cast.chair)

    assert client.post(midterm.my_path, {"act": "save", "progress": "晚了"}).status_code == 409


# --- the office ----------------------------------------------------------------------------------


def test_the_office_asks_some_of_a_years_projects(client):
    call = quick_call()
    chosen, other = project_in(call=call), project_in(call=call)
    own = project_in(call=call)
    office = person_with(Role.SCHOOL_UNION)
    own.unit.memberships.create(user=office, post=Post.PARTY)
    address = reverse("office_midterm_year", args=[call.programme_year.year])
    client.force_login(office)
    assert "请同事发起" in text(client.get(address))

    client.post(
        address,
        {
            "act": "ask",
            "projects": [chosen.pk],
            "due_on": in_days(9).isoformat(),
            "looks_at": "看经费",
        },
    )

    checks = MidtermCheck.objects.filter(project__in=[chosen, other, own])
    assert [one.project for one in checks] == [chosen]
    again = {"act": "ask", "projects": [chosen.pk], "due_on": in_days(9), "looks_at": "再看"}
    assert client.post(address, again).status_code == 302
    for wrong in ([own.pk], ["x"], []):
        answer = client.post(
            address,
            {
                "act": "ask",
                "projects": wrong,
                "due_on": in_days(9).isoformat(),
                "looks_at": "看经费",
            },
        )
        assert answer.status_code == 422
    assert not MidtermCheck.objects.filter(project=other).exists()
    assert MidtermCheck.objects.get(project=chosen).looks_at == "看经费"


def test_the_office_asks_one_project_on_its_page(client):
    project = project_in()
    client.force_login(Cast(project.unit).office)

    client.post(
        project.office_path,
        {"act": "midterm", "due_on": in_days(9).isoformat(), "looks_at": "看经费"},
    )

    assert project.midterm.looks_at == "看经费"


def test_the_office_reads_beside_the_plan_and_concludes(client, midterm, cast):
    checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)
    client.force_login(cast.office)
    page = text(client.get(midterm.office_path))
    assert "六个练习点都开了课" in page
    assert "示例会演" in page

    doubt = {"act": "conclude", "conclusion": "risk", "opinion": ""}
    assert client.post(midterm.office_path, doubt).status_code == 422
    client.post(midterm.office_path, {**doubt, "opinion": "经费没有动"})

    for person, path in (
        (cast.party, midterm.project.my_path),
        (cast.office, midterm.project.office_path),
    ):
        client.force_login(person)
        assert "存在风险" in text(client.get(path))
        assert "经费没有动" in text(client.get(path))


def test_the_office_gives_it_back_and_changes_its_day(client, midterm, cast):
    client.force_login(cast.office)
    client.post(midterm.office_path, {"act": "redate", "due_on": in_days(30).isoformat()})
    midterm.refresh_from_db()
    assert midterm.due_on == in_days(30)
    checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)

    client.post(
        midterm.office_path,
        {"act": "return", "reason": "写明经费", "until": in_days(3).isoformat()},
    )

    midterm.refresh_from_db()
    assert (midterm.status, midterm.due_on) == (MidtermStatus.RETURNED, in_days(3))


def test_the_office_reminds(client, midterm, cast):
    address = reverse("office_midterm_year", args=[midterm.project.programme_year.year])
    client.force_login(cast.office)

    answer = client.post(address, {"act": "remind"}, follow=True)

    assert "已提醒 1 个单位。" in text(answer)


@pytest.mark.parametrize("act", ["conclude", "return", "redate", "explode", ""])
def test_who_only_reads_changes_nothing(client, midterm, cast, act):
    checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)
    torn = person_with(Role.SCHOOL_UNION)
    midterm.project.unit.memberships.create(user=torn, post=Post.PARTY)

    for person in (person_with(Role.AUDITOR), torn):
        client.force_login(person)
        shown = text(client.get(midterm.office_path))
        assert 'name="act" value="conclude"' not in shown
        typed = {
            "act": act,
            "conclusion": "normal",
            "reason": "改",
            "until": in_days(3).isoformat(),
            "due_on": in_days(3).isoformat(),
        }
        assert client.post(midterm.office_path, typed).status_code in (200, 422)
    midterm.refresh_from_db()
    assert midterm.status == MidtermStatus.SENT


def test_outside_the_office_the_screens_are_not_there(client, midterm, cast):
    year = midterm.project.programme_year.year
    for person in (cast.officer, person_with(Role.EXPERT), person_with(Role.FIRST_REVIEW)):
        client.force_login(person)
        for path in (
            midterm.office_path,
            reverse("office_midterm"),
            reverse("office_midterm_year", args=[year]),
        ):
            assert client.get(path).status_code in (302, 403, 404)
            assert client.post(path, {"act": "remind"}).status_code in (302, 403, 404)


def test_the_register_filters_by_where_the_check_stands(client, midterm, cast):
    project_in(call=quick_call(programme_year=midterm.project.programme_year))
    client.force_login(cast.office)

    def numbers(code):
        shown = client.get(reverse(REGISTER), {"midterm": code})
        return [one.project_no for one in shown.context["object_list"]]

    assert numbers("missing") == [midterm.project.project_no]
    assert numbers("sent") == []
    assert midterm.project.project_no not in numbers("none")
    assert len(numbers("none")) == 1


def test_the_register_asks_no_more_for_more_rows(client, midterm, cast):
    client.force_login(cast.office)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(REGISTER))
        return len(queries)

    client.get(reverse(REGISTER))
    few = asked()
    call = quick_call(programme_year=midterm.project.programme_year)
    for _row in range(2):
        midterm_in(project=project_in(call=call))

    assert asked() == few
