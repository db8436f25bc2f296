"""Background jobs: asked for in a page, run by the worker, fetched by the person who asked.

Upper floors register what can be asked for; `ask` writes a row, `sweep` (a scheduled task) claims and runs the rows as
messages are swept: it works without a broker. A worker that is killed leaves a lease which runs out; then the job is
begun again from nothing, so a handler must bear being run twice. A job's file goes to its asker and to nobody else.
"""

import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import IO, Any

from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.dates import day
from portal.units.models import User

from .kinds import register_kind
from .models import Job
from .models.job import FOLDER, private_storage
from .posting import post

logger = logging.getLogger(__name__)

# A handler says that it is alive with each `progress`; one that is silent for longer is taken for dead.
LEASE = timedelta(minutes=3)
# A file that no job names after so long was written by a worker that was killed before it could say so.
ORPHAN = timedelta(days=1)
IN_MEMORY = 8 * 1024 * 1024  # bytes of a job's file before it goes to disk
# One job at a time in a process: the other threads of the worker go on delivering messages.
_busy = Lock()

register_kind(
    "job_done",
    subject=gettext_lazy("已备好：{title}"),
    text=gettext_lazy("您要的《{title}》已经备好，请在 {until} 以前下载，之后会清除。"),
)
register_kind(
    "job_failed",
    subject=gettext_lazy("没有做成：{title}"),
    text=gettext_lazy("您要的《{title}》没有做成。{error}"),
)


class JobRefused(Exception):
    """A job that cannot be done however often it is tried; `str()` says why, in words for the asker."""


class LeaseLost(Exception):
    """Another worker has taken the job over, or it has been cleared away."""


@dataclass(frozen=True)
class JobKind:
    """Something that can be asked for.

    Attributes:
        code: ASCII, kept on the row.
        run: does the work: gets a Work, writes `work.file`, returns the file's name for the person.
        keep_days: how long the file can be fetched.
        may_fetch: whether the asker may still have what is in it; his role or post may have changed since.
    """

    code: str
    run: Callable[["Work"], str]
    keep_days: int
    may_fetch: Callable[[Job], bool]


@dataclass
class Work:
    """What a handler gets.

    Attributes:
        params: what was asked for, as given to `ask`.
        asked_by: the person; a handler asks his permissions anew, they may have changed since.
        file: an empty binary file to write to, gone with the process.
    """

    job: Job
    file: IO[bytes]

    @property
    def params(self) -> dict[str, Any]:
        """What was asked for."""
        return self.job.params

    @property
    def asked_by(self) -> User:
        """The person who asked."""
        return self.job.asked_by

    def progress(self, done: int, total: int) -> None:
        """Say how far it is, and keep the lease.

        Raises:
            LeaseLost: the job belongs to somebody else by now; stop.
        """
        held = Job.objects.unfinished().filter(pk=self.job.pk, attempts=self.job.attempts)
        if not held.update(done=done, total=total, leased_until=timezone.now() + LEASE):
            raise LeaseLost


_kinds: dict[str, JobKind] = {}


def register_job(
    code: str, run: Callable[[Work], str], *, may_fetch: Callable[[Job], bool], keep_days: int = 7
) -> None:
    """Register a kind of job.

    Args:
        code: ASCII, at most 40 characters.
        run: the handler; see JobKind and Work. It may raise JobRefused. Run twice, it gives the same file.
        may_fetch: whether the asker may still have what is in it; asked at each download.
        keep_days: how long the file can be fetched.

    Raises:
        ValueError: the code is taken.
    """
    if code in _kinds:
        raise ValueError(f"job kind {code} is registered twice")
    _kinds[code] = JobKind(code, run, keep_days, may_fetch)


def may_fetch(job: Job) -> bool:
    """Return whether the asker of a finished job may have its file today."""
    return _kinds[job.kind].may_fetch(job)


def ask(
    kind: str, *, actor: User, title: Promise | str, params: dict[str, Any], back: str = ""
) -> Job:
    """Ask for a job. The same question asked again while it is still open gives the same job.

    Args:
        kind: a registered code.
        actor: who asks; the only one who can see the job and fetch its file. The caller has checked that he may.
        title: what it is called on its page and in the message.
        params: values that JSON can hold.
        back: path of the page to come back to.

    Returns:
        The job; `job.get_absolute_url()` is its page.

    Side effects: a row; a worker runs it at the next sweep (within seconds), then an inbox message.
    """
    found = Job.objects.asked_by(actor).unfinished().filter(kind=kind, params=params).first()
    return found or Job.objects.create(
        kind=kind,
        title=str(title)[:120],
        params=params,
        asked_by=actor,
        back=back,
        keep_days=_kinds[kind].keep_days,
    )


def sweep() -> int:
    """Run what waits, oldest first, one after the other; nothing where this process is at it already.

    Returns:
        How many jobs were finished.

    Side effects: files in private storage, marks on the rows, inbox messages.
    """
    if not _busy.acquire(blocking=False):
        return 0
    try:
        for job in Job.objects.exhausted():
            _give_up(job, str(_("试了几次都没有成功，请稍后再要一次，仍不行请联系系统管理员。")))
        finished = 0
        for pk in Job.objects.claimable().order_by("asked_at", "pk").values_list("pk", flat=True):
            finished += run(pk)
        return finished
    finally:
        _busy.release()


def run(pk: int) -> bool:
    """Claim one job and carry it out. Returns whether it was finished by this call.

    Raises:
        Exception: whatever a handler's fault raises, after the job has been put back; the log of the worker shows it.
    """
    # One UPDATE both asks and takes: of two workers only one sees a row that is still free.
    if (
        not Job.objects.claimable()
        .filter(pk=pk)
        .update(leased_until=timezone.now() + LEASE, attempts=F("attempts") + 1, done=0)
    ):
        return False
    job = Job.objects.select_related("asked_by").get(pk=pk)
    # What is written on paper is Chinese, whichever language the worker was started in.
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file, override("zh-hans"):
        try:
            name = _kinds[job.kind].run(Work(job, file))
            return _finish(job, file, name)
        except JobRefused as refused:
            _give_up(job, str(refused))
        except LeaseLost:
            logger.warning("job %s was taken over by another worker", pk)
        except Exception as error:
            Job.objects.filter(pk=pk, attempts=job.attempts).update(
                leased_until=None, error=f"{type(error).__name__}: {error}"[:500]
            )
            raise
    return False


def clear() -> int:
    """Remove the jobs whose time is over, with their files. Returns how many.

    Side effects: rows and private files are deleted, those too that a killed worker had written and nobody can fetch.
    """
    old = Job.objects.filter(kept_until__lt=timezone.now())
    removed = sum(_remove(job) for job in old)
    _remove_orphans()
    return removed


def _remove(job: Job) -> int:
    if job.file:
        job.file.delete(save=False)
    return job.delete()[0]


def _remove_orphans() -> None:
    storage = private_storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return  # no job has written a file yet
    kept = set(Job.objects.exclude(file="").values_list("file", flat=True))
    for path in {f"{FOLDER}/{name}" for name in names} - kept:
        if storage.get_modified_time(path) < timezone.now() - ORPHAN:
            storage.delete(path)


def _finish(job: Job, file: IO[bytes], name: str) -> bool:
    size = file.seek(0, 2)
    file.seek(0)
    job.file.save(name, File(file, name=name), save=False)
    held = Job.objects.unfinished().filter(pk=job.pk, attempts=job.attempts)
    now = timezone.now()
    job.kept_until = now + timedelta(days=job.keep_days)
    with transaction.atomic():  # whoever is told finds the file, and whoever finds it was told
        if held.update(
            file=job.file.name,
            file_name=name[-160:],
            file_size=size,
            done=F("total"),
            finished_at=now,
            kept_until=job.kept_until,
            leased_until=None,
            error="",
        ):
            _tell(job, "job_done", until=day(job.kept_until))
            return True
    job.file.delete(save=False)
    raise LeaseLost


@transaction.atomic
def _give_up(job: Job, error: str) -> None:
    now = timezone.now()
    if (
        Job.objects.unfinished()
        .filter(pk=job.pk)
        .update(
            gave_up_at=now,
            kept_until=now + timedelta(days=job.keep_days),
            leased_until=None,
            error=error,
        )
    ):
        _tell(job, "job_failed", error=error)


def _tell(job: Job, kind: str, **context: str) -> None:
    post(
        kind,
        to=[job.asked_by],
        about=f"job:{job.pk}",
        path=job.get_absolute_url(),
        by_email=False,
        title=job.title,
        **context,
    )
