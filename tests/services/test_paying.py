"""Two payments recorded in the same moment, with real threads on PostgreSQL: together no more than was granted."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client

from brands.models import Disbursement
from portal.units.models import Role
from tests.factories.projects import project_in
from tests.factories.units import person_with

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
TOGETHER = 4


def test_payments_at_once_stay_within_the_grant():
    project = project_in("cultivating")
    project.disbursements.all().delete()
    office, start = person_with(Role.SCHOOL_UNION), Barrier(TOGETHER)
    typed = {"project": project.pk, "amount": str(project.granted - 1), "paid_on": "", "note": ""}

    def pay(_number):
        try:
            client = Client()
            client.force_login(office)
            start.wait()
            return client.post("/admin/brands/disbursement/create/", typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        answers = sorted(pool.map(pay, range(TOGETHER)))

    assert answers == [200] * (TOGETHER - 1) + [302]
    assert Disbursement.objects.aggregate(sum=Sum("amount"))["sum"] == project.granted - 1
