"""Projects that are established in the same moment, with real threads on PostgreSQL: numbers without a gap or a double."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from brands.models import BrandPage, Project
from forms_app.decision import deciding
from forms_app.models import Entry, EntryStatus, PublicNotice
from portal.lifecycle.door import Refused
from tests.factories.forms import Cast, entry_in
from tests.factories.projects import TOLD, quick_call

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
TOGETHER = 4


def in_notice_over(call, title="示例品牌"):
    """Return an entry whose public notice has ended."""
    entry = entry_in(EntryStatus.IN_NOTICE, call=call, answers={**TOLD, "title": title})
    past = timezone.localdate() - timedelta(days=1)
    PublicNotice.objects.filter(decisions__entry=entry).update(starts_on=past, ends_on=past)
    return entry


def test_projects_established_at_once_take_numbers_without_a_gap():
    call = quick_call(notice_days=5)
    entries = [in_notice_over(call, f"示例品牌{n}") for n in range(TOGETHER)]
    office = Cast(entries[0].unit).office
    start = Barrier(TOGETHER)

    def conclude(key):
        try:
            entry = Entry.objects.get(pk=key)
            start.wait()
            deciding.conclude_notice(entry, actor=office)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        list(pool.map(conclude, [entry.pk for entry in entries]))

    year = call.programme_year.year
    numbers = Project.objects.order_by("serial").values_list("project_no", flat=True)
    assert list(numbers) == [f"YHYP-{year}-{n:03d}" for n in range(1, TOGETHER + 1)]
    assert BrandPage.objects.count() == TOGETHER
    assert {project.entry_id for project in Project.objects.all()} == {it.pk for it in entries}


def test_one_approval_posted_twice_at_once_makes_one_project():
    entry = in_notice_over(quick_call(notice_days=5))
    office, start = Cast(entry.unit).office, Barrier(2)

    def conclude(_number):
        try:
            stale = Entry.objects.get(pk=entry.pk)
            start.wait()
            deciding.conclude_notice(stale, actor=office)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(conclude, range(2)))

    assert sorted(answers, key=str) == [None, "wrong_state"]
    assert Project.objects.count() == 1
