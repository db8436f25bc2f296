"""What the tests of the brands share: what every site has is made once per file, not once per test."""

import pytest
from django.db import transaction

from portal.cms.set_up import set_up_permissions, set_up_workflow
from portal.units.set_up import set_up_roles
from tests.factories.forms import set_up_tree


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """Return a function that runs `make` now; what it writes lasts as long as the file's tests, which undo only their own."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()

    def make_once(make):
        with django_db_blocker.unblock():
            return make()

    yield make_once
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="module", autouse=True)
def site_tree(made_once):
    """The pages, roles, rights and review stages that every site has."""

    def set_up():
        set_up_roles()
        set_up_tree()
        set_up_workflow()
        set_up_permissions()

    made_once(set_up)
