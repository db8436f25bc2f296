"""What a call must not be: closed before it opens, or asked with another kind's form and rubric."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from forms_app.models import CallIndexPage, CallPage, FormKind, Rubric
from tests.factories.forms import CallFactory, form_with
from tests.portal.cms.test_first_preview import preview

pytestmark = pytest.mark.django_db


def faults(call):
    with pytest.raises(ValidationError) as refused:
        call.clean()
    return refused.value.message_dict


def test_it_closes_after_it_opens():
    call = CallFactory()
    call.closes_at = call.opens_at - timedelta(days=1)

    assert faults(call) == {"closes_at": ["截止时间要晚于开始时间。"]}


def test_its_form_is_of_its_kind():
    call = CallFactory()
    call.form = form_with(kind=FormKind.SUMMARY)

    assert set(faults(call)) == {"form"}


def test_its_rubric_is_of_its_kind():
    call = CallFactory()
    call.rubric = Rubric.objects.filter(kind=FormKind.SUMMARY).first()

    assert set(faults(call)) == {"rubric"}


def test_it_is_previewed_before_it_is_saved():
    stored = CallFactory()
    call = CallPage(
        title="新写的通知",
        slug="new",
        kind=stored.kind,
        form=stored.form,
        programme_year=stored.programme_year,
        opens_at=stored.opens_at,
        closes_at=stored.closes_at,
    )

    assert "新写的通知" in preview(call, CallIndexPage.objects.get())
