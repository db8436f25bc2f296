"""Where an entry stands, in words: a step that the call switches off is not promised."""

import pytest

from forms_app.models import Entry
from forms_app.standing import standing
from tests.factories.forms import CallFactory, draft, entry_in

pytestmark = pytest.mark.django_db
EVERY_STEP = ("工会主席", "党组织", "专家", "评审", "公示")
NO_STEPS = {
    "needs_chair": False,
    "needs_party": False,
    "needs_experts": False,
    "notice_days": 0,
}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application", "draft"),
        ("application", "returned"),
        ("application", "submitted"),
        ("application", "deciding"),
        ("application", "approved"),
        ("summary", "draft"),
        ("summary", "submitted"),
        ("summary", "evaluated"),
    ],
)
def test_a_call_without_any_step_promises_none(kind, status):
    entry = entry_in(status, kind=kind, **NO_STEPS)

    said = standing(entry).onward

    assert said
    assert not [step for step in EVERY_STEP if step in said]


@pytest.mark.parametrize(
    ("status", "call", "said"),
    [
        ("draft", {}, "填好后报送，先由工会主席签署。"),
        ("draft", {"needs_chair": False}, "填好后报送，先由党组织书记签署意见。"),
        ("draft", {"needs_chair": False, "needs_party": False}, "填好后直接报送校工会。"),
        ("awaiting_chair", {}, "工会主席签署后，由党组织书记签署意见，再报送校工会。"),
        ("awaiting_chair", {"needs_party": False}, "工会主席签署后，报送校工会。"),
        ("in_review", {}, "专家正在评分，评审结束后由校工会决定。"),
        ("in_review", {"kind": "summary"}, "专家正在评分，评审结束后由校工会给出验收结论。"),
        ("evaluated", {"kind": "summary"}, "专家评审已经结束，校工会将给出验收结论。"),
    ],
)
def test_what_comes_next_is_what_the_call_asks_for(status, call, said):
    assert standing(entry_in(status, **call)).onward == said


def test_with_its_stamped_scan_a_draft_goes_straight_to_the_school_union():
    entry = draft(call=CallFactory(scan_instead=True))
    Entry.objects.filter(pk=entry.pk).update(answers={**entry.answers, "signed_scan": [1]})
    entry.refresh_from_db()

    assert standing(entry).onward == "填好后直接报送校工会。"
