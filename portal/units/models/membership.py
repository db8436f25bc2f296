"""Posts in a unit. Work belongs to the post: at 换届 the successor finds drafts, history and tasks."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class Post(models.TextChoices):
    """What somebody does in a unit."""

    OFFICER = "officer", _("经办人")
    CHAIR = "chair", _("工会主席")
    PARTY = "party", _("党组织书记")


class MembershipQuerySet(models.QuerySet):
    def current(self) -> "MembershipQuerySet":
        """Posts held today (both dates inclusive)."""
        today = timezone.localdate()
        return self.filter(since__lte=today).filter(
            models.Q(until__isnull=True) | models.Q(until__gte=today)
        )


class Membership(models.Model):
    """One person's post in one unit from a date until a date (open-ended while in office)."""

    user = models.ForeignKey(
        "units.User", models.CASCADE, related_name="memberships", verbose_name=_("人员")
    )
    unit = models.ForeignKey(
        "units.Unit", models.CASCADE, related_name="memberships", verbose_name=_("单位")
    )
    post = models.CharField(_("职务"), max_length=10, choices=Post)
    since = models.DateField(_("起"), default=timezone.localdate)
    until = models.DateField(_("止"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    # Nobody asks where it refers to; Wagtail would look after every save.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = ["unit__order", "post", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "post", "since"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.post_title} {self.user}"

    def clean(self) -> None:
        """Check the term of office.

        Raises:
            ValidationError: it ends before it begins, or the person holds the same post in the unit at that time.
        """
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("任职结束日期不能早于开始日期。")})
        if not (self.since and self.user_id and self.unit_id and self.post):
            return
        same_post = Membership.objects.exclude(pk=self.pk).filter(
            user=self.user_id, unit=self.unit_id, post=self.post
        )
        for term in same_post:
            if term.overlaps(self.since, self.until):
                raise ValidationError(
                    _("此人在这个单位的同一职务已有任期：%(term)s，日期不能重叠。")
                    % {"term": term.term}
                )

    def overlaps(self, since: date, until: date | None) -> bool:
        """Return whether this term and another share a day; an open end lasts for ever."""
        return (self.until is None or since <= self.until) and (
            until is None or self.since <= until
        )

    @property
    def term(self) -> str:
        """The term of office in words, e.g. "2024-03-20 至今"."""
        return _now("%(since)s 至 %(until)s") % {
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else _now("今"),
        }

    @property
    def post_title(self) -> str:
        """The post as the unit calls it: an association's chair is a 会长, its party opinion the host unit's."""
        if self.unit.is_association:
            return {Post.CHAIR: _("会长"), Post.PARTY: _("挂靠单位负责人")}.get(
                self.post, self.get_post_display()
            )
        return self.get_post_display()
