"""Nobody of a unit takes part in the review of its brand page, whoever of the unit pressed the button."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brands.models import BrandPage
from brands.writing import editing
from portal.cms.moderation.doors import approve
from portal.cms.moderation.turns import reviewers_of, waiting_for, whose_turn
from portal.lifecycle.door import Refused
from portal.units.models import Membership, Post, Role
from tests.factories.forms import Cast
from tests.factories.pages import stage_of
from tests.factories.projects import project_in, sent_page, written_page
from tests.factories.units import UnitFactory, person_with

pytestmark = pytest.mark.django_db


def reviewer_of(unit, *, days_ago=0, for_days=None, post=Post.CHAIR):
    """Return a reviewer of 初审 who took up a post in a unit, and left it after some days."""
    person = person_with(Role.FIRST_REVIEW)
    since = timezone.localdate() - timedelta(days=days_ago)
    until = None if for_days is None else since + timedelta(days=for_days)
    Membership.objects.create(user=person, unit=unit, post=post, since=since, until=until)
    return person


def test_who_typed_what_a_colleague_saved_does_not_approve_it():
    project = project_in()
    officer, reviewer = Cast(project.unit).officer, reviewer_of(project.unit)
    page = written_page(project)
    typed = editing.draft_of(page).content
    typed.slogan = "审核人自己写的口号"
    kept = editing.keep(page, actor=reviewer, content=typed)
    editing.save_page(
        page,
        actor=officer,
        content=kept.draft.content,
        based_on=page.latest_revision_id,
        turn=kept.draft.turn,
    )
    editing.send_page(BrandPage.objects.get(pk=page.pk), actor=officer)

    with pytest.raises(Refused, match="本页是您所在单位的"):
        approve(stage_of(page), actor=reviewer)


@pytest.mark.parametrize(
    ("held", "may"),
    [
        ({}, False),
        ({"post": Post.PARTY}, False),
        ({"days_ago": 90, "for_days": 90}, False),  # left it today: the project was begun by then
        ({"days_ago": 900, "for_days": 300}, True),  # left it long before
    ],
)
def test_who_held_a_post_in_the_unit_while_the_page_came_about_is_no_reviewer_of_it(held, may):
    project = project_in()
    own, other = reviewer_of(project.unit, **held), reviewer_of(UnitFactory())
    state = stage_of(sent_page(project))

    assert (own in reviewers_of(state), other in reviewers_of(state)) == (may, True)
    assert (bool(waiting_for(own)), bool(waiting_for(other))) == (may, True)
    assert (own in whose_turn()[0].deciders) == may
