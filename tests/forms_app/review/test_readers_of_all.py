"""Whoever reads everybody's scores at the office's desk scores nothing himself."""

import pytest
from django.urls import reverse

from forms_app.models import Assignment
from forms_app.office import queues
from forms_app.review.assigning import distribute
from forms_app.review.reviewing import assign, assigned_to
from portal.lifecycle.door import Refused
from portal.units.models import Role, RoleGroup
from tests.factories.forms import entry_in
from tests.factories.reviews import finish
from tests.forms_app.review.conftest import page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("role", [Role.SCHOOL_UNION, Role.AUDITOR]),
]


def becomes(role, person):
    """Return a person who has one more role."""
    person.groups.add(RoleGroup.objects.get(code=role).group)
    return type(person).objects.get(pk=person.pk)


def test_nothing_is_given_to_him_by_any_way(role, quick, office, expert, colleague, client):
    entry = entry_in("in_review", call=quick)
    reader = becomes(role, expert)

    with pytest.raises(Refused, match="看得到全部评分"):
        assign(entry, experts=[reader], actor=office)
    distribute(quick, actor=office)
    client.force_login(office)
    screen = client.get(reverse("office:experts", args=[quick.pk]))

    assert [one.expert for one in Assignment.objects.all()] == [colleague]
    assert "不分配给他们" in screen.text
    assert reader.name in screen.text


def test_what_he_had_is_gone_and_nobody_waits_for_it(role, give, expert, colleague, client):
    mine = give(expert, colleague)
    finish(mine.entry.assignments.get(expert=colleague))
    reader = becomes(role, expert)
    client.force_login(reader)

    assert client.get(page(mine)).status_code == 404
    assert not assigned_to(reader).exists()
    assert list(queues.reviewed(mine.entry.call.entries.all())) == [mine.entry]
