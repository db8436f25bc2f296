"""The running year of the demo, relative to today: its call is open, and its entries stand in every state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from forms_app.decision import adjusting, deciding, releasing
from forms_app.entries import sending
from forms_app.models import CallPage, Entry, Outcome

from ..models import Project
from . import calls, cast, site
from .clock import at
from .cultivation import record, write_brand_page
from .finished import Say
from .line import Event, Line, joint_line, lines
from .midway import ask_for_changes, check_midway
from .people import Office, team
from .walking import Posts, fill, review, send
from .wording import application

# What the joint draft does not say yet; about a third of what is required.
UNWRITTEN = (
    "measures",
    "innovation",
    "safeguards",
    "expected_results",
    "publicity_plan",
    "schedule",
    "declaration",
)
# At which stage the pages of the first batch wait: how many reviewers have approved.
PAGES = {"tjsx": 0, "ggxy": 0, "hjkx": 0, "yssj": 1, "tsg": 1, "sh": 2}


@dataclass
class RunningYear:
    """Walks the running year up to today."""

    today: date
    office: Office
    posts: Mapping[str, Posts]
    say: Say

    def load(self) -> None:
        """Walk from the call to today."""
        year = calls.running_year(self.today)
        call = calls.application_call(year, self.office, limit=2, experts=5)
        self._first_batch(call)
        self.say(f"首批立项 first batch: {year.projects.count()}")
        self._second_batch(call)
        self._under_review(call)
        self._arrived(call)
        self._at_the_units(call)
        self.say(f"申报 entries: {call.entries.count()}")
        running = year.projects.select_related("unit", "programme_year", "category")
        self._cultivate(running)
        checks = check_midway(running, self.office, self.posts, today=self.today)
        ask_for_changes(running, self.office, self.posts, today=self.today)
        self.say(f"中期检查 mid-term checks: {checks}")
        self.say(
            f"通知 notices: {site.publish_running_notices(year, self.office, today=self.today)}"
        )

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _first_batch(self, call: CallPage) -> None:
        """Early entries: established after their public notice while the call is still open."""
        entries = {
            unit: self._send(call, unit, ago=19 - place % 2, begins=self._ago(5))
            for place, unit in enumerate(cast.FIRST_BATCH)
        }
        self._check(entries, ago=17)
        review(call, self.office, {it.pk: 0.92 for it in entries.values()}, day=self._ago(17))
        with at(self._ago(13), 15):
            for entry in entries.values():
                self._establish(entry)
        with at(self._ago(5), 9):
            for entry in entries.values():
                deciding.conclude_notice(entry, actor=self.office.clerk)

    def _second_batch(self, call: CallPage) -> None:
        """Scored and closed: in public notice, waiting for the decision, or being negotiated."""
        units = (*cast.IN_NOTICE, *cast.DECIDING, cast.ADJUSTING)
        entries = {
            unit: self._send(call, unit, ago=15 - place % 3) for place, unit in enumerate(units)
        }
        self._check(entries, ago=11)
        quality = {entry.pk: 0.78 if unit == "ppq" else 0.88 for unit, entry in entries.items()}
        review(call, self.office, quality, day=self._ago(11))
        with at(self._ago(2), 15):
            for unit in cast.IN_NOTICE:
                self._establish(entries[unit])
            adjusted = entries[cast.ADJUSTING]
            adjusting.propose(
                adjusted,
                actor=self.office.clerk,
                changes={
                    "expected_participants": adjusted.answers["expected_participants"] + 60,
                    "audience": "全校教职工，重点是中老年职工和夜班岗位",
                },
                reason="夜班岗位的呼声很高，建议把傍晚班纳入今年的方案，人数相应增加；经费可以上浮。",
            )

    def _under_review(self, call: CallPage) -> None:
        """With the experts: part of the scores is there."""
        entries = {
            unit: self._send(call, unit, ago=12 - place % 4)
            for place, unit in enumerate(cast.IN_REVIEW)
        }
        self._check(entries, ago=6)
        quality = {
            entry.pk: 0.84 + place % 4 * 0.03 for place, entry in enumerate(entries.values())
        }
        review(call, self.office, quality, day=self._ago(5), upto=0.5, closed=False)

    def _arrived(self, call: CallPage) -> None:
        """Waiting for the formal check, and one that was given back."""
        for place, unit in enumerate(cast.SUBMITTED):
            self._send(call, unit, ago=6 - place)
        returned = self._send(call, cast.RETURNED, ago=9)
        with at(self._ago(3), 16):
            sending.return_for_changes(
                returned,
                actor=self.office.clerk,
                comment="今年打算怎样扩大名额、怎样与两个食堂合办，还没有写出来，请补充后再报送。",
                until=self.today + timedelta(days=6),
                field_comments={
                    "measures": "请写明“后厨开放日”由谁牵头、一年办几次。",
                    "expected_participants": "去年已有六百人次，今年的人数请重新估算。",
                    "schedule": "暑假两个月没有安排，请补充或说明。",
                },
            )

    def _at_the_units(self, call: CallPage) -> None:
        """Not sent yet, waiting for a signature, or taken back."""
        self._send(call, cast.AWAITING_CHAIR, ago=2, upto="officer")
        for unit in cast.AWAITING_PARTY:
            self._send(call, unit, ago=3, upto="chair")
        taken_back = self._send(call, cast.TAKEN_BACK, ago=8)
        with at(self._ago(4), 11):
            sending.withdraw(
                taken_back,
                actor=self.posts[cast.TAKEN_BACK].officer,
                comment="想把夜班专题想清楚再报，这次先放弃。",
            )
        answers = self._answers(joint_line(), (), partners=(cast.DRAFT_PARTNER,))
        for key in UNWRITTEN:
            del answers[key]
        fill(call, self.posts[cast.DRAFT], answers, day=self._ago(1))

    def _cultivate(self, projects) -> None:
        for project in projects:
            unit = project.unit.code
            line, posts = lines()[unit], self.posts[unit]
            held = [(self._ago(5 - 2 * place), event) for place, event in enumerate(line.recent)]
            activities = record(project, line, held, posts)
            if unit in PAGES:
                write_brand_page(
                    project,
                    line,
                    activities,
                    self.office,
                    posts,
                    day=self._ago(1),
                    stages=PAGES[unit],
                )

    def _send(
        self,
        call: CallPage,
        unit: str,
        *,
        ago: int,
        upto: str = "party",
        begins: date | None = None,
    ) -> Entry:
        line = lines()[unit]
        previous = Project.objects.filter(unit__code=unit).order_by("-programme_year__year").first()
        answers = self._answers(
            line,
            line.events[-4:],
            previous=previous.project_no if previous else "",
            begins=begins,
        )
        entry = fill(call, self.posts[unit], answers, day=self._ago(ago))
        return send(entry, self.posts[unit], day=self._ago(ago), upto=upto)

    def _answers(
        self,
        line: Line,
        events: tuple[Event, ...],
        *,
        previous: str = "",
        partners: tuple[str, ...] = (),
        begins: date | None = None,
    ) -> dict:
        return application(
            line,
            year=self.today.year,
            team=team(line),
            contact=self.posts[line.unit].officer,
            begins=begins or self.today + timedelta(days=40),
            ends=self.today + timedelta(days=190),
            events=events,
            previous=previous,
            partners=partners,
        )

    def _check(self, entries: Mapping[str, Entry], *, ago: int) -> None:
        with at(self._ago(ago), 8):
            for entry in entries.values():
                sending.pass_check(entry, actor=self.office.clerk)

    def _establish(self, entry: Entry) -> None:
        asked = Decimal(entry.answers["amount_requested"])
        deciding.decide(
            entry,
            actor=self.office.clerk,
            outcome=Outcome.ESTABLISH,
            amount=(asked * Decimal("0.8")).quantize(Decimal(500)),
        )
        releasing.release(
            entry.call,
            actor=self.office.clerk,
            minutes=f"校工会委员会会议纪要〔{self.today.year}〕",
            only=[entry.pk],
        )
