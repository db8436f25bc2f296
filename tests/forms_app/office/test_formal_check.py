"""The formal check: a checklist on record, what is wrong said beforehand, and many passed at once."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from forms_app.entries import formal_check, saving, sending
from forms_app.models import Entry, Rubric
from forms_app.office.many import pass_faultless
from forms_app.review.reviewing import assign
from portal.lifecycle.door import Refused
from portal.units.models import Role
from tests.factories.forms import ANSWERS, CallFactory, Cast, entry_in
from tests.factories.reviews import finish
from tests.factories.units import person_with
from tests.forms_app.office.conftest import said

pytestmark = pytest.mark.django_db


def test_what_was_ticked_is_kept_with_the_pass(call, office, as_):
    call.checklist = "材料齐全\n经费相符"
    call.save()
    entry = entry_in("submitted", call=call)
    address = reverse("office:act", args=[entry.pk, "pass_check"])

    partly = as_(office).post(address, {"check-ticked": ["材料齐全"]})
    wholly = as_(office).post(address, {"check-ticked": ["材料齐全", "经费相符"]})

    assert (partly.status_code, wholly.status_code) == (409, 302)
    assert "还没有核对：经费相符" in said(partly)
    [check] = entry.checks.all()
    assert (check.ticked, check.checked_by, check.version.number) == (
        ["材料齐全", "经费相符"],
        office,
        1,
    )


def test_those_with_nothing_wrong_pass_and_the_others_are_named(call, office, as_):
    good, bad = entry_in("submitted", call=call), entry_in("submitted", call=call)
    bad.signoffs.all().delete()

    address = reverse("office:pass_all", args=[call.pk])
    asked = as_(office).post(address, follow=True)
    assert "请先勾选" in asked.text
    answer = as_(office).post(address, {"sure": "on"}, follow=True)

    assert "已通过 1 份" in said(answer)
    assert "没有" in said(answer)
    statuses = {one.pk: one.status for one in Entry.objects.all()}
    assert statuses == {good.pk: "in_review", bad.pk: "submitted"}
    assert good.checks.count() == 1


def test_an_entry_sent_again_shows_what_changed(call, office, as_):
    entry = entry_in("returned", call=call, answers={"slogan": "原来的口号"})
    cast = Cast(entry.unit)
    saving.save(
        entry,
        answers={**ANSWERS, "slogan": "改过的口号"},
        actor=cast.officer,
    )
    call.needs_chair = call.needs_party = False
    call.save()
    sending.send(Entry.objects.get(pk=entry.pk), actor=cast.officer)

    shown = as_(office).get(reverse("office:entry", args=[entry.pk])).context

    [(was, now, _asked)] = shown["changes"]
    assert (was.value, now.value) == ("原来的口号", "改过的口号")


def test_why_it_was_returned_stands_beside_what_changed(call, office, as_):
    entry = entry_in("returned", call=call)
    cast = Cast(entry.unit)
    saving.save(entry, answers={**ANSWERS, "title": "改过的名称"}, actor=cast.officer)
    call.needs_chair = call.needs_party = False
    call.save()
    sending.send(Entry.objects.get(pk=entry.pk), actor=cast.officer)

    answer = as_(office).get(reverse("office:entry", args=[entry.pk]))

    [(_was, _now, asked)] = answer.context["changes"]
    assert asked == ["名称请突出特色"]
    assert (
        "请把进度安排写得更具体"
        in answer.text.split("这次重新报送改了这些")[1].split("其余没有变")[0]
    )


def test_nobody_passes_the_entry_of_his_own_unit(call, unit, people):
    entry = entry_in("submitted", call=call, unit=unit)

    with pytest.raises(Refused, match="回避"):
        sending.pass_check(entry, actor=people["office_of_unit"])


def test_a_missing_signature_is_found(call):
    entry = entry_in("submitted", call=call)
    entry.signoffs.filter(level="party").delete()

    assert len(formal_check.findings(Entry.objects.get(pk=entry.pk))) == 1


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"rubric": None}, True),
        ({"rubric": None, "method": "vote"}, False),
        ({"rubric": None, "needs_experts": False}, False),
        ({}, False),
    ],
)
def test_experts_who_score_need_a_rubric(fields, refused, db):
    call = CallFactory(rubric=Rubric.objects.filter(kind="application").first())
    for name, value in fields.items():
        setattr(call, name, value)

    if refused:
        with pytest.raises(ValidationError) as error:
            call.clean()
        assert set(error.value.message_dict) == {"rubric"}
    else:
        call.clean()


def test_what_experts_have_begun_to_judge_by_is_not_exchanged(call, office):
    call.rubric = Rubric.objects.filter(kind="application").first()
    call.save()
    entry = entry_in("in_review", call=call)
    [given] = assign(entry, experts=[person_with(Role.EXPERT)], actor=office)
    call.rubric = Rubric.objects.create(name="另一份", kind="application")
    call.clean()

    finish(given)
    with pytest.raises(ValidationError) as error:
        call.clean()

    assert set(error.value.message_dict) == {"rubric"}


def test_a_stamped_scan_counts_as_signed_for_the_check_of_many(call, unit, office):
    call.scan_instead = True
    call.save()
    entry = entry_in("draft", call=call, unit=unit)
    Entry.objects.filter(pk=entry.pk).update(answers={**entry.answers, "signed_scan": [1]})
    entry = sending.send(entry, actor=Cast(unit).officer)

    assert entry.status == "submitted"
    assert not [line for line in formal_check.findings(entry) if "签署" in line]
    assert pass_faultless(call, actor=office).done == 1
