"""The first installation creates one account, once."""

import re
from io import StringIO

from django.core.management import call_command

from portal.units.models import User
from tests.factories.units import UserFactory


def said(**options):
    out = StringIO()
    call_command("set_up", stdout=out, **options)
    return out.getvalue()


def test_the_first_account_is_told_with_its_initial_password(db, sign_in):
    password = re.search(r"initial password: (\S+)", said())[1]

    assert sign_in("admin", password).status_code == 302
    assert User.objects.get().is_superuser
    assert User.objects.get().must_change_password


def test_a_second_run_creates_no_account(db):
    said()

    assert "initial password" not in said()
    assert User.objects.count() == 1


def test_where_there_are_accounts_none_is_added(db):
    UserFactory()

    assert "initial password" not in said()


def test_the_demo_does_without(db):
    said(without_account=True)

    assert not User.objects.exists()
