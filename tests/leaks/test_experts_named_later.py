"""An expert who was given an entry before it came back naming him stays away from it."""

import pytest

from forms_app.entries import saving, sending
from forms_app.models import Conclusion, Entry, SignOffLevel
from forms_app.review import reviewing
from portal.units.models import Role
from tests.factories.reviews import finish
from tests.factories.units import UnitFactory, person_of, person_with

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def comes_back(world, **answers):
    """Let the entry under review be returned, changed, handed in and passed again."""
    cast, entry = world.cast, world.in_review
    sending.return_for_changes(entry, actor=cast.office, comment="请补充成员", until=None)
    entry = Entry.objects.get(pk=entry.pk)
    saving.save(
        entry,
        answers={**entry.answers, **answers},
        actor=cast.officer,
    )
    sending.send(entry, actor=cast.officer)
    for level, signer in ((SignOffLevel.CHAIR, cast.chair), (SignOffLevel.PARTY, cast.party)):
        sending.sign(entry, actor=signer, level=level, conclusion=Conclusion.AGREE, text="")
    return sending.pass_check(entry, actor=cast.office)


@pytest.fixture
def expert(db):
    return person_with(Role.EXPERT, staff_no="T2026007")


@pytest.fixture
def scored(world, expert):
    """The expert's scores, handed in before the entry was returned."""
    [given] = reviewing.assign(world.in_review, experts=[expert], actor=world.cast.office)
    finish(given)
    return given


@pytest.mark.parametrize("written", ["T2026007", "t2026007"])
def test_by_staff_number(client, world, expert, scored, written):
    entry = comes_back(world, leader_staff_no=written)
    client.force_login(expert)

    assert client.get(f"/review/{scored.pk}/").status_code == 404
    assert not reviewing.valid_reviews(entry).exists()
    assert entry.recusals.get().reason == "是项目负责人或成员"


def test_by_a_partner_unit(client, world, expert, scored):
    partner = UnitFactory()
    expert.memberships.add(*person_of(partner).memberships.all())
    entry = comes_back(world, partner_units=[partner.code])
    client.force_login(expert)

    assert client.get(f"/review/{scored.pk}/").status_code == 404
    assert not reviewing.valid_reviews(entry).exists()


def test_whoever_is_not_named_keeps_it_to_look_over_again(client, world, expert, scored):
    entry = comes_back(world, slogan="另一句口号")
    client.force_login(expert)

    assert client.get(f"/review/{scored.pk}/").status_code == 200
    assert not entry.recusals.exists()
    assert not reviewing.valid_reviews(entry).exists()
