"""An entry: one form handed in by one unit to one call, with its versions and its history."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.append_only import AppendOnlyModel
from portal.lifecycle.models import LifecycleEvent

from ..engine.schema import Schema
from .call import SCAN
from .formdef import FormKind
from .status import AFTER_SUBMISSION, CLOSED, EDITABLE, EntryStatus


class EntryQuerySet(models.QuerySet):
    def with_parties(self) -> "EntryQuerySet":
        """Join what every list shows."""
        return self.select_related("call__programme_year", "unit", "category")


class Entry(models.Model):
    """One application or summary. Only the lifecycle door changes its status."""

    call = models.ForeignKey(
        "forms_app.CallPage", models.PROTECT, related_name="entries", verbose_name=_("申报通知")
    )
    kind = models.CharField(_("类型"), max_length=12, choices=FormKind)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="entries", verbose_name=_("申报单位")
    )
    partner_units = models.ManyToManyField(
        "units.Unit", blank=True, related_name="partner_entries", verbose_name=_("联合申报单位")
    )
    title = models.CharField(_("项目名称"), max_length=30, blank=True)
    category = models.ForeignKey(
        "forms_app.Category",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("项目类别"),
    )
    status = models.CharField(
        _("状态"), max_length=20, choices=EntryStatus, default=EntryStatus.DRAFT
    )
    form_version = models.ForeignKey(
        "forms_app.FormVersion", models.PROTECT, related_name="entries", verbose_name=_("表单版本")
    )
    answers = models.JSONField(_("填写内容"), default=dict)
    # Counts saves; a save that starts from an older count is shown the difference instead of overwriting.
    save_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("创建人")
    )
    # The page that saved last and what it showed then: its next save is no conflict, even when our answer got lost.
    saved_from = models.JSONField(default=dict)
    writers = models.JSONField(default=dict)  # field → key of who typed it last
    continues = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("接着哪一年的项目"),
    )
    saved_at = models.DateTimeField(_("保存时间"), null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("保存人"),
    )
    # The place in the queue: set at the first submission, kept through returns.
    submitted_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    returned_at = models.DateTimeField(_("退回时间"), null=True, blank=True)
    return_until = models.DateField(_("修改期限"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    # Wagtail would look for references to pages and pictures after every save: four queries for each autosave.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("申报")
        verbose_name_plural = _("申报")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["call", "status", "submitted_at"], name="entry_queue"),
            models.Index(fields=["unit", "-created_at"], name="entry_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=AFTER_SUBMISSION) | Q(submitted_at__isnull=False),
                name="sent_entries_say_when",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CLOSED, closed_at__isnull=False)
                | (~Q(status__in=CLOSED) & Q(closed_at__isnull=True)),
                name="closed_entries_say_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=EntryStatus.RETURNED) | Q(returned_at__isnull=False),
                name="returned_entries_say_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("（未命名）"))

    def get_status_display(self) -> str:
        """Return the state in words; Django's own would translate all the states for each row of a list."""
        return str(EntryStatus(self.status).label)

    @property
    def schema(self) -> Schema:
        """What the entry is filled in by: its version's schema, with the stamped scan required where the call says so."""
        schema = self.form_version.schema
        if not self.call.needs_scan:
            return schema
        return {
            **schema,
            "sections": [
                {
                    **section,
                    "fields": [
                        {**field, "required": True} if field["key"] == SCAN else field
                        for field in section["fields"]
                    ],
                }
                for section in schema["sections"]
            ],
        }

    @property
    def is_editable(self) -> bool:
        """Whether the unit can change the form in this state."""
        return self.status in EDITABLE

    def last_return(self) -> "EntryEvent | None":
        """Return how it was last given back for changes, by another than its own people (one query)."""
        given_back = self.events.filter(to_status=EntryStatus.RETURNED)
        own = Q(from_status=EntryStatus.RETURNED) | Q(action="take_back")
        return given_back.exclude(own).select_related("actor").last()


class EntryEvent(LifecycleEvent):
    """What happened to an entry."""

    subject = models.ForeignKey(
        Entry, models.PROTECT, related_name="events", verbose_name=_("申报")
    )

    class Meta(LifecycleEvent.Meta):
        verbose_name = _("申报记录")
        verbose_name_plural = _("申报记录")


class VersionReason(models.TextChoices):
    """Why a snapshot was taken."""

    SUBMITTED = "submitted", _("报送")
    APPROVED = "approved", _("核准")


class EntryVersion(AppendOnlyModel):
    """An immutable snapshot of an entry: what the unit sent, and what was approved."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="versions", verbose_name=_("申报")
    )
    number = models.PositiveSmallIntegerField(_("版本号"))
    reason = models.CharField(_("原因"), max_length=10, choices=VersionReason)
    form_version = models.ForeignKey("forms_app.FormVersion", models.PROTECT, related_name="+")
    answers = models.JSONField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    created_at = models.DateTimeField(_("时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("操作人")
    )

    class Meta:
        verbose_name = _("申报版本")
        verbose_name_plural = _("申报版本")
        ordering = ["entry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry} v{self.number}"
