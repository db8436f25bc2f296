"""Negotiated adjustment: field by field, in rounds, until both sides agree."""

from decimal import Decimal

import pytest
from django.urls import reverse

from forms_app.decision.adjusting import FieldAnswer, answer_proposal, propose, take_counter
from forms_app.decision.deciding import decide
from forms_app.decision.releasing import release
from forms_app.decision.talks import rounds_of
from forms_app.entries import saving, sending
from forms_app.entries.differences import pieces
from forms_app.entries.sending import return_for_changes
from forms_app.models import Answer, CallPage, Conclusion, Entry, SignOffLevel, VersionReason
from forms_app.review.reviewing import close_review
from portal.lifecycle.door import Refused
from tests.factories.forms import Cast, entry_in
from tests.factories.reviews import finish

pytestmark = pytest.mark.django_db
TWO = {"title": "书香工会·全校共读", "slogan": "一起读书"}


@pytest.fixture
def entry():
    return entry_in("deciding", notice_days=0, answers={"slogan": "人人读书"})


@pytest.fixture
def cast(entry):
    return Cast(entry.unit)


def decided(entry, cast):
    decide(entry, actor=cast.office, outcome="establish", amount=Decimal(8000))


def ask(entry, cast, **changes):
    return propose(entry, actor=cast.office, changes=changes or TWO, reason="请扩大到全校")


def test_each_field_gets_its_own_answer_and_all_texts_stay(entry, cast):
    ask(entry, cast)

    answer_proposal(
        entry,
        actor=cast.officer,
        text="谢谢",
        fields={
            "title": FieldAnswer(Answer.COUNTERED, "原名已有影响", "书香工会·共读"),
            "slogan": FieldAnswer(Answer.OBJECTED, "老口号大家熟"),
        },
    )

    rows = entry.adjustments.order_by("pk").values_list(
        "field_key", "applied", "proposed", "counter", "answer", "answer_text"
    )
    assert list(rows) == [
        (
            "title",
            "示例书香工会",
            "书香工会·全校共读",
            "书香工会·共读",
            "countered",
            "原名已有影响",
        ),
        ("slogan", "人人读书", "一起读书", None, "objected", "老口号大家熟"),
    ]
    assert entry.events.latest("pk").comment == "不同意 1 处，另提方案 1 处。谢谢"


def test_what_both_sides_agreed_on_is_the_approved_version(entry, cast):
    ask(entry, cast)
    answer_proposal(
        entry,
        actor=cast.officer,
        fields={
            "title": FieldAnswer(Answer.COUNTERED, "", "书香工会·共读"),
            "slogan": FieldAnswer(Answer.ACCEPTED),
        },
    )
    take_counter(entry, actor=cast.office)
    decided(entry, cast)

    release(entry.call, actor=cast.office, minutes="示例会议纪要")

    approved = entry.versions.get(reason=VersionReason.APPROVED).answers
    assert (approved["title"], approved["slogan"]) == ("书香工会·共读", "一起读书")
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.answers["title"] == "示例书香工会"
    assert entry.title == "书香工会·共读"


def test_a_counter_that_nobody_took_changes_nothing(entry, cast):
    ask(entry, cast, title="全校共读")
    answer_proposal(
        entry, actor=cast.officer, fields={"title": FieldAnswer(Answer.COUNTERED, "", "共读")}
    )
    decided(entry, cast)

    release(entry.call, actor=cast.office, minutes="示例会议纪要")

    assert entry.versions.get(reason=VersionReason.APPROVED).answers["title"] == "示例书香工会"


def test_the_unit_goes_on_reading_each_round_and_at_the_end_its_letter(entry, cast, client):
    client.force_login(cast.officer)
    address = reverse("forms_app:entry", args=[entry.pk])
    ask(entry, cast)
    answer_proposal(
        entry,
        actor=cast.officer,
        fields={
            "title": FieldAnswer(Answer.COUNTERED, "原名已有影响", "书香工会·共读"),
            "slogan": FieldAnswer(Answer.ACCEPTED),
        },
    )

    talked = client.get(address).text
    decided(entry, cast)
    release(entry.call, actor=cast.office, minutes="示例会议纪要")
    settled = client.get(address).text

    for words in ("第 1 轮", "请扩大到全校", "原名已有影响"):
        assert words in talked
        assert words in settled
    assert "经校工会研究，同意立项" in settled
    assert "经校工会研究" not in talked


def test_rounds_are_kept_apart_and_the_last_agreement_stands(entry, cast):
    ask(entry, cast, title="第一轮名")
    answer_proposal(entry, actor=cast.officer, answer=Answer.ACCEPTED)
    ask(entry, cast, title="第二轮名")
    answer_proposal(entry, actor=cast.officer, answer=Answer.ACCEPTED)
    decided(entry, cast)

    release(entry.call, actor=cast.office, minutes="示例会议纪要")

    assert [number for number, _talks in rounds_of(entry)] == [2, 1]
    assert entry.versions.get(reason=VersionReason.APPROVED).answers["title"] == "第二轮名"


def test_letter_and_public_notice_name_what_was_agreed_on(cast, entry, client):
    CallPage.objects.update(notice_days=5)
    entry = Entry.objects.get(pk=entry.pk)
    ask(entry, cast, title="全校共读", category="care")
    answer_proposal(entry, actor=cast.officer, answer=Answer.ACCEPTED)
    decided(entry, cast)

    [released] = release(entry.call, actor=cast.office, minutes="示例会议纪要")

    shown = client.get(released.decision.notice.path).text
    assert "全校共读" in shown
    assert "示例书香工会" not in shown
    assert "《全校共读》（维权服务类）" in released.decision.letter
    assert Entry.objects.get(pk=entry.pk).answers["title"] == "示例书香工会"


def sent_again(entry, cast, **answers):
    """Return the entry after it was returned, changed, sent, signed, checked and reviewed once more."""
    return_for_changes(entry, actor=cast.office, comment="请再改改", until=None)
    entry = Entry.objects.get(pk=entry.pk)
    saving.save(entry, answers={**entry.answers, **answers}, actor=cast.officer)
    sending.send(entry, actor=cast.officer)
    for level, signer in ((SignOffLevel.CHAIR, cast.chair), (SignOffLevel.PARTY, cast.party)):
        sending.sign(entry, actor=signer, level=level, conclusion=Conclusion.AGREE, text="")
    sending.pass_check(entry, actor=cast.office)
    finish(entry.assignments.get())
    return close_review(entry, actor=cast.office)


def test_what_was_agreed_on_is_in_the_form_that_is_given_back_and_the_units_last_word_stands(
    entry, cast
):
    ask(entry, cast)
    answer_proposal(entry, actor=cast.officer, answer=Answer.ACCEPTED)

    entry = sent_again(entry, cast, slogan="慢慢读")
    decided(entry, cast)
    release(entry.call, actor=cast.office, minutes="示例会议纪要")

    approved = entry.versions.get(reason=VersionReason.APPROVED).answers
    assert (approved["title"], approved["slogan"]) == ("书香工会·全校共读", "慢慢读")


def test_a_counter_is_over_once_something_else_was_said_or_sent(entry, cast):
    def countered(title):
        ask(entry, cast, title="第一轮名")
        answer = FieldAnswer(Answer.COUNTERED, "", title)
        answer_proposal(entry, actor=cast.officer, fields={"title": answer})

    countered("单位的名字")
    ask(entry, cast, title="第二轮名")
    answer_proposal(entry, actor=cast.officer, answer=Answer.ACCEPTED)
    with pytest.raises(Refused, match="没有另提方案"):
        take_counter(entry, actor=cast.office)

    countered("单位的新名字")
    entry = sent_again(entry, cast)
    with pytest.raises(Refused, match="没有另提方案"):
        take_counter(entry, actor=cast.office)


def test_a_counter_still_stands_after_the_unit_turned_the_next_proposal_down(entry, cast):
    ask(entry, cast, title="第一轮名")
    answer = FieldAnswer(Answer.COUNTERED, "", "单位的名字")
    answer_proposal(entry, actor=cast.officer, fields={"title": answer})
    ask(entry, cast, title="第二轮名")
    answer_proposal(entry, actor=cast.officer, answer=Answer.OBJECTED, text="还是原来的好")

    take_counter(entry, actor=cast.office)

    assert Entry.objects.get(pk=entry.pk).title == "单位的名字"


def test_what_was_decided_before_the_unit_is_asked_is_decided_anew(entry, cast):
    decided(entry, cast)
    ask(entry, cast)
    answer_proposal(entry, actor=cast.officer, answer=Answer.ACCEPTED)

    with pytest.raises(Refused, match="没有可以发布的决定"):
        release(entry.call, actor=cast.office, minutes="示例会议纪要")


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"title": FieldAnswer(Answer.ACCEPTED)}, "还有 1 处没有答复"),
        (
            {"title": FieldAnswer(Answer.ACCEPTED), "slogan": FieldAnswer(Answer.OBJECTED)},
            "不同意时请写明理由",
        ),
        (
            {
                "title": FieldAnswer(Answer.COUNTERED, "", TWO["title"]),
                "slogan": FieldAnswer(Answer.ACCEPTED),
            },
            "与建议的内容不同",
        ),
        (
            {
                "title": FieldAnswer(Answer.COUNTERED, "", "长" * 31),
                "slogan": FieldAnswer(Answer.ACCEPTED),
            },
            "超出 1 字",
        ),
    ],
)
def test_an_answer_that_is_not_one_is_refused(answers, reason, entry, cast):
    ask(entry, cast)

    with pytest.raises(Refused, match=reason):
        answer_proposal(entry, actor=cast.officer, fields=answers)

    assert set(entry.adjustments.values_list("answer", flat=True)) == {"pending"}


def test_the_changed_words_are_told_apart():
    left, right = pieces("面向全院职工，人数 120 人", "面向全校职工，人数 180 人")

    assert [one.text for one in left if one.changed] == ["院", "120"]
    assert [one.text for one in right if one.changed] == ["校", "180"]
    assert "".join(one.text for one in right) == "面向全校职工，人数 180 人"
