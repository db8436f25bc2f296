"""The registers filter by what they declare, and by nothing else that somebody writes into the address."""

import pytest

from portal.units.models import Role
from tests.factories.units import UserFactory, person_with

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.mark.parametrize("role", [Role.SCHOOL_UNION, Role.AUDITOR])
@pytest.mark.parametrize(
    ("register", "field"),
    [("person", "password"), ("membership", "user__password"), ("auditrecord", "person__password")],
)
def test_a_register_does_not_tell_password_hashes(client, db, role, register, field):
    reader = person_with(role, name="示例读者")
    client.force_login(reader)
    address = f"/admin/units/{register}/"

    def found(**query):
        return client.get(address, query).context_data["view"].queryset.count()

    assert found(**{f"{field}__startswith": "no hash begins so"}) == found()


def test_declared_filters_still_filter(client, db):
    client.force_login(person_with(Role.SCHOOL_UNION))
    UserFactory(name="示例停用", is_active=False)
    page = client.get("/admin/units/person/", {"is_active__exact": "0"})

    assert page.context_data["view"].queryset.count() == 1
