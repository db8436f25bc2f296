"""The five steps of a programme year (plan, section 4), as lines of steps show them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy

from .models import ProgrammeYear

STEP_NAMES = (
    gettext_lazy("项目申报"),
    gettext_lazy("评审立项"),
    gettext_lazy("过程培育"),
    gettext_lazy("评估验收"),
    gettext_lazy("表彰奖励"),
)

ESTABLISH, CULTIVATE, AWARD = 1, 2, 4  # places of the steps whose progress is public

Progress = Callable[[ProgrammeYear], Mapping[int, str]]
_progress: list[Progress] = []


def register_progress(find: Progress) -> None:
    """Register what tells in public figures how far a year has come.

    Args:
        find: takes a year, returns words by the place of the step they belong to; a fixed number of queries.
    """
    _progress.append(find)


def progress_of(year: ProgrammeYear) -> dict[int, str]:
    """Return what has come of a year so far, in words with figures, by the place of the step."""
    return {place: words for find in _progress for place, words in find(year).items()}


def periods_of(year: ProgrammeYear) -> list[tuple[date, date]]:
    """Return the first and the last day of each step; a step begins on the day after the one before."""
    ends = (
        year.apply_until,
        year.establish_until,
        year.cultivate_until,
        year.evaluate_until,
        year.award_until,
    )
    begins = (year.apply_from, *(end + timedelta(days=1) for end in ends[:-1]))
    return list(zip(begins, ends, strict=True))


def states_on(year: ProgrammeYear, day: date) -> list[str]:
    """Return each step's state on a day ("done", "now" or "next"), by the year's dates."""
    return [
        "done" if end < day else "now" if begin <= day else "next"
        for begin, end in periods_of(year)
    ]


def in_days(begin: date, end: date, *, year: int) -> str:
    """Return "3月1日–4月20日"; with the year where it is not the programme's."""
    first = "MONTH_DAY_FORMAT" if begin.year == year else "DATE_FORMAT"
    last = "MONTH_DAY_FORMAT" if end.year == begin.year else "DATE_FORMAT"
    return f"{date_format(begin, first)}–{date_format(end, last)}"


def in_months(begin: date, end: date, *, year: int) -> str:
    """Return "3月—4月", "12月—次年6月", "次年1月—3月" or, within one month, "4月"; in English "Mar – Apr"."""
    chinese = (get_language() or "").startswith("zh")
    first, last = (date_format(day, "n月" if chinese else "M") for day in (begin, end))
    if not chinese:
        return first if first == last else f"{first} – {last}"
    if begin.year > year:
        first = f"次年{first}"
    if first.endswith(last) and begin.year == end.year:
        return first
    return f"{first}—{'' if begin.year == end.year else '次年'}{last}"


def line_of_steps(
    year: ProgrammeYear,
    states: Sequence[str],
    *,
    dates: Callable[..., str] = in_days,
    periods: Sequence[tuple[date, date]] | None = None,
) -> list[dict[str, str]]:
    """Return the five steps as `components/steps.html` takes them.

    Args:
        year: whose dates are shown.
        states: "done", "now" or "next" for each step.
        dates: how a step's period is written.
        periods: first and last day of each step, where they are not the year's own.
    """
    return [
        {"name": str(name), "dates": dates(*period, year=year.year), "state": state}
        for name, period, state in zip(STEP_NAMES, periods or periods_of(year), states, strict=True)
    ]
