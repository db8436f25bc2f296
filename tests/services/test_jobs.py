"""The ZIP of a call's entries under kill -9 of the worker that makes it: made once, or given up in words, and never half."""

import os
import signal
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from forms_app.models import Entry
from forms_app.paper.pack import ENTRIES_ZIP
from portal.messaging import jobs
from portal.messaging.models import Job, Message
from portal.messaging.models.job import FOLDER, MOST_ATTEMPTS
from portal.units.models import Role
from tests.factories.answers import attach, complete_application_answers, default_schema, tiny_pdf
from tests.factories.forms import CallFactory, entry_in, form_with
from tests.factories.units import person_with
from tests.services.test_outbox import WORKER, kill, wait_until

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]

SOME = 30  # entries; a form takes a few hundredths of a second


@pytest.fixture
def job():
    """A ZIP that somebody has asked for and nobody has begun."""
    call = CallFactory(form=form_with(default_schema("application")), needs_experts=False)
    first = entry_in("submitted", call=call, answers=complete_application_answers())
    attach(first, "attachments", "证明.pdf", tiny_pdf())
    for _number in range(SOME - 1):
        entry_in("submitted", call=call, answers=complete_application_answers())
    params = {"entries": list(Entry.objects.values_list("pk", flat=True)), "name": "全部申报.zip"}
    asker = person_with(Role.SCHOOL_UNION)
    return jobs.ask(ENTRIES_ZIP, actor=asker, title="全部申报", params=params)


def kill_half_way(worker, job):
    """Kill the worker when some of the entries are in the ZIP and some are not."""
    wait_until(Job.objects.filter(pk=job.pk, done__gte=2).exists)
    # Asleep, it cannot win the race against the power cut.
    os.killpg(worker.pid, signal.SIGSTOP)
    job.refresh_from_db()
    assert 2 <= job.done < SOME
    assert not job.is_over
    kill(worker)


def let_the_lease_run_out():
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def files():
    storage = storages["private"]
    return storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []


def test_killed_half_way_the_zip_is_made_whole_and_once(start_process, job, client):
    before = set(files())
    with start_process(*WORKER) as worker:
        kill_half_way(worker, job)
    assert not Message.objects.filter(recipient=job.asked_by).exists()
    client.force_login(job.asked_by)
    assert "正在做" in client.get(job.get_absolute_url()).text

    let_the_lease_run_out()
    with start_process(*WORKER):
        wait_until(Job.objects.filter(pk=job.pk, finished_at__isnull=False).exists)

    job.refresh_from_db()
    assert (job.attempts, job.error) == (2, "")
    assert [one.kind for one in Message.objects.filter(recipient=job.asked_by)] == ["job_done"]
    assert len(set(files()) - before) == 1
    with job.file.open("rb") as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert sum(name.endswith(".docx") for name in names) == SOME
    assert sum(name.endswith("证明.pdf") for name in names) == 1
    assert jobs.sweep() == 0


def test_killed_at_every_attempt_it_is_given_up_in_words(start_process, job, client):
    Job.objects.update(attempts=MOST_ATTEMPTS - 1)
    with start_process(*WORKER) as worker:
        kill_half_way(worker, job)

    let_the_lease_run_out()
    with start_process(*WORKER):
        wait_until(Job.objects.filter(pk=job.pk, gave_up_at__isnull=False).exists)

    client.force_login(job.asked_by)
    assert "试了几次都没有成功，请稍后再要一次" in client.get(job.get_absolute_url()).text
    assert [one.kind for one in Message.objects.filter(recipient=job.asked_by)] == ["job_failed"]
