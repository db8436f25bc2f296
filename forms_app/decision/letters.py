"""The letter that tells a unit the decision: the year's text, with its places filled."""

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from forms_app.engine.kinds.number import money_text
from forms_app.models import Decision, Entry, Outcome, ProgrammeYear, PublicNotice
from forms_app.models.letter_places import problem_of
from portal.cms.models import SiteSettings
from portal.dates import day
from portal.lifecycle.door import Refused
from portal.units.models import User
from portal.units.permissions import is_school_union

# What a year's own text replaces. Letters are the school union's words and always Chinese.
DEFAULTS = {
    Outcome.ESTABLISH: (
        "{单位}：\n你单位申报的{年度}年度“一会一品”项目《{项目名称}》（{类别}），经校工会研究，同意立项，"
        "批准经费 {批准经费} 元。{公示安排}{说明}\n{落款}"
    ),
    Outcome.REJECT: (
        "{单位}：\n你单位申报的{年度}年度“一会一品”项目《{项目名称}》（{类别}），经校工会研究，本年度不予立项。"
        "{说明}\n感谢你们的申报，欢迎完善后下一年度再次申报。\n{落款}"
    ),
}
FIELDS = {Outcome.ESTABLISH: "letter_establish", Outcome.REJECT: "letter_reject"}


def text_of(year: ProgrammeYear, outcome: str) -> str:
    """Return the text of a year's letters with its places open: its own, or the default."""
    return getattr(year, FIELDS[Outcome(outcome)]) or DEFAULTS[Outcome(outcome)]


def set_texts(
    year: ProgrammeYear, *, actor: User, letter_establish: str, letter_reject: str
) -> None:
    """Keep a year's own texts of the letters; what equals the default is not kept, so that it follows the default.

    Raises:
        Refused: a text names a place that nothing fills, or not the office.
    """
    if not is_school_union(actor):
        raise Refused(_("只有校工会办公室可以改通知书的文字。"), code="forbidden")
    for outcome, text in ((Outcome.ESTABLISH, letter_establish), (Outcome.REJECT, letter_reject)):
        if problem := problem_of(text):
            raise Refused(problem, code="guard")
        text = text.replace("\r\n", "\n")
        setattr(year, FIELDS[outcome], "" if text == DEFAULTS[outcome] else text)
    year.save(update_fields=list(FIELDS.values()))


def signer() -> str:
    """Return the name by which the school union signs; "" where the site names none."""
    return SiteSettings.for_site(Site.objects.get(is_default_site=True)).organiser


def signature() -> str:
    """Return how letters of today are signed: the school union as the site names it, and the day below."""
    return "\n".join(filter(None, (signer(), day(timezone.localdate()))))


def write_letter(
    entry: Entry, decision: Decision, *, minutes: str, notice: PublicNotice | None, signed: str
) -> str:
    """Return the letter of one decision.

    Args:
        entry: with unit, category and the call's year joined.
        decision: pending or released.
        minutes: the reference to the minutes.
        notice: the public notice that begins with the release (it may be unsaved), or None.
        signed: `signature` of the day.
    """
    period = ""
    if notice and decision.outcome == Outcome.ESTABLISH:
        period = (
            f"现予公示，公示期为 {day(notice.starts_on)}至{day(notice.ends_on)}（含当日），"
            "期满无异议即正式公布立项编号。"
        )
    year = entry.call.programme_year
    return text_of(year, decision.outcome).format_map(
        {
            "单位": str(entry.unit),
            "项目名称": str(entry),
            "年度": str(year.year),
            "类别": str(entry.category or ""),
            "批准经费": money_text(Decimal(decision.amount_granted)),
            "说明": decision.reason,
            "公示安排": period,
            "会议纪要": minutes,
            "落款": signed,
        }
    )
