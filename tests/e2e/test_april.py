"""The whole April: a dozen applications from the first signature to the announcement, as the people involved go through it.

Some fifty people take part, so they walk through the test's own process, by HTTP all the same.
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
from forms_app.models import Assignment, CallPage, Decision, Entry, Objection
from portal.cms.models import NoticePage
from portal.messaging.models import Message
from portal.units.models import Role, User
from tests.factories.forms import CallFactory, Cast
from tests.factories.units import UnitFactory, person_with

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]

UNITS, RETURNED, REJECTED, MINUTES = 12, 2, 2, "校工会第5次办公会纪要"


@dataclass
class April:
    """The call and its people, each with a browser of his own."""

    call: CallPage
    casts: list[Cast]
    office: User
    experts: list[User]
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
    call = CallFactory(experts_per_entry=3)
    casts = [
        Cast(UnitFactory(kind="college", is_disciplinary=number < 10)) for number in range(UNITS)
    ]
    for cast in casts:
        cast.take_up_posts()
    experts = [person_with(Role.EXPERT) for _number in range(7)]
    # The first expert once belonged to the first unit, the second belongs to the second.
    casts[0].unit.memberships.create(
        user=experts[0], post="officer", since="2015-01-01", until="2018-01-01"
    )
    casts[1].unit.memberships.create(user=experts[1], post="officer", since="2020-01-01")
    return April(call, casts, casts[0].office, experts)


def test_the_whole_april(april):
    april.everywhere(lambda number: units_apply(april, number))
    assert april.states() == {"submitted": UNITS}
    two_are_returned_and_come_back(april)
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
    april.post(
        cast.officer,
        "forms_app:edit",
        entry.pk,
        **{"f-title": title, "f-slogan": "同心", "save_count": entry.save_count},
    )
    count = april.entry(number).save_count
    april.post(cast.officer, "forms_app:send", entry.pk, save_count=count)
    april.post(cast.chair, "forms_app:sign", entry.pk, conclusion="agree", text="同意申报")
    april.post(cast.party, "forms_app:sign", entry.pk, conclusion="agree", text="同意")


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
        send_and_sign(april, number, f"示例特色品牌{number}")
    assert april.states() == {"submitted": UNITS}
    assert list(april.call.entries.order_by("submitted_at").values_list("pk", flat=True)) == places
    ticked = {"check-ticked": april.call.checklist_lines}
    april.everywhere(lambda number: april.act(number, "pass_check", **ticked))
    assert april.states() == {"in_review": UNITS}


def experts_score(april: April) -> None:
    april.post(april.office, "office:distribute", april.call.pk)
    given = Assignment.objects.filter(entry__call=april.call).select_related("expert", "entry")
    pairs = {(one.expert_id, one.entry.unit_id) for one in given}
    assert len(given) == 3 * UNITS
    assert not pairs & {
        (april.experts[0].pk, april.casts[0].unit.pk),
        (april.experts[1].pk, april.casts[1].unit.pk),
    }
    criteria = list(april.call.rubric.criteria.all())
    for one in given:
        share = 60 + one.entry_id * 7 % 40
        points = {f"points-{line.pk}": f"{line.points * share / 100:.1f}" for line in criteria}
        april.post(one.expert, "review:entry", one.pk, **points, do="hand_in")
        april.post(one.expert, "review:confirm", one.pk)
    april.post(april.office, "office:close_reviews", april.call.pk)
    assert april.states() == {"deciding": UNITS}


def three_are_negotiated(april: April) -> None:
    for number in range(3):
        change = {"f-title": f"示例联合品牌{number}", "f-slogan": "同心"}
        april.act(number, "propose", reason="建议联合举办", **change)
    answers = (
        {"answer": "accepted"},
        {
            "answer": "each",
            "on-title-answer": "countered",
            "on-title-text": "保留原名",
            "f-title": "示例共建品牌1",
        },
        {"answer": "each", "on-title-answer": "objected", "on-title-text": "今年条件不足"},
    )
    for number, data in enumerate(answers):
        cast, entry = april.casts[number], april.entry(number)
        assert (
            "示例联合品牌"
            in april.as_(cast.officer).get(reverse("forms_app:answer", args=[entry.pk])).text
        )
        april.post(cast.officer, "forms_app:answer", entry.pk, **data)
    april.act(1, "take_counter")
    assert april.states() == {"deciding": UNITS}


def decisions_are_drafted_and_released(april: April) -> None:
    rows = {}
    for number in range(UNITS):
        key, rejected = f"e{april.entry(number).pk}", number >= UNITS - REJECTED
        rows[f"{key}-outcome"] = "reject" if rejected else "establish"
        rows[f"{key}-amount"] = "" if rejected else str(5000 + number * 100)
        rows[f"{key}-reason"] = "与往年项目重复" if rejected else ""
    before = Message.objects.count()
    board = reverse("office:board", args=[april.call.pk])
    tried = april.as_(april.office).post(board, {**rows, "try": ""})
    assert tried.context["board"].left == april.call.programme_year.budget - 54500
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
        text="内容重复",
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
    titles = {number: april.entry(number).title for number in range(3)}
    assert titles == {0: "示例联合品牌0", 1: "示例共建品牌1", 2: "示例品牌2"}


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
    for words in ("退回修改", "提交评分", "保留原名", "采纳单位另提的方案", MINUTES):
        assert words in trail
