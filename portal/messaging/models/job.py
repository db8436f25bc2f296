"""Work that takes longer than a page may: one row per piece of work, with its progress and the file that comes of it."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_ATTEMPTS = 3
FOLDER = "jobs"  # in the private storage


def private_storage() -> object:
    """Return the storage of private files (a callable, so that migrations name no path)."""
    return storages["private"]


def job_path(job: "Job", filename: str) -> str:
    """Return where a job's file is kept: under a random name with the file's ending."""
    return f"{FOLDER}/{uuid.uuid4().hex}.{filename.rpartition('.')[2].lower()[:8]}"


class JobQuerySet(models.QuerySet):
    def asked_by(self, user: object) -> "JobQuerySet":
        """The jobs of one person; nobody else may know of them."""
        return self.filter(asked_by=user)

    def unfinished(self) -> "JobQuerySet":
        """Jobs that wait or run."""
        return self.filter(finished_at__isnull=True, gave_up_at__isnull=True)

    def claimable(self) -> "JobQuerySet":
        """Unfinished jobs that no worker holds a lease on, and that have attempts left."""
        now = timezone.now()
        return (
            self.unfinished()
            .filter(attempts__lt=MOST_ATTEMPTS)
            .filter(models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=now))
        )

    def exhausted(self) -> "JobQuerySet":
        """Unfinished jobs whose last attempt has come to nothing."""
        now = timezone.now()
        return (
            self.unfinished()
            .filter(attempts__gte=MOST_ATTEMPTS)
            .filter(models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=now))
        )


class Job(models.Model):
    """A piece of background work that somebody asked for. `messaging.jobs` asks, runs and clears."""

    kind = models.CharField(_("类型"), max_length=40)
    title = models.CharField(_("名称"), max_length=120)
    params = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name=_("要求者")
    )
    asked_at = models.DateTimeField(_("要求时间"), default=timezone.now)
    back = models.CharField(max_length=200, blank=True)  # the page the asker came from
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("共"), default=0)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    leased_until = models.DateTimeField(_("占用至"), null=True, blank=True)
    file = models.FileField(
        _("文件"), upload_to=job_path, storage=private_storage, max_length=160, blank=True
    )
    file_name = models.CharField(_("文件名"), max_length=160, blank=True)
    file_size = models.PositiveBigIntegerField(_("大小（字节）"), default=0)
    error = models.TextField(_("错误"), blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    gave_up_at = models.DateTimeField(_("放弃时间"), null=True, blank=True)
    keep_days = models.PositiveSmallIntegerField(_("保留天数"), default=7)
    # When row and file are cleared away; set once it is over.
    kept_until = models.DateTimeField(_("保留至"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="job_of_person"),
            models.Index(
                fields=["asked_at"],
                name="job_waiting",
                condition=models.Q(finished_at__isnull=True, gave_up_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True) | models.Q(gave_up_at__isnull=True),
                name="job_ends_one_way",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the asker's page of the job; the address is the workspace's, resolved when it is needed."""
        return reverse("workspace:job", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return bool(self.finished_at or self.gave_up_at)

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100; 100 only where it is finished."""
        if self.finished_at:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
