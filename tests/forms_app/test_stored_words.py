"""What is kept about an entry is Chinese, also where those who act read the portal in English."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from forms_app.decision import adjusting, deciding, releasing
from forms_app.decision.adjusting import FieldAnswer
from forms_app.entries import saving, sending
from forms_app.models import Answer, Conclusion, Entry, FormerReview, PublicNotice, SignOffLevel
from forms_app.review import reviewing
from portal.units.models import Post, Role
from tests.factories.forms import ANSWERS, Cast, draft
from tests.factories.reviews import finish
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db
LATIN = re.compile("[A-Za-z]")


def sent_and_signed(entry, cast):
    sending.send(entry, actor=cast.officer)
    for level, signer in ((SignOffLevel.CHAIR, cast.chair), (SignOffLevel.PARTY, cast.party)):
        sending.sign(entry, actor=signer, level=level, conclusion=Conclusion.AGREE, text="同意")
    sending.pass_check(entry, actor=cast.office)


def test_an_entry_whose_people_read_english_is_kept_in_chinese():
    entry = draft()
    cast = Cast(entry.unit)
    cast.take_up_posts()
    experts = [person_with(Role.EXPERT) for _ in range(2)]

    with translation.override("en"):
        sent_and_signed(entry, cast)
        for assignment in reviewing.assign(entry, experts=experts, actor=cast.office):
            finish(assignment)
        sending.return_for_changes(
            entry,
            actor=cast.office,
            comment="请补口号",
            until=timezone.localdate() + timedelta(days=3),
        )
        entry.unit.memberships.create(user=experts[1], post=Post.PARTY)
        saving.save(
            Entry.objects.get(pk=entry.pk),
            answers={**ANSWERS, "slogan": "一起读书"},
            actor=cast.officer,
        )
        sent_and_signed(entry, cast)
        finish(entry.assignments.get(expert=experts[0]))
        reviewing.close_review(entry, actor=cast.office)
        adjusting.propose(entry, actor=cast.office, changes={"title": "新名"}, reason="更贴切")
        answer = FieldAnswer(Answer.OBJECTED, "沿用多年")
        adjusting.answer_proposal(entry, actor=cast.officer, fields={"title": answer})
        deciding.decide(entry, actor=cast.office, outcome="establish", amount=Decimal(100))
        releasing.release(entry.call, actor=cast.office, minutes="第5次办公会")
        past = timezone.localdate() - timedelta(days=1)
        PublicNotice.objects.update(starts_on=past, ends_on=past)
        deciding.conclude_notice(entry, actor=cast.office)

    kept = [
        *entry.events.values_list("comment", flat=True),
        *entry.recusals.values_list("reason", flat=True),
        *FormerReview.objects.values_list("reason", flat=True),
    ]
    assert entry.recusals.exists()
    assert FormerReview.objects.exists()
    assert [words for words in kept if LATIN.search(words)] == []
