"""Answers of an application, composed from what a brand line tells and a few sentences that differ from line to line."""

from datetime import date, timedelta
from typing import Any

from portal.units.models import User

from .budgets import budget
from .line import Event, Line, units
from .people import Person

BACKING = (
    "{short}现有会员{members}人，工会委员分工包干，每项活动落实到人。去年以来，相关活动都留有签到、照片和小结，参加的职工反映时间安排得当、内容贴近工作，愿意继续参加的占九成以上；单位党政领导多次到场，场地和课时上给予支持，具备持续做下去的条件。",
    "从人员看，工会小组长和热心会员组成了十余人的骨干队伍，多数有承办大型活动的经验；从场地看，教工之家和公共空间可以固定使用；从机制看，{short}工会每月碰头、每季小结，会员提出的意见在下一次活动前都有回音，这些都是把品牌做长做实的底气。",
    "前期摸底发放问卷，回收率超过八成，会员最看重的是“有用、有趣、不占晚上”。{short}工会据此调整了活动的时间和长短，并在{members}名会员中征集到一批愿意出点子、出力气的人。试办过程中形成的通知、签到、反馈三张表，今年可以直接使用。",
    "试办以来没有花过一分不必要的钱，靠的是会员自己动手和兄弟单位互相帮忙。{short}工会把每一次的得失都记在工作本上，哪些环节冷场、哪些话题一开口就停不下来，心里已经有数。今年在{members}名会员中继续推开，难处主要在时间协调上，办法也已商量好。",
    "{short}工会多年坚持会员活动日制度，党政工配合顺畅，所需的场地、设备由单位统一协调。骨干中既有经验丰富的老同志，也有入职不久的年轻人，老带新的做法已成习惯。相关做法曾在校工会的工作例会上交流，几个兄弟单位来看过，提出了很有价值的建议。",
    "从试办情况看，参加的人一次比一次多，半数以上是朋友带朋友来的。{short}工会建立了活动台账，时间、地点、人数、花费和一句评价逐条登记，便于年底对账，也便于后来的人接手。{members}名会员中已有近三分之一参与过，今年重点动员还没有来过的人。",
)
LEADS = (
    "围绕建设目标，今年重点抓好四件事，每件事都有人牵头、有时间节点、有可以检查的结果。",
    "今年的工作按照“小步走、常年做、留痕迹”的思路展开，主要有以下四项内容。",
    "从职工最容易参加的地方入手，把一年的工作分成四个板块，前后衔接，互相带动。",
    "坚持职工出题、职工动手、职工评价，今年拟从四个方面推进。",
    "全年工作突出一个“实”字，具体举措如下，均已与相关部门沟通一致。",
)
PACE = (
    "时间上，上学期重在开好头、立规矩，下学期重在铺开和提高；每学期末召开一次骨干会，请参加过的职工讲真话、提意见，凡是连续两次人数下降的内容就停下来重新设计。每次活动控制在九十分钟以内，不占用教学时间，提前一周发通知，活动后三天内完成记录和照片归档。",
    "实施中注意三点：一是不求场面，每次活动规模控制在方便说话的范围内；二是不走过场，活动之后用两个问题收集反馈，问一问“学到什么”“下次还来不来”；三是不留断档，寒暑假也安排轻量的内容，让职工在假期里也能找到组织。",
    "推进的办法是先试后推：第一个月只在一个小组试，发现问题当场改；第二个月扩大到全体会员；下半年邀请兄弟单位一起参加。负责人每月向工会委员会报告一次进度，经费使用按月公开，会员随时可以查看台账、提出建议。",
    "为了让更多的人参加，活动时间错开上课和会议高峰，同样的内容安排两次；对身体不便和带孩子的职工，提前询问需要什么帮助。每一项内容都明确一位牵头人和一位替补，牵头人出差时活动照常进行，不因为一个人而停下来。",
    "工作中把“来过的人怎么说”当作主要标准：活动现场设一块意见板，写什么都行；每月选出三条意见公开答复；年中对照目标做一次自查，完成得好的继续，完成得不好的写明原因。所有材料当月归档，年底可以直接成册。",
)
HANDS = (
    "分工上，负责人抓总，经办人管进度和台账，各工会小组轮流承办；凡是会员能做的事不请外人做，凡是能自己动手的不花钱买，把更多的经费用在参加的人身上。",
    "每项举措都设一个看得见的节点：开头有一次说明，中间有一次开放，结束有一次分享。没有完成的不遮掩，写明原因并入下一阶段，由工会委员会督促落实。",
    "志愿者实行“一带一”，每位骨干带一位新人，年底新人要能独立承办一次活动；对坚持下来的骨干，在评先评优中予以推荐，让出力的人有回音。",
    "与兄弟单位之间互通有无：我们缺场地时借场地，他们缺师傅时去师傅，工会之间的往来也记在台账上，年底一起算算互相帮了多少忙。",
    "参加的职工每人有一张随手卡，记下来过几次、学到什么、想要什么，年底收回来作为改进的依据；填不填全凭自愿，不作任何考核。",
)
SAFEGUARDS = (
    "组织上，由工会主席牵头成立工作小组，党组织负责人参加重要环节的研究；人员上，骨干、志愿者和替补都已落实；场地由单位统一调配，户外活动提前勘察路线、备好药箱并购买短期保险；经费专款专用，按学校财务和工会经费规定报销，台账每季度向会员公开。",
    "工作小组共七人，分管策划、联络、现场、记录和经费，每月碰头一次。重要活动报党组织同意，涉及其他单位的先发函商定。安全方面实行“三提前”：提前看场地、提前查天气、提前定预案；五十人以上的活动安排医护人员到场。经费支出两人签字，按月公示。",
    "党政支持、工会主办、会员自愿。单位把本项目列入年度工作要点，提供固定场地和配套经费；工会委员每人联系一个小组；志愿者上岗前做一次短训。肖像和个人信息的使用事先征得本人同意。经费按预算执行，超过预算的事项先报批后开支。",
    "建立例会、台账、回访三项制度：每月例会通报进展，每次活动留下台账，每季度随机回访二十位参加者。场地和设备由专人管理，用后归位。户外和体育类活动落实热身、补水和急救安排。经费使用接受工会经费审查委员会监督。",
    "由一名工会副主席专门负责，两名青年骨干协助，退休老同志担任顾问。与相关部门建立了联络表，场地、用电、停车等事项有固定对接人。活动报名实名登记，人数设上限，确保安全。经费先预算后执行，结余留到下一年继续用于本品牌。",
)
PUBLICITY = (
    "每次活动三天内在单位网站和工会公众号发一篇图文，每季度向校工会报送一篇小结；年底制作一段三分钟短片和一本小册子，放在教工之家供人翻阅。",
    "以照片和短句为主，张贴在职工每天经过的地方；重要活动邀请校内媒体到场，争取市级以上媒体关注；全部影像统一命名存档。",
    "由两名会员担任记录员，一人拍照一人写字，先给当事人看过再发布；在学校网站、公众号和宣传栏同步推出“我在现场”系列。",
    "不做大幅海报，做小卡片和明信片，由参加的人带回办公室；下半年在品牌页上集中展示，并与兄弟单位交换宣传位置。",
)
POSTS = (
    "工会主席、副教授",
    "工会副主席、讲师",
    "工会委员、副研究员",
    "工会主席、教授",
    "工会副主席、高级实验师",
)
ASSOCIATION_POSTS = ("会长、副教授", "副会长、讲师", "秘书长、工程师")
DUTIES = ("方案策划与进度", "现场组织", "联络与报名", "摄影与记录", "经费与台账", "志愿者管理")


def pick(bank: tuple[str, ...], line: Line, year: int) -> str:
    """Return the sentence of a bank that falls to a line in a year; neighbours get different ones."""
    return bank[(line.number * 2 + year) % len(bank)]


def application(
    line: Line,
    *,
    year: int,
    team: list[Person],
    contact: User,
    begins: date,
    ends: date,
    events: tuple[Event, ...],
    previous: str = "",
    partners: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return the neutral answers of an application (附件1).

    Args:
        line: the brand.
        year: the programme year.
        team: who carries the brand, the leader first.
        contact: the unit's officer.
        begins: first day of the plan.
        ends: last day of the plan.
        events: what is planned; their names and places go into the measures.
        previous: number of the project that is continued, or nothing.
        partners: codes of the partner units.
    """
    unit = next(unit for unit in units() if unit["code"] == line.unit)
    leader, *members = team
    association = unit["kind"] == "association"
    rows, requested, matching = budget(line, year=year)
    return {
        "title": line.name,
        "slogan": line.slogan,
        "partner_units": list(partners),
        "category": line.category,
        "kind": "continued" if previous else "new",
        **({"previous_project": previous} if previous else {}),
        "start_date": begins.isoformat(),
        "end_date": ends.isoformat(),
        "audience": line.audience,
        "expected_participants": line.people,
        "leader_name": leader.name,
        "leader_post": pick(ASSOCIATION_POSTS if association else POSTS, line, year),
        "leader_staff_no": leader.staff_no,
        "leader_phone": leader.phone,
        "leader_email": leader.email,
        "contact_name": contact.name,
        "contact_phone": contact.phone,
        "members": [
            {"name": it.name, "staff_no": it.staff_no, "unit": unit["short_name"], "duty": duty}
            for it, duty in zip(members, DUTIES, strict=False)
        ],
        "summary": line.summary,
        "foundation": line.base
        + _continued(line, previous)
        + pick(BACKING, line, year).format(short=unit["short_name"], members=unit["members"]),
        "goals": line.aims,
        "measures": measures(line, year, events),
        "innovation": line.fresh,
        "safeguards": pick(SAFEGUARDS, line, year),
        "expected_results": line.effect,
        "publicity_plan": pick(PUBLICITY, line, year),
        "schedule": _schedule(line, begins, ends),
        "indicators": [
            {"name": "开展活动", "target": max(6, len(events)), "unit_label": "场"},
            {"name": "参加职工", "target": line.people * 3, "unit_label": "人次"},
            {"name": "参加者满意率", "target": 90 + line.number % 5, "unit_label": "%"},
        ],
        "budget_items": rows,
        "amount_requested": requested,
        "amount_matching": matching,
        "amount_other": "0.00",
        "declaration": True,
    }


def measures(line: Line, year: int, events: tuple[Event, ...]) -> str:
    """Return the measures in numbered paragraphs, with what is planned through the year."""
    paragraphs = [pick(LEADS, line, year)]
    paragraphs += [
        f"（{'一二三四五六'[place]}）{name}。{text}。"
        for place, (name, text) in enumerate(line.measures)
    ]
    if events:
        planned = "、".join(f"“{event.name}”" for event in events[:4])
        paragraphs.append(f"全年拟安排{planned}等活动，具体时间随教学安排微调，提前一周公布。")
    else:
        paragraphs.append(
            "各项活动的具体时间随教学安排和场地情况确定，提前一周在单位通知栏和工作群公布。"
        )
    paragraphs += [pick(PACE, line, year), pick(HANDS, line, year)]
    return "\n".join(paragraphs)


def _continued(line: Line, previous: str) -> str:
    if not previous:
        return ""
    return (
        f"本项目延续已立项的《{line.name}》（{previous}）。上一轮建设中暴露的问题是：{line.flaw}"
        f"今年的改进方向也很明确：{line.next}"
    )


def _schedule(line: Line, begins: date, ends: date) -> list[dict[str, str]]:
    """Return one row per measure, over equal parts of the plan's time."""
    span = (ends - begins) / len(line.measures)
    fruits = ("工作方案与分工表", "活动记录与照片", "阶段小结", "成果汇编与总结")
    return [
        {
            "start": (begins + span * place + timedelta(days=1 if place else 0)).isoformat(),
            "end": (begins + span * (place + 1)).isoformat(),
            "task": f"{name}：{text}"[:200],
            "deliverable": fruits[place % len(fruits)],
        }
        for place, (name, text) in enumerate(line.measures)
    ]
