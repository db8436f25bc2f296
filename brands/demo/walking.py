"""The ways that entries and pages take in the demo, step by step through the verbs that people use."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from forms_app.entries import saving, sending, starting
from forms_app.models import Assignment, CallPage, Conclusion, Criterion, Entry, SignOffLevel
from forms_app.review import assigning, reviewing
from forms_app.review import saving as scores
from forms_app.review.judgement import name_of, plain
from portal.cms.models import BasePage
from portal.cms.moderation import doors
from portal.units.models import Post, Unit, User

from .clock import at
from .people import Office
from .summing_up import COMMENTS

CHAIR_SAYS = (
    "经工会委员会研究，同意申报。",
    "方案符合职工意愿，同意报送，本单位给予配套支持。",
    "同意。请负责人抓好落实，按季度向工会委员会报告。",
    "情况属实，同意上报。",
)
PARTY_SAYS = (
    "同意。党组织将在场地、时间上给予支持。",
    "选题契合单位中心工作，同意报送。",
    "同意上报，请注意活动安全和经费规范。",
    "情况属实，予以支持。",
)


@dataclass(frozen=True)
class Posts:
    """Who acts for a unit."""

    unit: Unit
    officer: User
    chair: User
    party: User


def posts_of(units: Iterable[Unit]) -> dict[str, Posts]:
    """Return who acts for each unit, by the unit's code."""
    found = {}
    for unit in units:
        held = {it.post: it.user for it in unit.memberships.current().select_related("user")}
        found[unit.code] = Posts(unit, held[Post.OFFICER], held[Post.CHAIR], held[Post.PARTY])
    return found


def fill(call: CallPage, posts: Posts, answers: dict[str, Any], *, day: date) -> Entry:
    """Let a unit's officer start an entry and save it."""
    with at(day, 9, 20):
        entry = starting.start(call, unit=posts.unit, actor=posts.officer)
        return saving.save(entry, answers={**entry.answers, **answers}, actor=posts.officer).entry


def send(entry: Entry, posts: Posts, *, day: date, upto: str = "party") -> Entry:
    """Send an entry and let chair and party sign, on one day.

    Args:
        upto: "officer" stops before the chair's signature, "chair" before the party's.
    """
    with at(day, 10, 5):
        entry = sending.send(entry, actor=posts.officer)
    if upto == "officer":
        return entry
    with at(day, 14, 30):
        entry = _sign(entry, posts.chair, SignOffLevel.CHAIR, CHAIR_SAYS)
    if upto == "chair":
        return entry
    with at(day, 16, 10):
        return _sign(entry, posts.party, SignOffLevel.PARTY, PARTY_SAYS)


def review(
    call: CallPage,
    office: Office,
    quality: dict[int, float],
    *,
    day: date,
    upto: float = 1,
    closed: bool = True,
) -> None:
    """Let every entry under review be scored by experts; with `upto` below 1 only that part of the scores is there.

    Args:
        quality: entry's key → what share of the points it earns.
        day: the day of the distribution; scores follow in the next days.
        closed: whether the office ends the reviews.
    """
    with at(day, 9):
        assigning.distribute(call, actor=office.clerk, rng=random.Random(call.pk))
    given = list(
        Assignment.objects.filter(entry__in=quality, review__locked_at__isnull=True)
        .select_related("review", "expert", "entry")
        .order_by("expert", "pk")
    )
    criteria = list(call.rubric.criteria.all())
    people = {expert.pk: expert for expert in office.experts}
    for turn, assignment in enumerate(given):
        chance = random.Random(f"{assignment.pk}")
        if chance.random() > upto:
            continue
        expert = people[assignment.expert_id]
        with at(day + timedelta(days=1 + turn % 2), 19, turn % 60):
            typed = _points(criteria, quality[assignment.entry_id], chance)
            typed["for_unit"] = COMMENTS[turn % len(COMMENTS)]
            scores.save(assignment.review, typed=typed, actor=expert)
            # Among half-finished rounds some scores are saved but not handed in.
            if upto == 1 or chance.random() < 0.7:
                reviewing.hand_in(assignment.review, actor=expert)
    if closed:
        with at(day + timedelta(days=4), 9):
            for entry in Entry.objects.filter(pk__in=quality):
                reviewing.close_review(entry, actor=office.clerk)


def publish(page: BasePage, office: Office, *, day: date, stages: int = 3) -> None:
    """Let a page that was submitted pass its stages of review, over two days; three make it public."""
    hours = ((-1, 14), (-1, 16), (0, 9))
    for reviewer, (later, hour) in list(zip(office.reviewers, hours, strict=True))[:stages]:
        with at(day + timedelta(days=later), hour):
            doors.approve(waiting(page), actor=reviewer, comment="同意。")


def waiting(page: BasePage) -> Any:
    """Return the stage at which a page waits."""
    return type(page).objects.get(pk=page.pk).current_workflow_task_state


def write_page(parent: BasePage, page: BasePage, office: Office, *, day: date) -> BasePage:
    """Let the office write a page, and the three reviewers publish it on a day."""
    page.live = False
    with at(day - timedelta(days=1), 10):
        page.owner = office.clerk
        type(parent).objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision(user=office.clerk)
        doors.submit_for_review(page, actor=office.clerk)
    publish(page, office, day=day)
    return type(page).objects.get(pk=page.pk)


def _sign(entry: Entry, signer: User, level: SignOffLevel, says: tuple[str, ...]) -> Entry:
    return sending.sign(
        entry,
        actor=signer,
        level=level,
        conclusion=Conclusion.AGREE,
        text=says[entry.unit_id % len(says)],
    )


def _points(criteria: list[Criterion], quality: float, chance: random.Random) -> dict[str, str]:
    """Return points near a share of each criterion's, in halves, as an expert types them."""
    return {
        name_of(criterion): plain(
            min(
                criterion.points,
                Decimal(
                    round(float(criterion.points) * (quality + chance.uniform(-0.05, 0.05)) * 2)
                )
                / 2,
            )
        )
        for criterion in criteria
    }
