"""The whole April: forty applications from the first signature to the announcement, as the people involved go through it.

A hundred and thirty people take part, so they walk through the test's own process, by HTTP all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brands.models import Disbursement, Project
from forms_app.entries.merging import digest_of
from forms_app.models import Assignment, CallPage, Decision, Entry, Objection
from portal.cms.models import NoticePage
from portal.messaging.models import Message
from portal.units.models import Post, Role, Unit, User
from tests.factories.answers import default_schema
from tests.factories.forms import CallFactory, Cast, form_with
from tests.factories.units import UnitFactory, person_with

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]

UNITS, RETURNED, REJECTED, MINUTES = 40, 2, 2, "校工会第5次办公会纪要"
# What of the default application form is asked here: what the rules of April look at.
ASKED = ("title", "category", "partner_units", "leader_name", "leader_staff_no", "contact_name")
ASKED += ("summary", "amount_requested")


@dataclass
class April:
    """The call and its people, each with a browser of his own."""

    call: CallPage
    casts: list[Cast]
    office: User
    experts: list[User]
    partner: Unit
    browsers: dict[int, Client] = field(default_factory=dict)

    def entry(self, number: int) -> Entry:
        return Entry.objects.get(call=self.call, unit=self.casts[number].unit)

    def post(self, who: User | None, name: str, /, *args: Any, **data: Any) -> Any:
        """Post as somebody; everything but a plain refusal of the test's own steps is an error."""
        answer = self.as_(who).post(reverse(name, args=args), data)
        assert answer.status_code in (200, 302), (name, data, answer.status_code)
        return answer

    def act(self, number: int, action: str, **data: Any) -> None:
        self.post(self.office, "office:act", self.entry(number).pk, action, **data)

    def as_(self, who: User | None) -> Client:
        key = who.pk if who else 0
        if key not in self.browsers:
            self.browsers[key] = Client()
            if who:
                self.browsers[key].force_login(who)
        return self.browsers[key]

    def everywhere(self, do: Callable[[int], None]) -> None:
        for number in range(UNITS):
            do(number)

    def states(self) -> dict[str, int]:
        found = list(self.call.entries.values_list("status", flat=True))
        return {status: found.count(status) for status in sorted(set(found))}


@pytest.fixture
def april():
    """Forty units with their people, and seven experts each of whom has to stay away from something."""
    call = CallFactory(experts_per_entry=3, form=form_with(short_form()))
    host = UnitFactory(kind="department")
    units = [UnitFactory(kind="college", is_disciplinary=number < 17) for number in range(34)]
    units += [UnitFactory(kind="association", host=host) for _number in range(34, UNITS)]
    casts = [Cast(unit) for unit in units]
    for cast in casts:
        cast.take_up_posts()
    experts = [person_with(Role.EXPERT, staff_no=f"E00{number}") for number in range(7)]
    units[0].memberships.create(
        user=experts[0], post=Post.OFFICER, since="2015-01-01", until="2018-01-01"
    )
    units[1].memberships.create(user=experts[1], post=Post.OFFICER, since="2020-01-01")
    host.memberships.create(user=experts[6], post=Post.CHAIR, since="2020-01-01")
    partner = UnitFactory()
    partner.memberships.create(user=experts[3], post=Post.OFFICER, since="2020-01-01")
    return April(call, casts, casts[0].office, experts, partner)


def short_form() -> dict[str, Any]:
    """Return the default form with the fields that April looks at."""
    sections = [
        {**section, "fields": [one for one in section["fields"] if one["key"] in ASKED]}
        for section in default_schema("application")["sections"]
    ]
    return {"sections": [one for one in sections if one["fields"]], "rules": [], "warnings": []}


def test_the_whole_april(april):
    april.everywhere(lambda number: units_apply(april, number))
    assert april.states() == {"submitted": UNITS}
    two_are_returned_and_come_back(april)
    experts_stay_away_from_what_is_theirs(april)
    experts_score(april)
    three_are_negotiated(april)
    decisions_are_drafted_and_released(april)
    one_objection_holds_one_item_back(april)
    the_announcement_is_drafted(april)


def units_apply(april: April, number: int) -> None:
    cast = april.casts[number]
    april.post(cast.officer, "forms_app:start", april.call.pk, unit=cast.unit.code)
    send_and_sign(april, number, f"示例品牌{number}")


def send_and_sign(april: April, number: int, title: str) -> None:
    cast, entry = april.casts[number], april.entry(number)
    answers = {**content(title), "f-leader_name": f"示例负责人{number}", "f-contact_name": "示例乙"}
    if number == 2:
        answers["f-leader_staff_no"] = april.experts[2].staff_no
    if number == 3:
        answers["f-partner_units"] = april.partner.code
    if number in (4, 5):
        answers["f-contact_name"] = april.experts[4].name
    april.post(cast.officer, "forms_app:edit", entry.pk, **answers, save_count=entry.save_count)
    checked = digest_of(april.entry(number))
    april.post(cast.officer, "forms_app:send", entry.pk, seen=checked)
    version = entry.versions.latest("number").number
    agreed = {"version": str(version), "conclusion": "agree"}
    april.post(cast.chair, "forms_app:sign", entry.pk, **agreed, text="同意申报")
    april.post(cast.party, "forms_app:sign", entry.pk, **agreed, text="同意")


def content(title: str, **changed: str) -> dict[str, str]:
    """Return what a unit applies with, and what the school union can propose to change."""
    said = {"summary": "教职工一起读书。", "category": "culture", "amount_requested": "8000"}
    return {f"f-{key}": value for key, value in {"title": title, **said, **changed}.items()}


def two_are_returned_and_come_back(april: April) -> None:
    until = timezone.localdate() + timedelta(days=5)
    places = list(april.call.entries.order_by("submitted_at").values_list("pk", flat=True))
    for number in range(RETURNED):
        april.act(
            number,
            "return",
            **{
                "return-comment": "名称请突出特色",
                "return-until": until.isoformat(),
                "return-at-title": "太笼统",
            },
        )
        assert (
            "太笼统"
            in april.as_(april.casts[number].officer)
            .get(reverse("forms_app:edit", args=[april.entry(number).pk]))
            .text
        )
        send_and_sign(april, number, f"示例特色品牌{number}")
    assert april.states() == {"submitted": UNITS}
    assert list(april.call.entries.order_by("submitted_at").values_list("pk", flat=True)) == places
    for number in range(RETURNED):
        april.act(number, "pass_check", **{"check-ticked": april.call.checklist_lines})
    april.post(april.office, "office:pass_all", april.call.pk, sure="on")
    assert april.states() == {"in_review": UNITS}


def experts_stay_away_from_what_is_theirs(april: April) -> None:
    """Every expert has a conflict, each of another kind; nobody is given, shown or asked about what is not for him."""
    april.post(april.office, "office:distribute", april.call.pk)
    same_name, somebody_else = april.entry(4), april.entry(5)
    recused = {"recuse-expert": april.experts[4].pk, "recuse-reason": "就是本人"}
    april.act(4, "recuse", **recused)
    april.post(april.office, "office:clear_name", somebody_else.pk, april.experts[4].pk)
    friends = Assignment.objects.filter(expert=april.experts[5]).first()
    april.post(april.experts[5], "review:recuse", friends.pk, reason="与负责人是亲属", sure="1")
    april.post(april.office, "office:distribute", april.call.pk)

    hosted = {(6, april.entry(number).pk) for number in range(34, UNITS)}
    conflicts = {(number, april.entry(number).pk) for number in range(4)}
    conflicts |= hosted | {(4, same_name.pk), (5, friends.entry_id)}
    given = Assignment.objects.filter(entry__call=april.call).exclude(pk=friends.pk)
    pairs = set(given.values_list("expert", "entry"))
    assert len(pairs) == 3 * UNITS
    for number, entry in conflicts:
        assert (april.experts[number].pk, entry) not in pairs
    for expert in april.experts:
        desk = april.as_(expert)
        listed = desk.get(reverse("review:index")).context["open"]
        assert {one.assignment.entry_id for one in listed} == {
            entry for person, entry in pairs if person == expert.pk
        }
        foreign = given.exclude(expert=expert).first()
        for name in ("entry", "confirm", "recuse"):
            assert desk.get(reverse(f"review:{name}", args=[foreign.pk])).status_code == 404
    friends_page = reverse("review:entry", args=[friends.pk])
    assert april.as_(april.experts[5]).get(friends_page).status_code == 404


def experts_score(april: April) -> None:
    """Each expert saves one after the other as "next" serves them, and hands all in after a look at his own scores."""
    criteria = list(april.call.rubric.criteria.all())
    for number, expert in enumerate(april.experts):
        desk = april.as_(expert)
        page = desk.get(reverse("review:next"))
        while page.url != reverse("review:overview"):
            key = int(page.url.partition("#")[0].strip("/").split("/")[-1])
            share = 12 + (key * 7 + number) % 8
            points = {f"points-{line.pk}": line.points * share / 20 // 1 for line in criteria}
            page = desk.post(page.url, {**points, "do": "next"})
            assert page.status_code == 302
        rows = desk.get(page.url).context["rows"]
        ready = [one.assignment.pk for one in rows]
        seals = {f"seen-{one.assignment.pk}": one.seal for one in rows}
        april.post(expert, "review:overview", take=ready, **seals)
        assert not expert.assignments.filter(pk__in=ready, review__locked_at=None).exists()
    april.post(april.office, "office:close_reviews", april.call.pk)
    assert april.states() == {"deciding": UNITS}


def three_are_negotiated(april: April) -> None:
    titles = [april.entry(number).title for number in range(3)]
    proposals = (
        content("示例联合品牌", summary="全校教职工一起读书。"),
        content(titles[1], amount_requested="5000"),
        content(titles[2], category="care"),
    )
    answers = (
        {"answer": "accepted"},
        {
            "answer": "each",
            "on-amount_requested-answer": "countered",
            "on-amount_requested-text": "请留出场地费",
            "f-amount_requested": "6000",
        },
        {"answer": "each", "on-category-answer": "objected", "on-category-text": "本意是读书"},
    )
    for number, (proposed, answer) in enumerate(zip(proposals, answers, strict=True)):
        cast, entry = april.casts[number], april.entry(number)
        april.act(number, "propose", reason="建议联合举办", **proposed)
        asked = april.as_(cast.officer).get(reverse("forms_app:answer", args=[entry.pk])).text
        assert "建议联合举办" in asked
        april.post(cast.officer, "forms_app:answer", entry.pk, **answer)
    april.act(1, "take_counter")
    assert april.states() == {"deciding": UNITS}


def decisions_are_drafted_and_released(april: April) -> None:
    rows = {}
    for number in range(UNITS):
        key, rejected = f"e{april.entry(number).pk}", number >= UNITS - REJECTED
        rows[f"{key}-outcome"] = "reject" if rejected else "establish"
        rows[f"{key}-amount"] = "" if rejected else str(5000 + number * 100)
        rows[f"{key}-reason"] = "与往年项目重复" if rejected else ""
    granted = sum(5000 + number * 100 for number in range(UNITS - REJECTED))
    before = Message.objects.count()
    board = reverse("office:board", args=[april.call.pk])
    tried = april.as_(april.office).post(board, {**rows, "try": ""})
    assert tried.context["board"].left == april.call.programme_year.budget - granted
    assert not Decision.objects.exists()
    april.as_(april.office).post(board, {**rows, "save": ""})
    assert Message.objects.count() == before
    assert (
        "5,100.00"
        not in april.as_(april.casts[1].officer)
        .get(reverse("forms_app:entry", args=[april.entry(1).pk]))
        .text
    )

    address = reverse("office:release", args=[april.call.pk])
    seen = april.as_(april.office).get(address, {"minutes": MINUTES}).context["batch"]
    assert len(seen.letters) == UNITS
    april.post(april.office, "office:release", april.call.pk, minutes=MINUTES, digest=seen.digest)
    assert april.states() == {"in_notice": UNITS - REJECTED, "rejected": REJECTED}
    for cast in april.casts:
        [letter] = cast.officer.messages_received.filter(kind="decision_letter", channel="inbox")
        assert cast.unit.name in letter.context["letter"]


def one_objection_holds_one_item_back(april: April) -> None:
    entry = april.entry(3)
    notice = entry.decision.notice
    assert entry.title in april.as_(None).get(notice.path).text
    april.post(
        None,
        "objection:object",
        entry.pk,
        name="示例职工",
        contact="0000-80000000",
        text="与往年的项目内容重复，请核实。",
    )
    objection = Objection.objects.get()
    for step in ("accept", "investigate"):
        april.post(april.office, "office:objection", objection.pk, step=step, text="正在核实")
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=True):
        april.browsers.clear()
        april.post(april.office, "office:conclude_notices", april.call.pk)
        approved = UNITS - REJECTED - 1
        assert april.states() == {"approved": approved, "in_notice": 1, "rejected": REJECTED}
        april.post(
            april.office, "office:objection", objection.pk, step="dismiss", text="经核实不重复"
        )
        april.post(april.office, "office:conclude_notices", april.call.pk)
    april.browsers.clear()
    assert april.states() == {"approved": UNITS - REJECTED, "rejected": REJECTED}
    approved = [april.entry(number).versions.get(reason="approved") for number in range(3)]
    agreed = [version.answers for version in approved]
    assert (agreed[0]["title"], agreed[0]["summary"]) == ("示例联合品牌", "全校教职工一起读书。")
    assert (agreed[1]["amount_requested"], agreed[2]["category"]) == ("6000.00", "culture")


def the_announcement_is_drafted(april: April) -> None:
    numbers = list(Project.objects.order_by("serial").values_list("serial", flat=True))
    assert numbers == list(range(1, UNITS - REJECTED + 1))
    assert Disbursement.objects.filter(paid_on=None).count() == UNITS - REJECTED
    april.post(april.office, "announce", april.call.pk)
    page = NoticePage.objects.get()
    assert not page.live
    assert "YHYP-" in str(page.body.render_as_block())
    for cast in april.casts[: UNITS - REJECTED]:
        told = cast.officer.messages_received.filter(kind="project_established", channel="inbox")
        assert told.count() == 1
    trail = april.as_(april.office).get(reverse("office:trail", args=[april.entry(1).pk])).text
    for words in ("退回修改", "提交评分", "请留出场地费", "采纳单位另提的方案", MINUTES):
        assert words in trail
