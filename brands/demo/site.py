"""What the school union publishes in the demo: the foot of the site and its notices, all through the three reviews."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from wagtail.models import Site

from forms_app.models import FormKind, ProgrammeYear
from portal.cms.models import (
    NoticeIndexPage,
    NoticePage,
    SiteSettings,
)

from ..announcing import next_slug
from ..public.award_list import awards_of
from .line import read
from .people import Office
from .walking import write_page

UNION = "示例大学工会"


def settle_site() -> None:
    """Fill in what head and foot of every page say."""
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.union_name = UNION
    settings.organiser = "示例大学工会委员会"
    settings.address = "示例省示例市示例路 1 号 教工之家 201 室"
    settings.phone = "0000-8000 0000"
    settings.email = "union@example.edu"
    settings.icp_number = "示例ICP备00000000号"
    settings.police_number = "示例公网安备 00000000000000号"
    settings.school_home_url = "https://www.example.edu/"
    settings.save()


def publish_notices_of(year: ProgrammeYear, office: Office) -> int:
    """Publish the notices of a finished year. Returns how many."""
    found = read("notices.toml")["finished"]
    for told in found:
        _publish(told, year, office, day=day_of(year.year, told["day"]))
    return len(found)


def publish_running_notices(year: ProgrammeYear, office: Office, *, today: date) -> int:
    """Publish the notices of the running year. Returns how many."""
    found = read("notices.toml")["running"]
    for told in found:
        _publish(told, year, office, day=today - timedelta(days=told["ago"]))
    return len(found)


def _publish(told: dict[str, Any], year: ProgrammeYear, office: Office, *, day: date) -> None:
    count = year.projects.count()
    places = {"year": year.year, "count": count}
    body = [_article(line.format(**places)) for line in lines_of(told["body"])]
    if "table" in told:
        body[1:1] = [{"type": "table", "value": table} for table in TABLES[told["table"]](year)]
    call = year.calls.get(kind=FormKind.APPLICATION)
    page = NoticePage(
        title=told["title"].format(**places),
        slug=next_slug(call) if told.get("table") == "established" else f"{day:%Y%m%d}",
        summary=told["summary"].format(**places),
        issued_on=day,
        signer=UNION,
        about=call if told.get("about_call") else None,
    )
    page.body = page.body.stream_block.to_python(body)
    write_page(NoticeIndexPage.objects.get(), page, office, day=day)


def _established(year: ProgrammeYear) -> list[dict[str, Any]]:
    rows = year.projects.select_related("unit", "category").order_by("serial")
    head = ["立项编号", "项目名称", "单位", "类别"]
    return [
        _table(head, [[it.project_no, it.title, it.unit.name, it.category.name] for it in rows])
    ]


def _awarded(year: ProgrammeYear) -> list[dict[str, Any]]:
    by_level: dict[str, list[list[str]]] = {}
    for award in awards_of(year):
        project = award.project
        row = [project.project_no, project.title, project.unit.name]
        by_level.setdefault(award.level.name, []).append(row)
    head = ["立项编号", "项目名称", "单位"]
    return [_table(head, rows, f"{level}（{len(rows)} 个）") for level, rows in by_level.items()]


TABLES: dict[str, Callable[[ProgrammeYear], list[dict[str, Any]]]] = {
    "established": _established,
    "awarded": _awarded,
}


def _table(head: list[str], rows: list[list[str]], caption: str = "") -> dict[str, Any]:
    return {
        "data": [head, *rows],
        "cell": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_caption": caption,
    }


def _article(line: str) -> dict[str, str]:
    if line.startswith("# "):
        return {"type": "heading", "value": line.removeprefix("# ")}
    return {"type": "text", "value": f"<p>{line}</p>"}


def lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def day_of(year: int, day: str) -> date:
    month, number = (int(part) for part in day.split("-"))
    return date(year, month, number)
