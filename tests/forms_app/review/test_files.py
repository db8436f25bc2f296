"""Which files an expert opens: those that his page of the entry shows him, and no other."""

import pytest
from django.urls import reverse

from forms_app.entries import attaching, sending
from forms_app.models import Entry
from forms_app.review.reviewing import assign
from tests.factories.answers import complete_application_answers, default_schema
from tests.factories.files import pdf
from tests.factories.forms import CallFactory, Cast, draft, form_with
from tests.factories.reviews import finish

pytestmark = pytest.mark.django_db


@pytest.fixture
def under_review(office, expert):
    """Return a function that sends a complete application with a plan and a stamped scan and gives it to the expert."""

    def under_review(*, is_blind=False):
        call = CallFactory(
            form=form_with(default_schema("application")),
            needs_chair=False,
            needs_party=False,
            is_blind=is_blind,
        )
        entry = draft(call=call, answers=complete_application_answers())
        cast = Cast(entry.unit)
        for key in ("plan_file", "signed_scan"):
            attaching.attach(entry, field_key=key, upload=pdf(f"{key}.pdf"), actor=cast.officer)
        entry.refresh_from_db()
        entry = sending.send(entry, actor=cast.officer)
        entry = sending.pass_check(entry, actor=office)
        assign(entry, experts=[expert], actor=office)
        return entry

    return under_review


def opened(desk, entry):
    """Return what the expert's browser answers for each file of the entry, by its field, removed ones too."""
    found = {}
    for file in entry.attachments.order_by("pk"):
        answer = desk.get(reverse("forms_app:file", args=[file.pk]))
        found[file.field_key, file.name] = answer.status_code
        b"".join(answer)  # read to its end, a file closes itself
    return found


def test_what_he_is_given_to_judge_he_opens(desk, under_review):
    assert set(opened(desk, under_review()).values()) == {200}


def test_blind_he_does_not_open_the_scan_that_names_the_unit(desk, under_review):
    assert opened(desk, under_review(is_blind=True)) == {
        ("plan_file", "plan_file.pdf"): 200,
        ("signed_scan", "signed_scan.pdf"): 404,
    }


def test_an_older_file_he_opens_only_when_he_judged_it(desk, under_review, office, expert):
    entry = under_review()
    assert opened(desk, change_plan(entry, office)) == {
        ("plan_file", "plan_file.pdf"): 404,
        ("signed_scan", "signed_scan.pdf"): 200,
        ("plan_file", "改过的方案.pdf"): 200,
    }


def test_what_he_judged_before_the_unit_changed_it_he_still_opens(
    desk, under_review, office, expert
):
    entry = under_review()
    finish(entry.assignments.get(expert=expert))

    assert set(opened(desk, change_plan(entry, office)).values()) == {200}


def change_plan(entry, office):
    """Return the entry, sent again after a return with another plan in place of the first."""
    officer = Cast(entry.unit).officer
    entry = sending.return_for_changes(entry, actor=office, comment="请改方案", until=None)
    attaching.detach(entry.attachments.get(field_key="plan_file"), actor=officer)
    attaching.attach(entry, field_key="plan_file", upload=pdf("改过的方案.pdf"), actor=officer)
    entry = sending.send(Entry.objects.get(pk=entry.pk), actor=officer, comment="换了方案")
    return sending.pass_check(entry, actor=office)
