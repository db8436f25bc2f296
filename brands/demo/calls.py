"""Programme years with their awards, and the pages that call for applications and collect summaries."""

from datetime import date, timedelta
from decimal import Decimal

from forms_app.models import (
    CallIndexPage,
    CallPage,
    FormDefinition,
    FormKind,
    ProgrammeYear,
    Rubric,
)
from forms_app.office.turns import tell_by_the_clock
from portal.dates import end_of_day

from ..models import AwardLevel
from ..telling import tell_of_summaries
from .cast import LEVELS
from .clock import at, start_of
from .people import Office
from .walking import write_page

BUDGET = Decimal(260000)


def finished_year(year: int) -> ProgrammeYear:
    """Create a year by the plan's calendar."""
    return _year(
        year,
        date(year, 3, 8),
        date(year, 4, 8),
        date(year, 4, 30),
        date(year, 11, 30),
        date(year, 12, 20),
        date(year, 12, 31),
    )


def running_year(today: date) -> ProgrammeYear:
    """Create the running year with its call open today, whatever day it is."""
    days = (-20, 9, 35, 200, 230, 250)
    return _year(today.year, *(today + timedelta(days=after) for after in days))


def application_call(
    year: ProgrammeYear, office: Office, *, limit: int = 1, experts: int = 3
) -> CallPage:
    """Let the office publish the year's call for applications two days before it opens.

    Args:
        limit: how many entries a unit may send.
        experts: how many score each entry.
    """
    body = [
        _heading("谁可以申报"),
        _text(
            "各二级工会、各教职工文体协会均可申报。学科性学院工会原则上每年申报一项；确有困难的，请在截止前向校工会"
            "说明原因。"
            + (
                "每个单位最多报两项，其中一项须与其他单位联合申报。"
                if limit > 1
                else "每个单位限报一项。"
            )
        ),
        _heading("选哪一类"),
        _text(
            "项目分思想引领、建功立业、民主管理、校园文化、维权服务、综合及其他六类，由申报单位自行选择。"
            "校工会在评审中可与申报单位商量，调整项目的方向和内容。"
        ),
        _heading("怎样申报"),
        _list(
            "经办人登录后在线填写项目申报表，可以随时保存、分几次写完。",
            "报送后由工会主席签署，再由党组织签署意见；文体协会由会长和挂靠单位签署。",
            "校工会进行形式审查，组织专家评审，公示立项名单并下达培育经费。",
        ),
        _heading("写申报表时请注意"),
        _text(
            "名称要好懂好记，能够长期使用；工作基础写真实做过的事；举措写清谁来做、何时做、做成什么样；"
            "经费预算要与来源相等，并符合工会经费的使用规定。"
        ),
        _text("填写中有任何问题，请与校工会办公室联系，电话和邮箱见页面底部。"),
    ]
    return _call(
        year,
        office,
        title=f"关于申报{year.year}年度“一会一品”文化品牌的通知",
        slug=f"{year.year}-application",
        kind=FormKind.APPLICATION,
        opens=year.apply_from,
        closes=year.apply_until,
        summary="各二级工会、教职工文体协会在线申报，六类任选，学科性学院原则上各报一项。",
        body=body,
        limit_per_unit=limit,
        experts_per_entry=experts,
        notice_days=5,
    )


def summary_call(year: ProgrammeYear, office: Office) -> CallPage:
    """Let the office collect the year's summaries."""
    body = [
        _text(
            "本年度立项的项目请在截止前填写总结表。已经记录的活动、核准的目标和预算会自动带入，请核对后补充实施情况、"
            "成效、经验和不足，并上传不少于三张照片。"
        ),
        _heading("验收看什么"),
        _text(
            "目标任务完成情况、活动质量与参与度、成效与满意度、特色与创新、宣传推广、经费与材料，满分一百分。"
        ),
        _heading("结果怎么用"),
        _text("通过验收的项目参加年度表彰。需要整改的，请在限期内补充完善后再次报送。"),
    ]
    return _call(
        year,
        office,
        title=f"关于做好{year.year}年度“一会一品”项目总结验收的通知",
        slug=f"{year.year}-summary",
        kind=FormKind.SUMMARY,
        opens=date(year.year, 11, 20),
        closes=date(year.year, 12, 10),
        summary="立项项目填写总结表，校工会组织专家评估验收。",
        body=body,
        experts_per_entry=3,
        notice_days=0,
    )


def _year(number: int, *dates: date) -> ProgrammeYear:
    names = (
        "apply_from",
        "apply_until",
        "establish_until",
        "cultivate_until",
        "evaluate_until",
        "award_until",
    )
    year = ProgrammeYear.objects.create(
        year=number, budget=BUDGET, **dict(zip(names, dates, strict=True))
    )
    for order, name in enumerate(LEVELS):
        AwardLevel.objects.create(programme_year=year, name=name, order=order)
    return year


def _call(
    year: ProgrammeYear,
    office: Office,
    *,
    kind: str,
    opens: date,
    closes: date,
    **fields: object,
) -> CallPage:
    page = CallPage(
        programme_year=year,
        kind=kind,
        form=FormDefinition.objects.filter(kind=kind).first(),
        rubric=Rubric.objects.filter(kind=kind).first(),
        opens_at=start_of(opens),
        closes_at=end_of_day(closes),
        **fields,
    )
    page.body = page.body.stream_block.to_python(list(fields["body"]))
    call = write_page(CallIndexPage.objects.get(), page, office, day=opens - timedelta(days=2))
    with at(opens, 8):
        tell_by_the_clock()
        tell_of_summaries()
    return call


def _heading(text: str) -> dict[str, str]:
    return {"type": "heading", "value": text}


def _text(text: str) -> dict[str, str]:
    return {"type": "text", "value": f"<p>{text}</p>"}


def _list(*items: str) -> dict[str, str]:
    return {"type": "text", "value": f"<ol>{''.join(f'<li>{item}</li>' for item in items)}</ol>"}
