"""The mid-term checks and change requests of the running year: in every state, so that each screen has something to show."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from ..cultivation import changing, checking
from ..models import ChangeKind, Conclusion, MidtermCheck, Project
from .clock import at
from .line import Line, lines
from .people import Office, team
from .walking import Posts

LOOKS_AT = "对照批准的计划，看进度、经费和需要校工会帮助的地方。"
PROGRESS = (
    "立项以后先做准备：{first}的场地和人员都定了下来，小范围试办过两次，报名比预计的多，打算分两批进行。",
    "已经开了头：{first}先在小范围里试了试，参加的人留下了联系方式，下一次的日子也已商定。进度与计划一致。",
)
PROBLEMS = (
    "夜班和校外的同事来得少，时间还要再试。",
    "活动多在周末，场地有时与学生活动冲突，希望校工会帮助协调一次。",
)
NEXT_STEPS = "下个月按进度安排继续，并把每次活动的小结当天记下来。"
CONCLUDED = {
    "ggxy": (Conclusion.NORMAL, "进度与计划一致，请继续。"),
    "hjkx": (Conclusion.STRENGTHEN, "活动开展得好，经费执行偏慢，请对照预算安排好下一阶段。"),
}
RETURNED = {"yssj": "已用经费没有填，请补上再交。"}
SENT = ("tjsx", "tsg")
NOT_ASKED = "sh"
NEW_LEADER = "yssj"
MORE_TIME = "tjsx"


def check_midway(
    projects: Iterable[Project], office: Office, posts: Mapping[str, Posts], *, today: date
) -> int:
    """Let the office ask, the units answer, and the office conclude; return how many were asked."""
    running = {project.unit.code: project for project in projects}
    asked_for = [project for unit, project in running.items() if unit != NOT_ASKED]
    with at(today - timedelta(days=4), 9):
        asked = checking.ask(
            asked_for,
            actor=office.clerk,
            due_on=today + timedelta(days=10),
            looks_at=LOOKS_AT,
        )
    for unit in (*SENT, *CONCLUDED, *RETURNED):
        _answer(running[unit].midterm, lines()[unit], posts[unit], day=today - timedelta(days=2))
    with at(today - timedelta(days=1), 15):
        for unit, (conclusion, opinion) in CONCLUDED.items():
            checking.conclude(
                running[unit].midterm,
                actor=office.clerk,
                conclusion=conclusion,
                opinion=opinion,
            )
        for unit, reason in RETURNED.items():
            checking.send_back(
                running[unit].midterm,
                actor=office.clerk,
                reason=reason,
                until=today + timedelta(days=6),
            )
    return len(asked.checks)


def ask_for_changes(
    projects: Iterable[Project], office: Office, posts: Mapping[str, Posts], *, today: date
) -> None:
    """Let one unit change its leader, with the office's consent, and another ask for more time."""
    running = {project.unit.code: project for project in projects}
    with at(today - timedelta(days=3), 10):
        leader, successor = team(lines()[NEW_LEADER])[:2]
        asked = changing.request(
            running[NEW_LEADER],
            kind=ChangeKind.CHANGE,
            actor=posts[NEW_LEADER].officer,
            wanted={
                "aspect": "leader",
                "new_value": successor.name,
                "reason": f"{leader.name}下半年外出访学，由{successor.name}接手，材料已交接。",
            },
        )
    with at(today - timedelta(days=2), 14):
        changing.approve(asked, actor=office.clerk, answer="同意，请做好交接。")
    with at(today - timedelta(days=1), 11):
        changing.request(
            running[MORE_TIME],
            kind=ChangeKind.EXTENSION,
            actor=posts[MORE_TIME].officer,
            wanted={
                "until": running[MORE_TIME].programme_year.evaluate_until + timedelta(days=14),
                "reason": "最后一次集体活动排在学期末，请允许总结表晚交两周。",
            },
        )


def _answer(midterm: MidtermCheck, line: Line, posts: Posts, *, day: date) -> None:
    spent = (midterm.project.granted * Decimal("0.15")).quantize(Decimal("0.01"))
    unit = line.unit
    with at(day, 20, line.number % 60):
        checking.send(
            midterm,
            actor=posts.officer,
            answers={
                "progress": PROGRESS[line.number % 2].format(first=f"“{line.measures[0][0]}”"),
                "problems": PROBLEMS[line.number % 2],
                "spent": None if unit in RETURNED else spent,
                "spent_remark": "",
                "next_steps": NEXT_STEPS,
            },
            based_on=midterm.turn,
        )
