"""An expert who has stayed away by his own word sees of what, and whom to ask; a mistake is undone by the office, on record."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from forms_app.entries import saving, sending
from forms_app.models import Entry, FormerRecusal, FormerReview, Recusal
from forms_app.review.conflicts import keep_barred_away
from forms_app.review.reopening import lift_recusal, recuse
from forms_app.review.reviewing import (
    assign,
    assigned_to,
    close_review,
    declare_interest,
    valid_reviews,
)
from forms_app.trail import trail_of
from portal.cms.models import SiteSettings
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.units.models import Role
from tests.factories.forms import ANSWERS, Cast
from tests.factories.reviews import finish
from tests.factories.units import person_with
from tests.forms_app.review.conftest import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(give, expert):
    """An entry that its expert has scored, and then declared an interest in."""
    mine = give(title="他知道的题目")
    finish(mine)
    declare_interest(mine, actor=expert, reason="与负责人是亲属")
    return mine


def listed(desk):
    return desk.get(reverse("review:index")).context["away"]


def test_he_sees_of_what_why_and_whom_to_ask(away, desk):
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults={"phone": "0571-2800"})

    shown = desk.get(reverse("review:index")).text

    [one] = listed(desk)
    assert (one.title, one.reason) == ("他知道的题目", "与负责人是亲属")
    assert "您已回避的项目" in shown
    assert "0571-2800" in shown


def test_what_became_of_it_since_is_not_told(away, desk, office):
    entry, cast = away.entry, Cast(away.entry.unit)
    entry = sending.return_for_changes(
        Entry.objects.get(pk=entry.pk), actor=cast.office, comment="请改", until=None
    )
    saving.save(entry, answers={**ANSWERS, "title": "后来的题目"}, actor=cast.officer)
    sending.send(entry, actor=cast.officer)

    shown = desk.get(reverse("review:index")).text

    assert "他知道的题目" in shown
    assert "后来的题目" not in shown
    assert str(entry.unit) not in shown


def test_what_others_found_is_not_among_it(give, desk, office, expert):
    found, joined = give(title="校工会认定的"), give(title="后来任职的")
    recuse(found.entry, expert=expert, actor=office, reason="亲属")
    joined.entry.unit.memberships.create(user=expert, post="officer")
    keep_barred_away(joined.entry)

    assert Recusal.objects.count() == 2
    assert listed(desk) == []
    shown = desk.get(reverse("review:index")).text
    assert "校工会认定的" not in shown
    assert "后来任职的" not in shown


def test_nobody_sees_what_another_has_declared(away, client, colleague):
    client.force_login(colleague)

    assert listed(client) == []


def test_who_declared_it_himself_hands_in_again_what_is_still_there(away, desk, office, expert):
    lift_recusal(away.entry, recusal=Recusal.objects.get(), actor=office, reason="点错了一份")

    assert desk.get(page(away)).status_code == 200
    assert listed(desk) == []
    assert not valid_reviews(away.entry).exists()
    assert away.review.scores.exists()
    assert FormerReview.objects.get().reason == "点错了一份"
    message = Message.objects.filter(recipient=expert, kind="review_recusal_lifted").first()
    assert message.context["reason"] == "点错了一份"


def test_what_the_office_took_by_mistake_counts_again_at_once(give, office, expert):
    mine = give(title="校工会弄错的题目")
    finish(mine)
    recusal = recuse(mine.entry, expert=expert, actor=office, reason="同名同姓")

    lift_recusal(mine.entry, recusal=recusal, actor=office, reason="不是同一个人")

    assert valid_reviews(mine.entry).count() == 1


def test_what_was_undone_stays_on_record(away, office):
    lift_recusal(away.entry, recusal=Recusal.objects.get(), actor=office, reason="点错了一份")

    former = FormerRecusal.objects.get()
    told = [(step.what, step.said) for step in trail_of(away.entry)]
    assert (former.reason, former.lifted_by) == ("与负责人是亲属", office)
    assert ("回避", "与负责人是亲属") in told
    assert ("撤销示例专家甲的回避", "点错了一份") in told


def test_who_must_stay_away_by_the_records_still_does(away, office, expert):
    away.entry.unit.memberships.create(user=expert, post="officer")

    lift_recusal(away.entry, recusal=Recusal.objects.get(), actor=office, reason="点错了一份")

    assert not assigned_to(expert).exists()
    assert not Message.objects.filter(kind="review_recusal_lifted").exists()


def test_nothing_is_undone_once_the_review_is_over(away, office, colleague):
    [other] = assign(away.entry, experts=[colleague], actor=office)
    finish(other)
    close_review(away.entry, actor=office)

    with pytest.raises(Refused, match="已经结束"):
        lift_recusal(away.entry, recusal=Recusal.objects.get(), actor=office, reason="晚了")


@pytest.mark.parametrize("who", ["expert", "auditor", "officer"])
def test_only_the_office_undoes_it(who, away, expert):
    actor = {
        "expert": expert,
        "auditor": person_with(Role.AUDITOR),
        "officer": Cast(away.entry.unit).officer,
    }[who]

    with pytest.raises(Refused):
        lift_recusal(away.entry, recusal=Recusal.objects.get(), actor=actor, reason="点错了")


def test_the_office_undoes_it_on_the_page_of_the_entry(away, client, office):
    client.force_login(office)
    address = reverse("office:act", args=[away.entry_id, "lift_recusal"])
    recusal = Recusal.objects.get()

    without = client.post(address, {"lift-recusal": recusal.pk, "lift-reason": " "})
    client.post(address, {"lift-recusal": recusal.pk, "lift-reason": "点错了一份"})

    assert without.status_code == 422
    assert not Recusal.objects.exists()
    shown = client.get(reverse("office:entry", args=[away.entry_id])).text
    assert "act-lift_recusal" not in shown
