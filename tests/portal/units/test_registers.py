"""Every register (台账) lists, finds, filters, shows and exports, for the office and for auditors."""

from io import BytesIO
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from brands.admin import (
    ActivityRegister,
    AwardLevelRegister,
    AwardRegister,
    DisbursementRegister,
    ProjectRegister,
)
from brands.models import Project
from forms_app.admin.registers import EntryRegister
from portal.messaging.models import Channel, Message
from portal.messaging.register import MessageRegister
from portal.messaging.rendering import render
from portal.pinyin import is_found_by
from portal.units.admin import AuditRegister, MembershipRegister, PersonRegister, UnitRegister
from portal.units.auditing import record
from portal.units.models import Role, Unit, User
from tests.factories.projects import activity_of, project_in
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db


def test_people_stand_in_the_order_of_their_pinyin():
    for name in ("张示例", "阿示例", "李示例", "安示例"):
        person_with(Role.AUDITOR, name=name)

    assert [str(one) for one in User.objects.filter(name__endswith="示例")] == [
        "阿示例",
        "安示例",
        "李示例",
        "张示例",
    ]


# register: what one types, the filters one sets
REGISTERS = {
    UnitRegister: ("示例", "kind__exact=college"),
    MembershipRegister: ("示例", "held=now"),
    PersonRegister: ("示例", "is_active__exact=1"),
    AuditRegister: ("示例", "action__exact=sign_in"),
    EntryRegister: ("太极", "status__exact=approved"),
    ProjectRegister: ("太极", "status__exact=awarded"),
    ActivityRegister: ("晨练", "offered__exact=0"),
    DisbursementRegister: ("太极", "paid=no"),
    AwardRegister: ("十佳", ""),
    AwardLevelRegister: ("十佳", ""),
    MessageRegister: ("示例", "fate=waiting"),
}


@pytest.fixture(scope="module")
def made(made_once):
    """Something in every register, made once for the file."""

    def make():
        project_in("awarded")
        project = project_in("cultivating")
        activity_of(project, name="=1+1", participants=0)
        project.disbursements.create(amount=4000, recorded_by=User.objects.first())
        record("sign_in", person=User.objects.order_by("pk").first())
        Unit.objects.update(is_disciplinary=False)
        return project.pk

    return made_once(make)


@pytest.fixture
def filled(db, made):
    return Project.objects.get(pk=made)


@pytest.fixture(params=[Role.SCHOOL_UNION, Role.AUDITOR])
def reader(request, filled, client):
    client.force_login(person_with(request.param, name="示例读者"))
    return client


def rows_of(response):
    return [str(row) for row in response.context["object_list"]]


def exported(client, register, query=""):
    response = client.get(f"{register().url_helper.index_url}?export=xlsx&{query}")
    assert response.status_code == 200
    content = BytesIO(b"".join(response.streaming_content))
    return [list(row) for row in load_workbook(content).active.iter_rows()]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.__name__)
def test_every_register_works(reader, register):
    urls, (words, narrowed) = register().url_helper, REGISTERS[register]
    assert rows_of(reader.get(urls.index_url))
    assert rows_of(reader.get(f"{urls.index_url}?q={words}"))
    assert not rows_of(reader.get(f"{urls.index_url}?q=没有这样的"))
    found = reader.get(f"{urls.index_url}?{narrowed}")
    assert "e=1" not in found.request["QUERY_STRING"]
    assert rows_of(found)
    row = register.model.objects.order_by("pk").last()
    shown = reader.get(urls.get_action_url("inspect", row.pk), follow=True)
    assert shown.status_code == 200
    heading, *rows = exported(reader, register)
    assert rows
    assert all(cell.value for cell in heading)
    assert not any(cell.value in ("True", "False", "None") for row in rows for cell in row)
    assert not any(cell.data_type == "f" for row in rows for cell in row)


def test_no_register_reads_more_rows_than_it_shows(reader, django_assert_max_num_queries):
    for register in REGISTERS:
        table = f'FROM "{register.model._meta.db_table}"'
        with django_assert_max_num_queries(15) as asked:
            reader.get(register().url_helper.index_url)
        lists = [
            one["sql"]
            for one in asked.captured_queries
            if table in one["sql"] and "ORDER BY" in one["sql"] and "COUNT(" not in one["sql"]
        ]
        assert any(" LIMIT " in sql for sql in lists), (register.__name__, lists)
        assert not [sql for sql in lists if " LIMIT " not in sql], register.__name__


def test_nought_and_no_stay_what_they_are(reader, filled):
    [gathering] = filled.activities.filter(participants=0)
    unsent = Message.objects.filter(channel=Channel.EMAIL).first()

    assert [row[5].value for row in exported(reader, ActivityRegister)].count(0) == 1
    assert 0 in [row[5].value for row in exported(reader, MessageRegister)]
    assert exported(reader, UnitRegister)[1][4].value == "否"
    for register, row in ((ActivityRegister, gathering), (MessageRegister, unsent)):
        page = reader.get(register().url_helper.get_action_url("inspect", row.pk)).text
        assert "<dd>0" in page.replace(" ", "").replace("\n", "")


def test_times_in_an_export_are_those_of_the_clock_here(reader, filled):
    message = Message.objects.order_by("-created_at", "-pk").first()
    heading, first, *_rows = exported(reader, MessageRegister)

    written = first[[cell.value for cell in heading].index("产生时间")].value
    assert written.replace(microsecond=0) == timezone.localtime(message.created_at).replace(
        tzinfo=None, microsecond=0
    )


def test_a_message_is_shown_with_its_words(reader, filled):
    message = Message.objects.order_by("pk").last()

    page = reader.get(MessageRegister().url_helper.get_action_url("inspect", message.pk))

    assert all(escape(line) in page.text for line in render(message)[1].split("\n"))


def test_messages_are_found_by_what_they_are_about(reader, filled):
    address = MessageRegister().url_helper.index_url

    assert rows_of(reader.get(f"{address}?q={filled.title[:2]}"))


@pytest.mark.parametrize("typed", ["taiji", "tj", "shililuosan", "luosan", "ls"])
def test_pinyin_finds_from_any_character_on(typed):
    assert is_found_by("教职工太极拳协会", typed) or is_found_by("示例·罗三", typed)


def test_nobody_else_reads_a_register(filled, client):
    for register, role in product(REGISTERS, (None, Role.EXPERT, Role.FIRST_REVIEW)):
        client.logout()
        if role:
            client.force_login(person_with(role))
        urls = register().url_helper
        row = register.model.objects.first()
        for address in (
            urls.index_url,
            f"{urls.index_url}?export=xlsx",
            urls.get_action_url("inspect", row.pk),
        ):
            response = client.get(address)
            assert response.status_code in (302, 403, 404), address
            assert "示例" not in response.text


def test_a_letter_that_got_stuck_is_sent_again_by_the_office_only(filled, client):
    mail = Message.objects.filter(channel=Channel.EMAIL).first()
    Message.objects.filter(pk=mail.pk).update(error="550", attempts=6, gave_up_at=mail.created_at)
    again = reverse("messaging_send_again", args=[mail.pk])
    client.force_login(person_with(Role.AUDITOR))
    client.post(again)
    mail.refresh_from_db()
    assert mail.gave_up_at

    client.force_login(person_with(Role.SCHOOL_UNION))
    client.post(again)
    mail.refresh_from_db()
    assert mail.gave_up_at is None
    assert mail.attempts == 0


@pytest.mark.parametrize("register", [PersonRegister, MembershipRegister, DisbursementRegister])
def test_the_history_of_a_row_is_nobodys_to_read(filled, client, register):
    name = register.model._meta.label_lower.replace(".", "/")
    row = register.model.objects.first()

    for role in (Role.FIRST_REVIEW, Role.SCHOOL_UNION):
        client.force_login(person_with(role))
        assert client.get(f"/admin/{name}/history/{row.pk}/").status_code == 404


def test_money_is_added_up_over_all_that_is_listed(filled, client, monkeypatch):
    first, second = Project.objects.all()
    monkeypatch.setattr(ProjectRegister, "list_per_page", 1)
    client.force_login(person_with(Role.AUDITOR))

    page = client.get(reverse("brands_project_modeladmin_index")).content.decode()
    assert f"{first.granted + second.granted:,.2f}</b>" in page
    found = client.get(reverse("brands_project_modeladmin_index"), {"q": first.project_no})
    assert f"{first.granted:,.2f}</b>" in found.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/units/person/?is_active__exact=x",
        "/admin/units/auditrecord/?at__gte=x",
        "/admin/units/auditrecord/?at__gte=99999-01-01&at__lt=x",
        f"/admin/brands/disbursement/?year={'9' * 30}",
    ],
)
def test_a_filter_that_no_link_of_ours_holds_is_no_error_of_the_server(address, client):
    client.force_login(person_with(Role.SCHOOL_UNION))

    assert client.get(address).status_code in (200, 404)
