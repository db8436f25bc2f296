"""The calendar of activities, as a page by month and as an iCalendar feed: only what public pages tell."""

import calendar
from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.plain_text import without_control

from ..models import BrandPageActivity
from ..public import happenings

FEED_LENGTH = 500
OCTETS = 73  # of a line in the feed, its break aside (RFC 5545, section 3.1)


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Show one month: the one asked for, which is one that has something or today's; else the last that has something."""
    with_some = happenings.months_with_some()
    today = timezone.localdate()
    this_month = today.replace(day=1)
    months = sorted({*with_some, this_month})
    asked = next((one for one in months if f"{one:%Y-%m}" == request.GET.get("month")), None)
    shown = asked or (with_some[-1] if with_some else this_month)
    by_day = happenings.in_month(shown)
    place = months.index(shown)
    weeks = [
        [{"date": day, "inside": day.month == shown.month, "events": by_day[day]} for day in week]
        for week in calendar.Calendar(calendar.MONDAY).monthdatescalendar(shown.year, shown.month)
    ]
    feed_url = request.build_absolute_uri(reverse("brands:calendar_feed"))
    return render(
        request,
        "brands/calendar.html",
        {
            "month": shown,
            "weeks": weeks,
            "count": sum(len(events) for events in by_day.values()),
            "before": months[place - 1] if place > 0 else None,
            "after": months[place + 1] if place + 1 < len(months) else None,
            "today": today,
            "this_month": this_month,
            "is_latest": asked is None and shown != this_month,
            "has_some": bool(with_some),
            "feed_url": feed_url,
            # Behind webcal:, which calendars subscribe to.
            "feed_place": feed_url.partition(":")[2],
            "crumbs": [{"title": "品牌风采", "url": "/brands/"}],
        },
    )


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Serve the newest activities as an iCalendar feed of days."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//yihuiyipin//activities//ZH",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:一会一品活动",
    ]
    for activity in happenings.newest(FEED_LENGTH):
        lines += _event(activity, request)
    lines.append("END:VCALENDAR")
    text = "\r\n".join(folded(line) for line in lines) + "\r\n"
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _event(activity: BrandPageActivity, request: HttpRequest) -> list[str]:
    page = activity.page
    stamp = page.last_published_at or datetime.now(UTC)
    address = page.get_full_url(request) or ""
    about = f"{page.title} · {page.project.unit.name}"
    return [
        "BEGIN:VEVENT",
        f"UID:activity-{activity.pk}@{request.get_host().split(':')[0]}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_day(activity.date)}",
        f"DTEND;VALUE=DATE:{_day(activity.date + timedelta(days=1))}",
        f"SUMMARY:{escaped(activity.name)}",
        f"DESCRIPTION:{escaped(chr(10).join(filter(None, (about, activity.sentence))))}",
        f"URL:{address}",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return f"{day.year:04}{day:%m%d}"  # %Y writes the year 1 as "1"


def escaped(text: str) -> str:
    """Return a text as a value of the feed (RFC 5545, section 3.3.11)."""
    text = without_control(text)
    for mark, code in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(mark, code)
    return text


def folded(line: str) -> str:
    """Return a line broken so that no part exceeds 75 octets; never inside a character."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > OCTETS:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
