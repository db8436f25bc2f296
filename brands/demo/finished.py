"""A finished year of the demo, from its call to its awards, by the plan's calendar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from forms_app.decision import adjusting, deciding, releasing
from forms_app.entries import attaching, saving, sending
from forms_app.models import Answer, CallPage, Entry, Outcome, ProgrammeYear
from portal.cms.moderation import doors

from ..cultivation import cultivating, summarising
from ..models import AwardLevel, Disbursement, Grade, Project
from . import calls, pictures
from .cast import PAGE_IN_SECOND_REVIEW, PAGE_RETURNED
from .clock import at, school_day
from .cultivation import guide, record, report_press, write_brand_page
from .line import Event, Line, lines
from .people import Office, team
from .summing_up import summary
from .walking import Posts, fill, review, send, waiting
from .wording import application

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What a finished year brings; units by their codes.

    Attributes:
        rejected: unit and reason.
        adjusted: agreed to a proposal of the school union.
        awards: level → units.
        second_half: units that used the first half of their activities in an earlier year.
        split: units that keep the second half for the next year.
        rectified: failed, mended and accepted.
        failed: failed for good.
        archived: whether the projects were filed in the next January.
    """

    year: int
    established: tuple[str, ...]
    rejected: tuple[str, str]
    withdrawn: str
    returned: str
    adjusted: str
    awards: Mapping[str, tuple[str, ...]]
    second_half: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    rectified: str = ""
    failed: str = ""
    archived: bool = False

    def events_of(self, line: Line) -> tuple[Event, ...]:
        """Return the activities of a line in this year."""
        half = len(line.events) // 2
        if line.unit in self.second_half:
            return line.events[half:]
        return line.events[:half] if line.unit in self.split else line.events

    def level_of(self, unit: str) -> str:
        """Return the award of a unit, or nothing."""
        return next((level for level, codes in self.awards.items() if unit in codes), "")


@dataclass
class FinishedYear:
    """Walks one year."""

    plan: Plan
    office: Office
    posts: Mapping[str, Posts]
    say: Say

    def load(self) -> None:
        """Walk the year from its call to its awards."""
        year = calls.finished_year(self.plan.year)
        call = calls.application_call(year, self.office)
        self._apply(call)
        self._decide(call)
        projects = {
            project.unit.code: project
            for project in year.projects.select_related("unit", "programme_year", "category")
        }
        self.say(f"立项 projects: {len(projects)}")
        self._cultivate(projects)
        collecting = calls.summary_call(year, self.office)
        self._sum_up(projects, collecting)
        self._accept(projects, collecting)
        self.say(f"表彰 awards: {self._award(year)}")
        if self.plan.archived:
            self._archive(year)

    def _day(self, month: int, day: int) -> date:
        return date(self.plan.year, month, day)

    def _apply(self, call: CallPage) -> None:
        plan = self.plan
        everybody = (*plan.established, plan.rejected[0], plan.withdrawn)
        for place, unit in enumerate(everybody):
            day = self._day(3, 12) + timedelta(days=place % 18)
            entry = fill(call, self.posts[unit], self._answers(unit), day=day)
            if unit == plan.withdrawn:
                with at(day, 17):
                    sending.withdraw(
                        entry, actor=self.posts[unit].officer, comment="骨干外派，明年再申报。"
                    )
                continue
            entry = send(entry, self.posts[unit], day=day + timedelta(days=1))
            if unit == plan.returned:
                self._return(entry, unit)
        self.say(f"申报 applications: {len(everybody)}")

    def _answers(self, unit: str) -> dict:
        line = lines()[unit]
        previous = Project.objects.filter(unit__code=unit).order_by("-serial").first()
        return application(
            line,
            year=self.plan.year,
            team=team(line),
            contact=self.posts[line.unit].officer,
            begins=self._day(4, 1),
            ends=self._day(11, 30),
            events=self.plan.events_of(line),
            previous=previous.project_no if previous else "",
        )

    def _return(self, entry: Entry, unit: str) -> None:
        posts = self.posts[unit]
        with at(self._day(4, 3), 15):
            sending.return_for_changes(
                entry,
                actor=self.office.clerk,
                comment="内容很好，请补充两处后再报送。",
                until=self._day(4, 8),
                field_comments={
                    "schedule": "各阶段的起止时间请与校历对一对。",
                    "budget_items": "请写明测算依据。",
                },
            )
        with at(self._day(4, 5), 10):
            fresh = Entry.objects.get(pk=entry.pk)
            rows = [
                {**row, "basis": f"{row['basis']}，按实际场次结算"}
                for row in fresh.answers["budget_items"]
            ]
            fresh = saving.save(
                fresh,
                answers={**fresh.answers, "budget_items": rows},
                actor=posts.officer,
            ).entry
        send(fresh, posts, day=self._day(4, 6))

    def _decide(self, call: CallPage) -> None:
        plan, clerk = self.plan, self.office.clerk
        entries = {entry.unit.code: entry for entry in call.entries.filter(status="submitted")}
        with at(self._day(4, 9), 9):
            for entry in entries.values():
                sending.pass_check(entry, actor=clerk)
        quality = {entry.pk: self._quality(unit) for unit, entry in entries.items()}
        review(call, self.office, quality, day=self._day(4, 10))
        self._negotiate(entries[plan.adjusted], plan.adjusted)
        with at(self._day(4, 19), 15):
            # In the order of the established, so that the project numbers follow it.
            for unit in plan.established:
                asked = Decimal(entries[unit].answers["amount_requested"])
                deciding.decide(
                    entries[unit],
                    actor=clerk,
                    outcome=Outcome.ESTABLISH,
                    amount=(asked * Decimal("0.8")).quantize(Decimal(500)),
                )
            unit, reason = plan.rejected
            deciding.decide(entries[unit], actor=clerk, outcome=Outcome.REJECT, reason=reason)
            releasing.release(call, actor=clerk, minutes=f"校工会委员会会议纪要〔{plan.year}〕4号")
        with at(self._day(4, 28), 9):
            for unit in plan.established:
                deciding.conclude_notice(entries[unit], actor=clerk)

    def _negotiate(self, entry: Entry, unit: str) -> None:
        with at(self._day(4, 15), 10):
            audience = f"{entry.answers['audience']}，并向兄弟单位开放"[:100]
            adjusting.propose(
                entry,
                actor=self.office.clerk,
                changes={"audience": audience},
                reason="方案成熟，建议适当扩大覆盖面，请兄弟单位的职工一起参加。",
            )
        with at(self._day(4, 16), 10):
            adjusting.answer_proposal(
                entry,
                actor=self.posts[unit].chair,
                answer=Answer.ACCEPTED,
                text="同意，场地可以容纳。",
            )

    def _quality(self, unit: str) -> float:
        if unit == self.plan.rejected[0]:
            return 0.68
        if unit in (self.plan.failed, self.plan.rectified):
            return 0.8
        return {"十佳品牌": 0.93, "优秀品牌": 0.88, "特色品牌": 0.85}.get(
            self.plan.level_of(unit), 0.82
        )

    def _cultivate(self, projects: Mapping[str, Project]) -> None:
        count = 0
        for unit, project in projects.items():
            line, posts = lines()[unit], self.posts[unit]
            events = [(self._held(event), event) for event in self.plan.events_of(line)]
            activities = record(project, line, events, posts)
            count += len(activities)
            with at(self._day(5, 15)):
                Disbursement.objects.filter(project=project).update(paid_on=self._day(5, 15))
            if line.number % 2:
                guide(project, line, self.office, posts.officer, day=self._day(6, 20))
            if line.number % 3 == 0:
                guide(project, line, self.office, posts.chair, day=self._day(10, 21))
            if unit == self.plan.failed:
                continue
            report_press(project, line, posts, year=self.plan.year)
            self._tell(project, line, activities)
        self.say(f"活动 activities: {count}")

    def _tell(self, project: Project, line: Line, activities: list) -> None:
        day = school_day(self._day(12, 8) + timedelta(days=line.number % 4))
        stages = 3
        if self.plan.second_half and line.unit in (PAGE_RETURNED, PAGE_IN_SECOND_REVIEW):
            stages = 1
        page = write_brand_page(
            project, line, activities, self.office, self.posts[line.unit], day=day, stages=stages
        )
        if stages == 1 and line.unit == PAGE_RETURNED:
            with at(day, 15):
                doors.return_page(
                    waiting(page),
                    actor=self.office.reviewers[1],
                    reason="第二段提到的邻里对子请再核对人数；图集里请补一张活动现场的照片。",
                )

    def _held(self, event: Event) -> date:
        """Return the day of an activity; the last ones lie before the summary."""
        month, day = (int(part) for part in event.day.split("-"))
        return min(self._day(month, day), self._day(12, 3))

    def _sum_up(self, projects: Mapping[str, Project], call: CallPage) -> None:
        for place, (unit, project) in enumerate(projects.items()):
            poor = unit in (self.plan.failed, self.plan.rectified)
            self._summarise(
                project, unit, day=self._day(12, 4) + timedelta(days=place % 4), good=not poor
            )
        self._evaluate(call, list(projects), day=self._day(12, 11))

    def _summarise(self, project: Project, unit: str, *, day: date, good: bool) -> None:
        line, posts = lines()[unit], self.posts[unit]
        with at(day, 9):
            entry = summarising.start_summary(project, actor=posts.officer)
            activities = list(project.activities.order_by("date", "pk"))
            for material in project.materials.filter(activity__isnull=False).order_by("dated"):
                attaching.attach(
                    entry,
                    field_key="photos",
                    upload=pictures.again(material),
                    actor=posts.officer,
                    details={
                        "caption": material.title,
                        "credit": pictures.CREDIT,
                        "taken_on": material.dated.isoformat(),
                        "consent": True,
                    },
                )
            entry = Entry.objects.get(pk=entry.pk)
            entry = saving.save(
                entry,
                answers=summary(
                    line,
                    year=self.plan.year,
                    activities=activities,
                    prefilled=entry.answers,
                    good=good,
                ),
                actor=posts.officer,
            ).entry
        send(entry, posts, day=day + timedelta(days=1))

    def _evaluate(
        self, call: CallPage, units: list[str], *, day: date, merit: float | None = None
    ) -> None:
        entries = {
            entry.unit.code: entry
            for entry in call.entries.filter(status="submitted", unit__code__in=units)
        }
        with at(day, 8):
            for entry in entries.values():
                sending.pass_check(entry, actor=self.office.clerk)
        quality = {entry.pk: merit or self._merit(unit) for unit, entry in entries.items()}
        review(call, self.office, quality, day=day)

    def _merit(self, unit: str) -> float:
        if unit == self.plan.failed:
            return 0.55
        return 0.64 if unit == self.plan.rectified else self._quality(unit)

    def _accept(self, projects: Mapping[str, Project], call: CallPage) -> None:
        for unit, project in projects.items():
            with at(self._day(12, 17), 10):
                cultivating.accept(project, actor=self.office.clerk, **self._verdict(unit))
        unit = self.plan.rectified
        if unit:
            self._summarise(projects[unit], unit, day=self._day(12, 19), good=True)
            self._evaluate(call, [unit], day=self._day(12, 21), merit=0.785)
            with at(self._day(12, 26), 10):
                cultivating.accept(
                    projects[unit],
                    actor=self.office.clerk,
                    grade=Grade.PASS,
                    opinion="整改到位，台账已补齐，同意通过验收。",
                )

    def _verdict(self, unit: str) -> dict:
        if unit == self.plan.failed:
            return {
                "grade": Grade.FAIL,
                "opinion": "计划的活动大部分没有开展，验收不合格。原因已在总结中如实说明，欢迎完善方案后再次申报。",
            }
        if unit == self.plan.rectified:
            return {
                "grade": Grade.FAIL,
                "opinion": "签字记录不全，户外屋停办两个月，请补齐台账、落实场地后再次报送。",
                "rectify_until": self._day(12, 24),
            }
        share = round(self._merit(unit) * 100, 2)
        return {
            "grade": cultivating.suggested_grade(Decimal(str(share))),
            "opinion": {
                "十佳品牌": "目标全面完成，特色鲜明，职工认可度高，具有推广价值。",
                "优秀品牌": "完成情况良好，材料扎实，建议进一步凝练经验。",
                "特色品牌": "选题独特，做法可贵，建议继续扩大覆盖面。",
            }.get(self.plan.level_of(unit), "完成申报目标，同意通过验收。"),
        }

    def _award(self, year: ProgrammeYear) -> int:
        given = 0
        with at(self._day(12, 28), 10):
            for level in AwardLevel.objects.filter(programme_year=year):
                for unit in self.plan.awards[level.name]:
                    project = Project.objects.get(programme_year=year, unit__code=unit)
                    cultivating.give_award(project, actor=self.office.clerk, level=level)
                    given += 1
        return given

    def _archive(self, year: ProgrammeYear) -> None:
        with at(date(self.plan.year + 1, 1, 12), 10):
            for project in year.projects.filter(status__in=("accepted", "awarded")):
                cultivating.archive(project, actor=self.office.clerk)
