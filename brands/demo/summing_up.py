"""Answers of a summary (附件2), composed from what a brand line tells and what was recorded."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Any

from ..models import Activity
from .line import Line
from .wording import pick

CENT = Decimal("0.01")

OPENINGS = (
    "立项以来，工作小组按照核准的方案逐项推进，每月碰头、每次留痕，年中对照目标自查一次，根据会员意见对时间和内容作了两处调整，主要工作均按计划完成。",
    "一年来，项目坚持“职工出题、职工动手、职工评价”，由负责人牵头，骨干分工包干，遇到问题当周商量当周解决。全年实施情况如下。",
    "项目从四月启动，先在小范围试行，五月起面向全体会员铺开，下半年邀请兄弟单位共同参加。经费、场地和人员均按方案落实，没有发生安全问题。",
    "项目实施中我们始终守住两条：不为拍照而办活动，不让参加的人白来一趟。全年的工作按照方案的四个板块展开，完成情况逐项说明如下。",
)
CLOSINGS = (
    "各次活动均有签到、照片和一句话小结，材料当月归档。经费按预算执行，支出两人签字、逐月公示。校工会的过程指导意见收到后当周传达，并在下一次活动中落实。",
    "全部活动都做到了事前有通知、事后有记录。对没有能够参加的会员，工作小组用图文和回访补上。过程中形成的表格和做法已经整理成册，可以直接交给后来的人。",
    "活动之外，骨干们用零碎时间做了大量看不见的事：联络、布置、收拾、整理照片。参加的会员里有三分之一从听众变成了组织者，这是一年里最实在的变化。",
    "实施过程中，党组织和行政给予了场地与时间上的支持，兄弟单位多次伸手相助。所有影像使用都征得了本人同意，台账随时可查。",
)
WORK = (
    "具体做法上，每次活动前由承办小组写一页纸的安排，写明谁开门、谁签到、谁记录、谁收尾；活动后当晚在群里报人数、报花费、说一句最想改进的地方。年中自查时对照目标逐条打勾，没有打上勾的两条在暑期补做，秋季学期又根据回访增加了面向夜班职工的安排。",
    "为保证质量，我们把“少而精”写进了工作约定：同一周不安排两场，同一位志愿者一个月不超过两次；内容由会员投票选出，连续两次得票最低的撤换。上半年撤换过一个栏目，下半年补上的新栏目反而最受欢迎，这件事让我们更相信职工的眼睛。",
    "人员方面，骨干由年初的八人增加到十五人，其中一半是参加活动后主动留下来的；分工也由“谁有空谁上”变成轮值表，提前一个月排定。场地方面得到三个兄弟单位的支持，没有因为场地停过一次。台账由专人登记，每季度向会员公开。",
    "时间上避开了考试周和会议高峰，同样的内容一般安排两次，方便倒班和带孩子的职工。每次都设签到和意见板，一年收到意见一百多条，能改的当月改，改不了的写明原因贴在旁边。安全方面始终有人值守，全年没有发生任何意外。",
)
PROOFS = (
    "年末随机回访三十位参加者，九成以上表示还会再来，七成能说出至少一件具体的收获。也有人提出了直率的批评，我们原样写进了工作本。",
    "与年初相比，变化看得见：主动报名的多了，点名派人的没有了；来过的人会带人来，参加者当中四成是被同事拉来的。",
    "更重要的是，不同年龄、不同岗位的职工因为这件事彼此认识，平时办公室里的招呼也多了。这种变化没有列在指标里，却是我们最看重的。",
    "活动结束后，会员自发建起了联络群，没有通知的日子也有人张罗。一个品牌能不能长久，要看没有人推的时候它还动不动，目前看，它在动。",
    "从台账看，重复参加三次以上的会员占一半，说明内容留得住人；新来的面孔每次也有两成左右，说明门开得够大。",
)
LESSONS = (
    "体会有三：一是小切口，一件具体的事比一个宏大的题目更能把人聚起来；二是慢节奏，每次少办一点、办细一点，反而走得远；三是放手，让职工自己当主角，工会做好搭台和收拾的事。这套做法不依赖特殊条件，有场地、有三五个热心人就能开始。",
    "能够推广的是规则而不是场面：固定的时间、公开的记录、允许随时进出。照着做的兄弟单位反馈，最难的是坚持前三个月，过了这道坎就有了自己的节奏。我们愿意把表格、流程和走过的弯路一并交出来。",
    "一条重要经验是先问后做。凡是先听过职工意见的活动，人数和评价都明显更高；凡是我们自己觉得好就办的，多半冷场。把提意见变得容易，比把活动办得漂亮更要紧。",
    "经验可以概括为“三个有人”：有人牵头、有人替补、有人记账。品牌不靠一两个能人，而靠一套交得出去的办法。今年已有两位骨干调离岗位，工作没有中断，说明这套办法是管用的。",
)
SCHOOL_PRESS = (
    "在{place}，遇见“{name}”",
    "“{name}”：把小事做成大家的事",
    "走近“{name}”：一年与一群人",
)
CITY_PRESS = ("一所大学工会的寻常一日：{name}", "教职工的新去处：{name}")
COMMENTS = (
    "方案扎实，四项举措都能落地；建议把参加人数的统计口径写得更清楚。",
    "选题来自职工真实的需要，读来可信。进度安排略满，注意留出机动时间。",
    "特色鲜明，有传下去的可能。建议早一点考虑骨干的接续。",
    "预算合理，保障到位。宣传部分可以再具体一些，写明由谁来写、发在哪里。",
    "基础好，有连续性。今年与往年的不同之处还可以说得更透。",
    "覆盖面适当，不贪大。建议增加对夜班和校外职工的安排。",
    "成效的衡量办法清楚，建议补充对照的数据。",
    "可复制性强，建议整理成几页纸的做法供其他单位使用。",
)


def summary(
    line: Line, *, year: int, activities: Sequence[Activity], prefilled: dict[str, Any], good: bool
) -> dict[str, Any]:
    """Return the neutral answers of a summary on top of what was prefilled.

    Args:
        line: the brand.
        year: the programme year.
        activities: the recorded ones, by date.
        prefilled: the answers the form began with.
        good: whether the targets were reached.
    """
    visits = sum(activity.participants for activity in activities)
    reached = {"开展活动": len(activities), "参加职工": visits, "参加者满意率": 96 if good else 82}
    share = 95 + line.number % 5 if good else 62
    return {
        **prefilled,
        "implementation": _implementation(line, year, activities),
        "indicator_results": [
            {**row, "actual": max(row["target"] if good else 0, reached[row["name"]])}
            for row in prefilled["indicator_results"]
        ],
        "participants_total": visits,
        "activity_count": len(activities),
        "results": _results(line, year, activities, visits),
        "highlights": f"{line.fresh}参加者的一句话最能说明问题：“{line.quote}”",
        "experience": pick(LESSONS, line, year),
        "press": press(line, year),
        "satisfaction": reached["参加者满意率"],
        "expenses": _expenses(prefilled, share),
        "problems": line.flaw,
        "next_steps": f"{line.next}同时把今年行之有效的办法写成几页纸，交给下一年的骨干。",
        "self_grade": "excellent" if good else "passed",
        "public_intro": line.summary,
        "declaration": True,
    }


def _expenses(prefilled: dict[str, Any], share: int) -> list[dict[str, str]]:
    """Return the final account: what was spent, in per cent of each category's share of the grant."""
    budgeted = [Decimal(row["budgeted"]) for row in prefilled["expenses"]]
    granted = Decimal(prefilled.get("granted") or sum(budgeted))
    rows = []
    for row, before in zip(prefilled["expenses"], budgeted, strict=True):
        allowed = (before * granted / sum(budgeted)).quantize(CENT, ROUND_DOWN)
        spent = (allowed * share / 100).quantize(CENT, ROUND_DOWN)
        rows.append({**row, "spent": str(spent)})
    return rows


def press(line: Line, year: int) -> list[dict[str, str]]:
    """Return the press reports of a year; media and addresses are invented."""
    address = f"https://news.example.edu/{year}/{line.unit}"
    rows = [
        {
            "title": pick(SCHOOL_PRESS, line, year).format(
                name=line.name, place=line.events[0].place
            ),
            "media": "示例大学新闻网",
            "level": "school",
            "date": f"{year}-06-18",
            "url": f"{address}-1",
        },
        {
            "title": pick(CITY_PRESS, line, year).format(name=line.name),
            "media": "示例晚报",
            "level": "city",
            "date": f"{year}-10-{10 + line.number % 18}",
            "url": f"{address}-2",
        },
    ]
    return rows[: 1 + line.number % 2]


def _implementation(line: Line, year: int, activities: Sequence[Activity]) -> str:
    measures = "".join(f"{name}：{text}。" for name, text in line.measures)
    told = "".join(
        f"{it.date.month}月{it.date.day}日，在{it.place}举办“{it.name}”，{it.participants}人参加，{it.sentence}"
        for it in activities
    )
    return "\n".join(
        (
            pick(OPENINGS, line, year),
            f"对照立项时的目标（{line.aims.rstrip('。')}），各项举措落实情况如下。{measures}",
            told,
            pick(WORK, line, year + 1),
            f"实施中也有不足：{line.flaw}{pick(CLOSINGS, line, year)}",
        )
    )


def _results(line: Line, year: int, activities: Sequence[Activity], visits: int) -> str:
    return "\n".join(
        (
            line.gain,
            f"年初确定的目标是：{line.aims}对照检查，全年记录活动{len(activities)}场、{visits}人次，"
            f"申报时预期的“{line.effect.rstrip('。')}”已基本实现，差距之处在问题部分如实说明。",
            pick(PROOFS, line, year),
            pick(PROOFS, line, year + 2),
            pick(CLOSINGS, line, year + 1),
        )
    )
