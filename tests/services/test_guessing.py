"""Many guesses at one password in the same moment, with real threads on PostgreSQL: five are judged, as one after another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from portal.units.models import AuditAction, AuditRecord, AuditResult
from tests.factories.units import UserFactory

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
TOGETHER = 14


def test_of_many_guesses_at_once_five_are_judged():
    person, start = UserFactory(), Barrier(TOGETHER)

    def guess(number):
        try:
            client = Client()
            start.wait()
            typed = {"login": person.username, "password": f"guess {number}"}
            return client.post("/accounts/login/", typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        answers = set(pool.map(guess, range(TOGETHER)))

    assert answers == {200}
    judged = AuditRecord.objects.filter(action=AuditAction.SIGN_IN, result=AuditResult.FAILURE)
    assert judged.count() == 5
    assert AuditRecord.objects.filter(action=AuditAction.LOCK).count() == 1
