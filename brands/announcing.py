"""The announcement (公布): a draft notice that lists the established projects of a call with their numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.translation import gettext as _

from forms_app.decision.letters import signer
from forms_app.engine.kinds.number import money_text
from forms_app.models import CallPage
from portal.cms.models import NoticeIndexPage, NoticePage
from portal.lifecycle.door import Refused
from portal.lifecycle.office import only_the_office
from portal.units.models import User

from .models import Project


def established_in(call: CallPage) -> QuerySet[Project]:
    """Return the projects that came out of a call, by their numbers."""
    return (
        Project.objects.filter(entry__call=call)
        .select_related("unit", "category")
        .order_by("serial")
    )


def announcements_of(call: CallPage) -> QuerySet[NoticePage]:
    """Return the announcements that were drafted for a call, published or not."""
    return NoticePage.objects.filter(slug__startswith=_slug(call)).order_by("pk")


def to_announce(call: CallPage) -> list[Project]:
    """Return the established projects of a call that no public announcement of it lists (two queries)."""
    told = {
        cell
        for page in announcements_of(call).live()
        for row in _list_in(page.body.raw_data) or ()
        for cell in row
    }
    return [project for project in established_in(call) if project.project_no not in told]


def why_nothing_to_announce(call: CallPage) -> str:
    """Return why there is nothing to announce of a call now."""
    if established_in(call).exists():
        return _("立项的项目都已经公布；再有新的立项时，可以生成下一份公布稿。")
    return _("还没有正式立项的项目：公示期满公布立项后，才能生成公布稿。")


def draft_announcement(call: CallPage, *, actor: User) -> NoticePage:
    """Draft the announcement of a call's new projects. Like any page it is published through the school union's review.

    Returns:
        The draft; the one drafted before, where that lists the same projects and is not public yet.

    Raises:
        Refused: nothing is established that is not announced already, or not the office.

    Side effects: a NoticePage that is a draft, with a revision by the actor.
    """
    only_the_office(actor)
    projects = to_announce(call)
    if not projects:
        raise Refused(why_nothing_to_announce(call), code="guard")
    body = _body(call, projects)
    with transaction.atomic():
        index = NoticeIndexPage.objects.select_for_update().get()
        draft = announcements_of(call).not_live().last()
        if draft and _list_in(draft.get_latest_revision_as_object().body.raw_data) == _list_in(
            body
        ):
            return draft
        page = NoticePage(
            title=f"关于公布{call.programme_year.year}年度“一会一品”立项项目的通知",
            slug=next_slug(call),
            summary=f"{call.programme_year.year}年度“一会一品”文化品牌共立项 {len(projects)} 项。",
            body=body,
            signer=signer(),
            about=call,
            owner=actor,
            live=False,
            has_unpublished_changes=True,
        )
        index.add_child(instance=page)
        page.save_revision(actor)
    return page


def next_slug(call: CallPage) -> str:
    """Return the place in the address of a call's next announcement, by which it is known as one."""
    return f"{_slug(call)}{announcements_of(call).count() + 1}"


def _slug(call: CallPage) -> str:
    return f"established-{call.pk}-"


def _list_in(body: Iterable[Mapping[str, Any]]) -> list[list[str]] | None:
    """Return the rows of the first table."""
    return next((one["value"]["data"] for one in body if one["type"] == "table"), None)


def _body(call: CallPage, projects: list[Project]) -> list[dict[str, Any]]:
    """Return text and table; the words are the school union's, and always Chinese."""
    rows = [["序号", "立项编号", "申报单位", "项目名称", "类别", "批准经费（元）"]]
    for number, one in enumerate(projects, start=1):
        rows.append(
            [
                str(number),
                one.project_no,
                str(one.unit),
                one.title,
                str(one.category),
                money_text(one.granted),
            ]
        )
    opening = (
        f"各二级工会、教职工文体协会：根据《{call.title}》，经单位申报、评审、校工会研究和公示，"
        f"确定以下 {len(projects)} 个项目为{call.programme_year.year}年度“一会一品”立项项目，现予公布。"
        "请各项目单位按核准的方案组织实施，做好宣传和资料积累。"
    )
    return [
        {"type": "text", "value": f"<p>{escape(opening)}</p>"},
        {
            "type": "table",
            "value": {
                "data": rows,
                "cell": [],
                "first_row_is_table_header": True,
                "first_col_is_header": False,
                "table_caption": "立项项目名单",
            },
        },
    ]
