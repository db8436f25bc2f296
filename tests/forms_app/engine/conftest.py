"""An entry to hang files on, and the default forms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forms_app.models import CallIndexPage, CallPage, Entry, FormDefinition, FormKind, ProgrammeYear
from tests.factories.units import UnitFactory, person_of


@pytest.fixture
def forms(db):
    """The default forms, published."""
    return {one.kind: one for one in FormDefinition.objects.all()}


@pytest.fixture
def entry(forms):
    """A summary that has just been begun."""
    today = timezone.localdate()
    year = ProgrammeYear.objects.create(
        year=today.year,
        **dict.fromkeys(
            (
                "apply_from",
                "apply_until",
                "establish_until",
                "cultivate_until",
                "evaluate_until",
                "award_until",
            ),
            today,
        ),
    )
    call = CallIndexPage.objects.get().add_child(
        instance=CallPage(
            needs_experts=False,
            title="总结",
            slug="summary",
            kind=FormKind.SUMMARY,
            programme_year=year,
            form=forms["summary"],
            opens_at=timezone.now(),
            closes_at=timezone.now() + timedelta(days=9),
        )
    )
    unit = UnitFactory()
    return Entry.objects.create(
        call=call,
        kind=FormKind.SUMMARY,
        unit=unit,
        form_version=forms["summary"].latest_version,
        created_by=person_of(unit),
    )
