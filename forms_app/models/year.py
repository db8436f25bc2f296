"""The programme year, the six categories, and the days that count as working days."""

from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from forms_app.models.letter_places import problem_of
from portal.dates import day


class ProgrammeYear(models.Model):
    """One year of the programme: five steps with their dates, and a budget in 元."""

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    apply_from = models.DateField(_("项目申报起"))
    apply_until = models.DateField(_("项目申报止"))
    establish_until = models.DateField(_("评审立项止"))
    cultivate_until = models.DateField(_("过程培育止"))
    evaluate_until = models.DateField(_("评估验收止"))
    award_until = models.DateField(_("表彰奖励止"))
    budget = models.DecimalField(
        _("年度经费（元）"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(Decimal(0), message=_("经费不能是负数。"))],
    )

    letter_establish = models.TextField(
        _("立项通知"), blank=True, max_length=1000, help_text=_("留空则用通用的文字")
    )
    letter_reject = models.TextField(
        _("不予立项通知"), blank=True, max_length=1000, help_text=_("留空则用通用的文字")
    )

    class Meta:
        verbose_name = _("年度")
        verbose_name_plural = _("年度")
        ordering = ["-year"]

    def __str__(self) -> str:
        return gettext("%(year)s年度") % {"year": self.year}

    def clean(self) -> None:
        """Refuse steps that do not follow one another, and a letter that names a place which nothing fills.

        Raises:
            ValidationError: at the date, or at the letter.
        """
        super().clean()
        ends = [
            "apply_from",
            "apply_until",
            "establish_until",
            "cultivate_until",
            "evaluate_until",
            "award_until",
        ]
        for before, name in pairwise(ends):
            first, then = getattr(self, before), getattr(self, name)
            if first and then and then < first:
                raise ValidationError(
                    {
                        name: _("不能早于“%(before)s”的 %(day)s。")
                        % {
                            "before": self._meta.get_field(before).verbose_name,
                            "day": day(first),
                        }
                    }
                )
        wrong = {
            name: problem
            for name in ("letter_establish", "letter_reject")
            if (problem := problem_of(getattr(self, name)))
        }
        if wrong:
            raise ValidationError(wrong)

    @classmethod
    def current(cls) -> "ProgrammeYear | None":
        """Return the year the programme is in today: the newest that has begun, or the next one to begin."""
        today = timezone.localdate()
        return (
            cls.objects.filter(apply_from__lte=today).first()
            or cls.objects.order_by("year").first()
        )


class Hue(models.TextChoices):
    """The hues of the seals; each is a CSS class with a light and a dark value."""

    LEAD = "lead", _("赭红")
    MERIT = "merit", _("琥珀")
    DEMOS = "demos", _("靛蓝")
    CULTURE = "culture", _("松绿")
    CARE = "care", _("青碧")
    VARIOUS = "various", _("紫棠")


class Category(models.Model):
    """One of the programme's categories, with the one-character seal it is recognised by."""

    code = models.SlugField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=20)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    hue = models.CharField(_("色"), max_length=10, choices=Hue)
    mark = models.CharField(_("印文"), max_length=1)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("项目类别")
        verbose_name_plural = _("项目类别")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language; Chinese where the office has given no other."""
        return self.name_en if self.name_en and get_language() == "en" else self.name


class DayKind(models.TextChoices):
    """How a day differs from the ordinary week."""

    OFF = "off", _("放假")
    WORKING = "working", _("调休上班")


class CalendarDay(models.Model):
    """A published holiday, or a weekend day that is worked instead (调休)."""

    date = models.DateField(_("日期"), unique=True)
    kind = models.CharField(_("类型"), max_length=8, choices=DayKind)
    name = models.CharField(_("名称"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("节假日与调休")
        verbose_name_plural = _("节假日与调休")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.get_kind_display()}"
