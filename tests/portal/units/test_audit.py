"""The audit record: who, when, what, with which result; never changed."""

import pytest
from django.db.models import ProtectedError

from portal.append_only import AppendOnly
from portal.units.models import AuditAction, AuditRecord, AuditResult
from portal.units.passwords import give_initial_passwords
from tests.factories.units import UserFactory


def facts():
    return [(r.action, r.result, r.person, r.tried) for r in AuditRecord.objects.order_by("pk")]


def test_sign_in_and_out_are_recorded(db, sign_in, client):
    person = UserFactory(username="zhangsan")
    sign_in("zhangsan", client=client)
    client.post("/accounts/logout/")

    assert facts() == [
        (AuditAction.SIGN_IN, AuditResult.SUCCESS, person, "zhangsan"),
        (AuditAction.SIGN_OUT, AuditResult.SUCCESS, person, ""),
    ]


def test_failures_are_recorded_with_the_name_and_the_address(db, sign_in):
    sign_in("nobody", "wrong", REMOTE_ADDR="198.51.100.7")
    record = AuditRecord.objects.get()

    assert (record.result, record.tried, record.ip) == ("failure", "nobody", "198.51.100.7")
    assert record.actor is None


def test_changes_of_passwords_are_recorded(db, client_of):
    person = UserFactory()
    data = {"oldpassword": "correct-Horse-9", "password1": "Kind-Regards-7"}
    client_of(person).post("/accounts/password/change/", {**data, "password2": data["password1"]})
    give_initial_passwords([person])

    actions = [action for action, *_rest in facts()]
    assert actions == [
        AuditAction.SIGN_IN,
        AuditAction.PASSWORD_CHANGE,
        AuditAction.INITIAL_PASSWORD,
    ]


def test_no_password_is_ever_recorded(db, sign_in):
    sign_in("nobody", "my-Secret-99")
    fields = [str(value) for value in AuditRecord.objects.values_list().get()]

    assert not any("my-Secret-99" in value for value in fields)


def test_records_are_never_changed_or_deleted(db):
    record = AuditRecord.objects.create(action=AuditAction.SIGN_IN)

    for attempt in (
        record.save,
        record.delete,
        AuditRecord.objects.all().delete,
        lambda: AuditRecord.objects.update(tried="x"),
    ):
        with pytest.raises(AppendOnly):
            attempt()


def test_who_is_in_the_records_cannot_be_deleted(db, client_of):
    person = UserFactory()
    client_of(person)

    with pytest.raises(ProtectedError):
        person.delete()
