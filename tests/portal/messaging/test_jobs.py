"""Background jobs: asked once, run once, taken up again after a kill, fetched by the asker alone."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from portal.messaging import jobs
from portal.messaging.jobs import JobRefused, LeaseLost, Work
from portal.messaging.models import Channel, Job, Message
from portal.units.models import Role
from tests.factories.units import UserFactory, person_with

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def count(work: Work) -> str:
    """Write a number of lines, one after the other."""
    for line in range(work.params["lines"]):
        work.file.write(f"{line}\n".encode())
        work.progress(line + 1, work.params["lines"])
    return "数一数.txt"


def still_there(job: Job) -> bool:
    return job.asked_by.is_active


def refuse(work: Work) -> str:
    raise JobRefused("没有可以数的。")


def stumble(work: Work) -> str:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))
    jobs.register_job("count", count, may_fetch=still_there, keep_days=3)
    jobs.register_job("refuse", refuse, may_fetch=still_there)
    jobs.register_job("stumble", stumble, may_fetch=still_there)


@pytest.fixture
def asker():
    return UserFactory(email="jia@example.com")


@pytest.fixture
def job(asker):
    return jobs.ask("count", actor=asker, title="数一数", params={"lines": 2}, back="/my/")


def page(client, user, job):
    client.force_login(user)
    return client.get(job.get_absolute_url())


def test_a_job_is_run_and_its_asker_fetches_the_file(client, asker, job):
    assert "排队中" in page(client, asker, job).text

    assert jobs.sweep() == 1

    assert "下载" in page(client, asker, job).text
    answer = client.get(reverse("workspace:job_file", args=[job.pk]))
    assert b"".join(answer.streaming_content) == b"0\n1\n"
    assert answer["Content-Disposition"].startswith("attachment")
    assert jobs.sweep() == 0


def test_the_asker_is_told_in_his_inbox_and_not_by_mail(asker, job):
    jobs.sweep()

    [message] = Message.objects.filter(recipient=asker)
    assert (message.channel, message.path) == (Channel.INBOX, job.get_absolute_url())


def test_nobody_else_knows_of_a_job(client, job):
    jobs.sweep()

    for other in (UserFactory(), person_with(Role.SCHOOL_UNION), UserFactory(is_superuser=True)):
        assert page(client, other, job).status_code == 404
        assert client.get(reverse("workspace:job_file", args=[job.pk])).status_code == 404
        assert "数一数" not in client.get(reverse("workspace:jobs")).text
    client.logout()
    assert client.get(job.get_absolute_url()).status_code == 302
    assert client.get(reverse("workspace:job_file", args=[job.pk])).status_code == 302


def test_there_is_no_file_before_it_is_finished(client, asker, job):
    client.force_login(asker)

    assert client.get(reverse("workspace:job_file", args=[job.pk])).status_code == 404
    assert client.post(reverse("workspace:job_file", args=[job.pk])).status_code == 405


def test_a_script_learns_how_far_it_is(client, asker, job):
    Job.objects.filter(pk=job.pk).update(done=1, total=2, leased_until=timezone.now())
    client.force_login(asker)

    answer = client.get(job.get_absolute_url(), headers={"Accept": "application/json"})

    assert answer.json() == {"over": False, "percent": 50, "words": "正在做：1 / 2"}


def test_two_clicks_ask_once(asker, job):
    again = jobs.ask("count", actor=asker, title="数一数", params={"lines": 2})
    other = jobs.ask("count", actor=UserFactory(), title="数一数", params={"lines": 2})

    assert again == job
    assert other != job


def test_a_job_that_a_worker_holds_is_left_alone(job):
    Job.objects.update(leased_until=timezone.now() + timedelta(minutes=1), attempts=1)

    assert jobs.sweep() == 0


def test_a_job_killed_half_way_is_done_again_from_the_start(client, asker, job, time_machine):
    Job.objects.update(leased_until=timezone.now() + jobs.LEASE, attempts=1, done=1, total=2)
    time_machine.move_to(timezone.now() + jobs.LEASE + timedelta(seconds=1))

    assert jobs.sweep() == 1

    client.force_login(asker)
    answer = client.get(reverse("workspace:job_file", args=[job.pk]))
    assert b"".join(answer.streaming_content) == b"0\n1\n"


def test_a_worker_that_was_taken_for_dead_stops(job):
    Job.objects.update(attempts=2)

    with pytest.raises(LeaseLost):
        Work(job, None).progress(1, 2)


def test_a_refusal_is_told_in_its_words(client, asker):
    job = jobs.ask("refuse", actor=asker, title="数一数", params={})

    assert jobs.sweep() == 0

    assert "没有可以数的。" in page(client, asker, job).text
    assert jobs.sweep() == 0
    assert Message.objects.get(recipient=asker).kind == "job_failed"


def test_a_faulty_handler_is_given_up_after_some_attempts_and_holds_up_nothing(client, asker, job):
    faulty = jobs.ask("stumble", actor=asker, title="绊倒", params={})
    for _attempt in range(3):
        with pytest.raises(ZeroDivisionError):
            jobs.sweep()

    assert jobs.sweep() == 0
    assert "试了几次" in page(client, asker, faulty).text
    assert "已备好" in page(client, asker, job).text


def test_a_job_is_cleared_with_its_file_when_its_time_is_over(job, time_machine):
    jobs.sweep()
    job.refresh_from_db()
    kept, name = job.file.storage, job.file.name
    assert (jobs.clear(), kept.exists(name)) == (0, True)

    time_machine.move_to(timezone.now() + timedelta(days=3, minutes=1))

    assert (jobs.clear(), kept.exists(name)) == (1, False)
    assert not Job.objects.exists()


def test_a_file_that_a_killed_worker_left_behind_is_removed_after_a_day(job, time_machine):
    jobs.sweep()
    job.refresh_from_db()
    storage = job.file.storage
    orphan = storage.save("jobs/0123.zip", ContentFile(b"names and telephones"))
    jobs.clear()
    assert storage.exists(orphan)

    time_machine.move_to(timezone.now() + jobs.ORPHAN + timedelta(minutes=1))
    jobs.clear()

    assert not storage.exists(orphan)
    assert storage.exists(job.file.name)


def test_the_list_asks_no_more_for_more_jobs(client, asker, job, django_assert_num_queries):
    client.force_login(asker)
    client.get(reverse("workspace:jobs"))
    for lines in range(3, 6):
        jobs.ask("count", actor=asker, title="数一数", params={"lines": lines})

    with django_assert_num_queries(6):
        client.get(reverse("workspace:jobs"))


def test_what_was_asked_for_in_the_cms_is_shown_there(client):
    office = person_with(Role.SCHOOL_UNION)
    job = jobs.ask(
        "count", actor=office, title="数一数", params={"lines": 2}, back="/admin/office/"
    )
    client.force_login(office)

    shown = client.get(job.get_absolute_url(), follow=True)

    assert shown.redirect_chain[-1][0] == reverse("workspace_job", args=[job.pk])
    assert 'href="/admin/office/"' in shown.text
    assert "工作流" in shown.text or "wagtailadmin" in shown.text
    client.force_login(person_with(Role.SCHOOL_UNION))
    assert client.get(reverse("workspace_job", args=[job.pk])).status_code == 404
