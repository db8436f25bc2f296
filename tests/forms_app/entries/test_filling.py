"""Starting, saving and attaching: nothing typed is lost, nobody overwrites anybody, only the unit's people write."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from forms_app.entries import attaching, filling, saving, sending, starting
from forms_app.models import Conclusion, Entry, Extension, SignOffLevel
from portal.cms.files.uploads import MB, UploadRefused
from portal.lifecycle.door import Refused
from portal.units.models import Post, UnitKind
from tests.factories import files
from tests.factories.answers import (
    FILES_SCHEMA,
    complete_application_answers,
    default_schema,
    tiny_pdf,
)
from tests.factories.answers import attach as store
from tests.factories.forms import CallFactory, Cast, draft, entry_in, form_with
from tests.factories.units import UnitFactory, UserFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(unit):
    return person_of(unit)


def refusal_of_start(call, unit, actor) -> str:
    with pytest.raises(Refused) as refused:
        starting.start(call, unit=unit, actor=actor)
    return str(refused.value)


def test_two_clicks_give_one_draft(unit, officer):
    call = CallFactory()

    first = starting.start(call, unit=unit, actor=officer)
    second = starting.start(call, unit=unit, actor=officer)

    assert first == second
    assert Entry.objects.count() == 1


def test_a_colleague_continues_the_same_draft(unit, officer):
    call = CallFactory()

    assert starting.start(call, unit=unit, actor=officer) == starting.start(
        call, unit=unit, actor=person_of(unit, Post.CHAIR)
    )


def test_a_draft_begins_with_what_is_known(unit, officer):
    entry = starting.start(CallFactory(), unit=unit, actor=officer, prefill={"title": "太极晨光"})

    assert (entry.title, entry.answers) == ("太极晨光", {"title": "太极晨光"})


def test_the_party_secretary_starts_nothing(unit):
    assert "经办人或工会主席" in refusal_of_start(CallFactory(), unit, person_of(unit, Post.PARTY))


def test_nobody_starts_for_another_unit(unit):
    assert "经办人或工会主席" in refusal_of_start(CallFactory(), unit, person_of(UnitFactory()))


def test_a_closed_call_says_since_when(unit, officer):
    call = CallFactory(closes_at=timezone.now() - timedelta(hours=1))

    assert "截止" in refusal_of_start(call, unit, officer)


def test_an_extension_opens_a_closed_call_for_its_unit_only(unit, officer):
    call = CallFactory(closes_at=timezone.now() - timedelta(hours=1))
    Extension.objects.create(
        call=call, unit=unit, until=timezone.now() + timedelta(days=1), reason="停电"
    )
    other = UnitFactory()

    assert starting.start(call, unit=unit, actor=officer).pk
    assert "截止" in refusal_of_start(call, other, person_of(other))


def test_a_call_that_has_not_begun_says_when_it_will(unit, officer):
    call = CallFactory(opens_at=timezone.now() + timedelta(days=1))

    assert "起可以填写" in refusal_of_start(call, unit, officer)


def test_a_call_for_other_kinds_of_unit(unit):
    association = UnitFactory(kind=UnitKind.ASSOCIATION)

    assert "不面向教职工文体协会" in refusal_of_start(
        CallFactory(for_associations=False), association, person_of(association)
    )


def test_a_second_application_is_one_too_many(unit, officer):
    entry = entry_in("submitted", unit=unit)

    assert "限报 1 项" in refusal_of_start(entry.call, unit, officer)


def test_after_a_withdrawal_a_new_one_can_be_started(unit, officer):
    entry = entry_in("withdrawn", unit=unit)

    assert starting.start(entry.call, unit=unit, actor=officer) != entry


def test_a_form_that_was_never_published(unit, officer):
    call = CallFactory(form=form_with())
    call.form.versions.all()._raw_delete("default")

    assert "还没有发布" in refusal_of_start(call, unit, officer)


def test_saving_keeps_what_cannot_be_read_and_what_is_too_long(unit, officer):
    entry = draft(unit=unit)
    answers = {"title": "长" * 31, "slogan": {"raw": "？"}}

    saved = saving.save(entry, answers=answers, actor=officer).entry

    assert Entry.objects.get(pk=saved.pk).answers == answers
    assert saved.title == "长" * 30
    assert (saved.save_count, saved.saved_by) == (entry.save_count + 1, officer)


def test_saving_the_same_twice_counts_once(unit, officer):
    entry = draft(unit=unit)

    again = saving.save(entry, answers=entry.answers, actor=officer)

    assert again.entry.save_count == entry.save_count


def test_what_the_system_fills_in_is_kept_with_every_save(officer, unit):
    entry = draft(unit=unit, call=CallFactory(form=form_with(default_schema("application"))))
    sources = {
        "amount_requested": "8000.00",
        "amount_matching": "1500.00",
        "amount_other": "500.00",
    }

    saved = saving.save(entry, answers=sources, actor=officer).entry

    assert saved.answers["unit"] == str(unit)
    assert saved.answers["year"] == entry.call.programme_year.year
    assert saved.answers["amount_total"] == "10000.00"


@pytest.mark.parametrize("status", ["awaiting_chair", "submitted", "approved", "withdrawn"])
def test_what_has_been_sent_is_locked(status):
    entry = entry_in(status)

    with pytest.raises(Refused) as refused:
        saving.save(entry, answers={}, actor=Cast(entry.unit).officer)

    assert entry.get_status_display() in str(refused.value)


def test_progress_counts_required_fields():
    entry = draft(answers={"title": ""})

    assert filling.progress(entry).percent == 0
    assert [problem.field_key for problem in filling.progress(entry).problems] == ["title"]
    assert filling.progress(draft()).percent == 100


@pytest.fixture
def with_files():
    return draft(call=CallFactory(form=form_with(FILES_SCHEMA)), answers={"title": None})


def attach(entry, upload, actor=None):
    return attaching.attach(
        entry, field_key="plan_file", upload=upload, actor=actor or Cast(entry.unit).officer
    )


def test_a_file_is_bound_to_its_field(with_files):
    kept = attach(with_files, files.pdf("实施方案.pdf"))

    assert Entry.objects.get(pk=with_files.pk).answers["plan_file"] == [kept.pk]
    assert (kept.name, kept.content_type) == ("实施方案.pdf", "application/pdf")
    with kept.file.open() as stored:
        assert stored.read().startswith(b"%PDF-")


def test_the_same_file_twice_is_kept_once(with_files):
    assert attach(with_files, files.pdf()) == attach(with_files, files.pdf("副本.pdf"))


def test_one_file_too_many(with_files):
    attach(with_files, files.pdf(size=10))
    attach(with_files, files.pdf(size=20))

    with pytest.raises(UploadRefused, match="最多 2 个"):
        attach(with_files, files.pdf(size=30))


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (files.exe(), "内容是程序"),
        (files.upload("a.pdf", b""), "0 字节"),
        (files.pdf(size=50 * MB), "最多"),
        (files.photo(), "只能上传 PDF、Word"),
    ],
    ids=["program", "empty", "50 MB", "photo"],
)
def test_a_refused_file_leaves_nothing_behind(with_files, upload, reason):
    with pytest.raises(UploadRefused, match=reason):
        attach(with_files, upload)

    assert not with_files.attachments.exists()


def test_a_removed_file_stays_for_the_versions_it_was_sent_with(with_files):
    kept = attach(with_files, files.pdf())

    attaching.detach(kept, actor=Cast(with_files.unit).officer)

    assert "plan_file" not in Entry.objects.get(pk=with_files.pk).answers
    kept.refresh_from_db()
    assert kept.removed_at
    assert kept.file.storage.exists(kept.file.name)


def test_strangers_attach_nothing(with_files):
    with pytest.raises(Refused):
        attach(with_files, files.pdf(), actor=UserFactory())


def scanned(**call_fields):
    """Return a draft on the default form, all filled in but the stamped scan."""
    return draft(
        call=CallFactory(form=form_with(default_schema("application")), **call_fields),
        answers=complete_application_answers(),
    )


def test_a_call_can_require_the_stamped_scan():
    entry = scanned(needs_scan=True)

    with pytest.raises(Refused, match="盖章扫描件"):
        sending.send(entry, actor=Cast(entry.unit).officer)

    assert [one.field_key for one in filling.problems(entry)] == ["signed_scan"]
    store(entry, "signed_scan", "盖章.pdf", tiny_pdf())
    entry = Entry.objects.get(pk=entry.pk)
    entry.answers = {**entry.answers, "signed_scan": [entry.attachments.get().pk]}
    assert filling.problems(entry) == []


def test_without_that_rule_no_scan_is_asked_for():
    assert filling.problems(scanned(needs_scan=False)) == []


def test_a_call_cannot_require_a_scan_that_its_form_has_no_place_for():
    call = CallFactory()
    call.needs_scan = True

    with pytest.raises(ValidationError) as refused:
        call.clean()

    assert set(refused.value.message_dict) == {"needs_scan"}


def test_the_school_unions_date_holds_through_the_units_own_returns():
    entry = entry_in("returned")
    cast, until = Cast(entry.unit), entry.return_until
    sending.send(entry, actor=cast.officer)
    sending.sign(
        entry,
        actor=cast.chair,
        level=SignOffLevel.CHAIR,
        conclusion=Conclusion.RETURN,
        text="再改改",
    )

    assert Entry.objects.get(pk=entry.pk).return_until == until
    with (
        time_machine.travel(timezone.now() + timedelta(days=8), tick=False),
        pytest.raises(Refused, match="修改期限"),
    ):
        sending.send(entry, actor=cast.officer)
    sending.send(entry, actor=cast.officer)
    for level, signer in ((SignOffLevel.CHAIR, cast.chair), (SignOffLevel.PARTY, cast.party)):
        sending.sign(entry, actor=signer, level=level, conclusion=Conclusion.AGREE)
    assert Entry.objects.get(pk=entry.pk).return_until is None
