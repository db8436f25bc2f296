"""The office's screens of people, units and import; who may use which."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from portal.units.models import (
    AuditAction,
    AuditRecord,
    Membership,
    PeopleImport,
    Post,
    Role,
    RoleGroup,
    Unit,
    User,
)
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with
from tests.portal.units.workbooks import of_people, of_units, opened

READ = [
    "/admin/units/unit/",
    "/admin/units/membership/",
    "/admin/units/person/",
    "/admin/units/auditrecord/",
]
MANAGE = [
    "/admin/units/unit/create/",
    "/admin/units/membership/create/",
    "/admin/units/person/create/",
    "/admin/units/import/",
    "/admin/units/import/template/",
]


def admitted(client, path):
    return client.get(path).status_code == 200


@pytest.mark.parametrize("path", READ)
def test_office_and_auditors_read_the_registers(people, client_of, path):
    can = {kind for kind, person in people.items() if admitted(client_of(person), path)}

    assert can == {"office", "auditor", "admin"}


@pytest.mark.parametrize("path", MANAGE)
def test_the_office_keeps_units_and_people(people, client_of, path):
    can = {kind for kind, person in people.items() if admitted(client_of(person), path)}

    assert can == {"office", "admin"}


@pytest.mark.parametrize("path", [*READ, *MANAGE])
def test_strangers_sign_in_first(db, client, path):
    assert client.get(path).status_code == 302


def test_nobody_edits_or_deletes_audit_records_or_deletes_units_and_people(people, client_of):
    record, unit = AuditRecord.objects.create(action=AuditAction.SIGN_IN), Unit.objects.get()
    client = client_of(people["admin"])

    for path in (
        f"auditrecord/edit/{record.pk}/",
        f"auditrecord/delete/{record.pk}/",
        "auditrecord/create/",
        f"unit/delete/{unit.pk}/",
        f"person/delete/{people['officer'].pk}/",
    ):
        assert client.post(f"/admin/units/{path}").status_code == 302
    client.post(f"/admin/users/{people['officer'].pk}/delete/")
    assert AuditRecord.objects.filter(pk=record.pk).exists()
    assert Unit.objects.exists()
    assert User.objects.filter(pk=people["officer"].pk).exists()


def test_wagtails_user_management_is_for_superusers(people, client_of):
    can = {kind for kind, p in people.items() if admitted(client_of(p), "/admin/users/")}

    assert can == {"admin"}


def test_superusers_give_groups_in_wagtails_user_management(people, client_of):
    client, officer = client_of(people["admin"]), people["officer"]
    group = people["reviewer"].groups.get()
    data = {"username": officer.username, "name": "新名", "groups": [group.pk], "is_active": "on"}

    assert "工号" in client.get(f"/admin/users/edit/{officer.pk}/").content.decode()
    assert client.post(f"/admin/users/edit/{officer.pk}/", data).status_code == 302
    officer = User.objects.get(pk=officer.pk)
    assert officer.name == "新名"
    assert Role.FIRST_REVIEW in officer.roles


def test_superusers_create_accounts_in_wagtails_user_management(people, client_of):
    data = {"username": "reviewer9", "name": "示例审", "email": ""}

    client_of(people["admin"]).post("/admin/users/new/", data)
    assert not User.objects.get(username="reviewer9").has_usable_password()


def test_the_office_adds_a_person_and_gets_an_initial_password_once(people, client_of, sign_in):
    client = client_of(people["office"])
    data = {"name": "示例甲", "staff_no": "0012", "phone": "13800000000", "is_expert": "on"}
    answer = client.post("/admin/units/person/create/", data)
    person = User.objects.get(staff_no="0012")
    page = client.post(answer["Location"])
    password = page.context["password"]

    assert (person.username, Role.EXPERT in person.roles) == ("0012", True)
    assert password in page.content.decode()
    assert password not in client.get(answer["Location"]).content.decode()
    assert sign_in("0012", password).status_code == 302
    assert person.must_change_password


def test_an_expert_from_outside_has_a_user_name_only(people, client_of):
    data = {"name": "示例乙", "username": "expert.b", "is_expert": "on"}
    client_of(people["office"]).post("/admin/units/person/create/", data)

    assert User.objects.get(username="expert.b").staff_no is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": ""}, "name"),
        ({"name": "示例甲"}, "staff_no"),
        ({"name": "示例甲", "staff_no": "taken"}, "staff_no"),
        ({"name": "示例甲", "username": "0099"}, "username"),
        ({"name": "示例甲", "staff_no": "1", "phone": "12"}, "phone"),
        ({"name": "示例甲", "staff_no": "1", "email": "x"}, "email"),
        ({"name": "示例甲", "staff_no": "1/2"}, "staff_no"),
    ],
)
def test_a_bad_person_is_explained_by_the_field(people, client_of, data, words):
    UserFactory(username="taken", staff_no="0099")
    answer = client_of(people["office"]).post("/admin/units/person/create/", data)

    assert words in answer.context["form"].errors


def test_the_office_corrects_and_deactivates_a_person(people, client_of, sign_in):
    client, person = client_of(people["office"]), people["officer"]
    data = {"name": "示例丙", "staff_no": "77", "username": person.username, "email": ""}
    client.post(f"/admin/units/person/edit/{person.pk}/", data)
    client.post(f"/admin/units/people/{person.pk}/active/", {"active": "no"})
    person.refresh_from_db()

    assert (person.name, person.staff_no, person.is_active) == ("示例丙", "77", False)
    assert sign_in(person.username).status_code == 200

    client.post(f"/admin/units/people/{person.pk}/active/", {"active": "yes"})
    assert AuditRecord.objects.filter(person=person, action=AuditAction.ACTIVATE).exists()


@pytest.mark.parametrize("kind", ["office", "reviewer", "auditor", "admin"])
def test_the_office_cannot_take_over_accounts_of_the_cms(people, client_of, kind):
    other = people[kind] if kind != "office" else person_with(Role.SCHOOL_UNION)
    before = other.password
    client = client_of(people["office"])

    assert client.get(f"/admin/units/person/edit/{other.pk}/").status_code == 302
    client.post(f"/admin/units/people/{other.pk}/initial-password/")
    client.post(f"/admin/units/people/{other.pk}/active/", {"active": "no"})
    other.refresh_from_db()
    assert (other.password, other.is_active) == (before, True)


@pytest.mark.parametrize("kind", ["officer", "expert", "reviewer", "auditor"])
def test_others_manage_nobody(people, client_of, kind):
    other, client = person_of(UnitFactory()), client_of(people[kind])
    before = other.password

    client.post(f"/admin/units/people/{other.pk}/initial-password/")
    client.post(f"/admin/units/people/{other.pk}/active/", {"active": "no"})
    client.post(f"/admin/units/person/edit/{other.pk}/", {"name": "x", "staff_no": "1"})
    client.post("/admin/units/import/", {"file": upload(of_people(["1", "甲"]))})
    other.refresh_from_db()
    assert (other.password, other.is_active, other.staff_no) == (before, True, None)
    assert not PeopleImport.objects.exists()


def test_nobody_deactivates_himself(people, client_of):
    admin = people["admin"]
    client_of(admin).post(f"/admin/units/people/{admin.pk}/active/", {"active": "no"})
    admin.refresh_from_db()

    assert admin.is_active


def test_deactivating_takes_a_post(people, client_of):
    path = f"/admin/units/people/{people['officer'].pk}/active/"

    assert client_of(people["office"]).get(path).status_code == 405


def upload(content, name="名单.xlsx"):
    file = io.BytesIO(content)
    file.name = name
    return file


def test_the_whole_import_from_upload_to_the_list_of_passwords(people, client_of, sign_in):
    client = client_of(people["office"])
    content = of_people(["0012", "示例甲", "13800000000"], ["0013", "示例乙"])
    checked = client.post("/admin/units/import/", {"file": upload(content)})
    page = client.get(checked["Location"]).content.decode()
    assert "示例甲（0012）" in page
    assert not User.objects.filter(staff_no="0012").exists()

    client.post(checked["Location"])
    done = client.get(checked["Location"]).content.decode()
    assert "人员：新增 2" in done

    answer = client.post(f"{checked['Location']}passwords/")
    rows = opened(answer.content)
    assert rows[0] == ["工号", "姓名", "用户名", "初始密码"]
    assert rows[1][:3] == ["0012", "示例甲", "0012"]
    assert sign_in("0012", rows[1][3]).status_code == 302

    again = opened(client.post(f"{checked['Location']}passwords/").content)
    assert [row[0] for row in again[1:]] == ["0013"]
    assert sign_in("0013", rows[2][3]).status_code == 200


def test_a_workbook_with_errors_shows_them_by_row_and_column(people, client_of):
    answer = client_of(people["office"]).post(
        "/admin/units/import/", {"file": upload(of_people(["1", "甲", "12"]))}
    )
    page = answer.content.decode()

    assert "<td>人员</td>" in page
    assert "<td>手机</td>" in page
    assert "不是 11 位手机号" in page


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "名单.xlsx", "0 字节"),
        (b"x", "名单.xls", "另存为 .xlsx"),
        (b"MZ" + bytes(100), "名单.xlsx", "不是 Excel"),
        (bytes(6 * 1024 * 1024), "名单.xlsx", "超过 5 MB"),
    ],
)
def test_bad_files_are_refused_in_words(people, client_of, content, name, words):
    answer = client_of(people["office"]).post(
        "/admin/units/import/", {"file": upload(content, name)}
    )

    assert words in answer.content.decode()


def test_an_upload_without_a_file_is_refused_in_words(people, client_of):
    assert "请选择" in client_of(people["office"]).post("/admin/units/import/").content.decode()


def test_data_changed_after_the_dry_run_are_shown_anew_before_confirming(people, client_of):
    unit = UnitFactory(code="kj", name="旧名")
    client = client_of(people["office"])
    path = client.post(
        "/admin/units/import/", {"file": upload(of_units(["kj", "新名", "学院工会"]))}
    )["Location"]
    client.get(path)
    unit.name = "别名"
    unit.save()

    page = client.post(path, follow=True).content.decode()
    assert "数据有了变动" in page
    assert "<del>别名</del>" in page
    client.post(path)
    unit.refresh_from_db()
    assert unit.name == "新名"


def test_an_upload_belongs_to_whom_uploaded_it(people, client_of):
    path = client_of(people["office"]).post(
        "/admin/units/import/", {"file": upload(of_people(["1", "甲"]))}
    )["Location"]
    other = client_of(person_with(Role.SCHOOL_UNION))

    assert other.get(path).status_code == 404
    assert other.post(path).status_code == 404
    assert other.post(f"{path}passwords/").status_code == 404


def test_the_list_of_passwords_takes_a_post(people, client_of):
    client = client_of(people["office"])
    path = client.post("/admin/units/import/", {"file": upload(of_people(["1", "甲"]))})["Location"]

    assert client.get(f"{path}passwords/").status_code == 405


def test_the_import_needs_the_csrf_token(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["office"])

    assert client.post("/admin/units/import/").status_code == 403


def exported(client, name):
    answer = client.get(f"/admin/units/{name}/?export=xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [list(row) for row in book.active.values]


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")
def test_exports_keep_zeros_and_formulas_harmless(people, client_of):
    UnitFactory(code="a", name="=1+1", member_count=0, is_disciplinary=False, order=0)
    row = next(row for row in exported(client_of(people["office"]), "unit") if row[0] == "a")

    assert row[1] == "=1+1"
    assert row[3:5] == ["学院工会", "否"]
    assert row[7] == 0


@pytest.mark.parametrize("name", ["membership", "person", "auditrecord"])
def test_every_register_exports(people, client_of, name):
    assert len(exported(client_of(people["auditor"]), name)) > 1


def test_there_is_no_csv(people, client_of):
    answer = client_of(people["office"]).get("/admin/units/unit/?export=csv")

    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("term", ["张三", "zs", "ZS", "0012"])
def test_people_are_found_by_name_initials_and_number(people, client_of, term):
    UserFactory(name="张三", staff_no="0012")
    UserFactory(name="李四", staff_no="0034")
    page = client_of(people["office"]).get(f"/admin/units/person/?q={term}").content.decode()

    assert "张三" in page
    assert "李四" not in page


@pytest.mark.parametrize("who", ["admin", "office"])
def test_registers_ask_as_often_for_three_rows_as_for_thirty(
    people, client_of, who, django_assert_max_num_queries
):
    client, names = client_of(people[who]), ("unit", "membership", "person", "auditrecord")

    def asked(name, most):
        client.get(f"/admin/units/{name}/")
        with django_assert_max_num_queries(most) as queries:
            client.get(f"/admin/units/{name}/")
        return len(queries)

    def add(times):
        for _n in range(times):
            person = person_of(UnitFactory(host=UnitFactory()))
            AuditRecord.objects.create(action=AuditAction.SIGN_IN, person=person, actor=person)

    add(3)
    few = {name: asked(name, 15) for name in names}
    add(27)
    for name in names:
        asked(name, few[name])


def test_the_office_ends_a_post_and_adds_the_successor(people, client_of):
    client, held = client_of(people["office"]), Membership.objects.get()
    successor = UserFactory()
    old = {"user": held.user_id, "unit": held.unit_id, "post": "officer", "since": held.since}
    client.post(f"/admin/units/membership/edit/{held.pk}/", {**old, "until": held.since})
    new = {**old, "user": successor.pk, "until": ""}
    client.post("/admin/units/membership/create/", new)

    assert Membership.objects.get(user=successor).post == Post.OFFICER
    held.refresh_from_db()
    assert held.until == held.since


def test_a_term_that_overlaps_is_refused_in_words(people, client_of):
    held = Membership.objects.get()
    data = {"user": held.user_id, "unit": held.unit_id, "post": "officer", "since": "2020-01-01"}
    answer = client_of(people["office"]).post("/admin/units/membership/create/", data)

    assert "日期不能重叠" in answer.content.decode()


def test_who_got_a_role_since_the_import_is_no_longer_on_the_list_of_passwords(people, client_of):
    client = client_of(people["office"])
    content = of_people(["0012", "示例甲"], ["0013", "示例乙"])
    path = client.post("/admin/units/import/", {"file": upload(content)})["Location"]
    client.post(path)
    User.objects.get(staff_no="0012").groups.add(
        RoleGroup.objects.get(code=Role.FINAL_REVIEW).group
    )

    rows = opened(client.post(f"{path}passwords/").content)

    assert [row[0] for row in rows[1:]] == ["0013"]
