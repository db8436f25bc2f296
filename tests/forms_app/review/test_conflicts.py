"""回避: whoever has a stake is not offered, not shown, not counted, by whatever way he comes."""

from decimal import Decimal

import pytest
from django.urls import reverse

from forms_app.models import Assignment, Entry
from forms_app.office import queues
from forms_app.permissions import may_handle
from forms_app.review import conflicts
from forms_app.review.assigning import distribute, give_all
from forms_app.review.conflicts import keep_barred_away, namesake_pairs
from forms_app.review.reopening import recuse
from forms_app.review.reviewing import assign, assigned_to, close_review, valid_reviews
from portal.lifecycle.door import Refused
from portal.units.models import Post, UnitKind
from tests.factories.answers import attach, tiny_pdf
from tests.factories.forms import entry_in
from tests.factories.reviews import finish, score
from tests.factories.units import UnitFactory, person_of
from tests.forms_app.review.conftest import page

pytestmark = pytest.mark.django_db


def in_the_unit(entry, expert):
    entry.unit.memberships.create(user=expert, post=Post.OFFICER)


def once_in_the_unit(entry, expert):
    in_the_unit(entry, expert)
    expert.memberships.update(since="2020-01-01", until="2021-01-01")


def in_a_partner_unit(entry, expert):
    partner = UnitFactory()
    entry.partner_units.add(partner)
    partner.memberships.create(user=expert, post=Post.CHAIR)


def in_the_host_unit(entry, expert):
    host = UnitFactory()
    type(entry.unit).objects.filter(pk=entry.unit_id).update(
        kind=UnitKind.ASSOCIATION, is_disciplinary=False, host=host
    )
    host.memberships.create(user=expert, post=Post.PARTY)


def in_the_host_of_a_partner(entry, expert):
    partner = UnitFactory(kind=UnitKind.ASSOCIATION, is_disciplinary=False, host=UnitFactory())
    entry.partner_units.add(partner)
    partner.host.memberships.create(user=expert, post=Post.PARTY)


def leader_by_number(entry, expert):
    _number(expert)
    _answer(entry, leader_name="某人", leader_staff_no="t20260")


def member_by_number(entry, expert):
    _number(expert)
    _answer(entry, members=[{"name": "甲"}, {"name": "乙", "staff_no": "T20260"}])


def named_by_the_office(entry, expert):
    entry.recusals.create(expert=expert, ground="office", reason="亲属")


def _number(expert):
    type(expert).objects.filter(pk=expert.pk).update(staff_no="T20260")


def _answer(entry, **answers):
    Entry.objects.filter(pk=entry.pk).update(answers={**entry.answers, **answers})


STAKES = [
    in_the_unit,
    once_in_the_unit,
    in_a_partner_unit,
    in_the_host_unit,
    in_the_host_of_a_partner,
    leader_by_number,
    member_by_number,
    named_by_the_office,
]


@pytest.mark.parametrize("stake", STAKES)
def test_nothing_is_offered(stake, quick, office, expert, colleague):
    entry = entry_in("in_review", call=quick)
    stake(entry, expert)
    expert = type(expert).objects.get(pk=expert.pk)
    entry = Entry.objects.get(pk=entry.pk)

    with pytest.raises(Refused, match="回避"):
        assign(entry, experts=[expert], actor=office)
    distribute(quick, actor=office)
    give_all(quick, actor=office, experts=[expert, colleague])

    assert [one.expert for one in Assignment.objects.all()] == [colleague]


@pytest.mark.parametrize("stake", STAKES)
def test_what_was_given_before_is_gone_by_every_way_and_counts_no_more(
    stake, give, office, expert, colleague, client
):
    mine = give(expert, colleague, title="不该看到的标题")
    file = attach(mine.entry, "plan_file", "不该看到的文件.pdf", tiny_pdf())
    finish(mine)
    finish(mine.entry.assignments.get(expert=colleague))
    stake(mine.entry, expert)
    client.force_login(type(expert).objects.get(pk=expert.pk))

    answers = [
        client.get(page(mine)),
        client.post(page(mine, "save"), {}),
        client.get(page(mine, "confirm")),
        client.post(page(mine, "confirm")),
        client.get(page(mine, "recuse")),
    ]
    # Who works in the unit reads his own unit's entry at /my/, and never the scores.
    if stake is not in_the_unit:
        answers += [
            client.get(reverse("forms_app:file", args=[file.pk])),
            client.get(reverse("forms_app:entry", args=[mine.entry_id])),
        ]
    lists = [client.get(reverse(f"review:{name}")) for name in ("index", "overview")]
    following = client.get(reverse("review:next"))

    assert {one.status_code for one in answers} == {404}
    assert all("不该看到" not in one.text for one in lists)
    assert lists[0].context["count"] == 0
    assert following.url == reverse("review:index")
    entry = close_review(Entry.objects.get(pk=mine.entry_id), actor=office)
    assert [one.assignment.expert for one in valid_reviews(entry)] == [colleague]


def test_the_only_score_of_somebody_with_a_stake_closes_no_review(give, expert, office):
    mine = give()
    finish(mine)
    in_the_unit(mine.entry, expert)

    with pytest.raises(Refused, match="还没有专家"):
        close_review(mine.entry, actor=office)


def test_a_name_without_number_is_a_question_to_the_office(quick, office, expert, colleague):
    entry = entry_in("in_review", call=quick)
    _answer(entry, members=[{"name": "示例 专家甲"}])
    entry = Entry.objects.get(pk=entry.pk)

    round_ = distribute(quick, actor=office)
    with pytest.raises(Refused, match="同名"):
        assign(entry, experts=[expert], actor=office)
    conflicts.clear_name(entry, expert=expert, actor=office)
    assign(entry, experts=[expert], actor=office)

    assert round_.asked == [entry]
    assert {one.expert for one in Assignment.objects.all()} == {expert, colleague}


@pytest.mark.parametrize(
    ("own", "written", "asked"),
    [(None, None, True), (None, "T1", True), ("T2", None, True), ("T2", "T1", False)],
)
def test_another_number_is_another_person(own, written, asked, quick, expert):
    entry = entry_in("in_review", call=quick)
    entry.answers = {**entry.answers, "members": [{"name": expert.name, "staff_no": written}]}
    expert.staff_no = own

    assert bool(namesake_pairs([expert], [entry])) is asked


def test_a_name_that_comes_later_holds_the_entry_back(give, office, expert, colleague):
    mine = give(expert, colleague)
    finish(mine)
    finish(mine.entry.assignments.get(expert=colleague))
    _answer(mine.entry, leader_name=expert.name)
    entry = Entry.objects.get(pk=mine.entry_id)

    keep_barred_away(entry)
    held = assigned_to(expert).exists(), valid_reviews(entry).count()
    with pytest.raises(Refused, match="同名"):
        close_review(entry, actor=office)
    conflicts.clear_name(entry, expert=expert, actor=office)

    assert held == (False, 1)
    assert (assigned_to(expert).exists(), valid_reviews(entry).count()) == (True, 2)


def test_it_is_he_and_he_stays_away(give, office, expert, colleague):
    mine = give(expert, colleague)
    finish(mine.entry.assignments.get(expert=colleague))
    score(mine)
    _answer(mine.entry, leader_name=expert.name)
    entry = Entry.objects.get(pk=mine.entry_id)
    keep_barred_away(entry)

    recuse(entry, expert=expert, actor=office, reason="是本人")
    close_review(entry, actor=office)

    assert not assigned_to(expert).exists()


def test_who_works_in_the_host_unit_decides_nothing_of_its_association(quick, office):
    entry = entry_in("in_review", call=quick)
    in_the_host_unit(entry, office)
    entry = Entry.objects.select_related("unit").get(pk=entry.pk)

    assert not may_handle(type(office).objects.get(pk=office.pk), entry)


def test_who_has_no_role_of_an_expert_any_more_sees_nothing(give, expert):
    give()
    expert.groups.clear()

    assert not assigned_to(type(expert).objects.get(pk=expert.pk)).exists()


def test_a_unit_officer_never_reads_scores(give, expert, client):
    mine = give()
    finish(mine, less=Decimal("3.3"), for_office="只给校工会的话")
    client.force_login(person_of(mine.entry.unit))

    shown = client.get(reverse("forms_app:entry", args=[mine.entry_id])).text

    assert "只给校工会的话" not in shown
    assert "96.7" not in shown


def test_a_staff_number_in_another_answer_bars_nobody(give, expert):
    mine = give(expert)
    _number(expert)
    _answer(mine.entry, audience="T20260")

    assert list(assigned_to(type(expert).objects.get(pk=expert.pk))) == [mine]


def test_nobody_takes_his_scores_back_once_the_review_is_over(give, office, client):
    mine = give()
    finish(mine)
    close_review(mine.entry, actor=office)
    client.force_login(mine.expert)

    answer = client.post(page(mine, "recuse"), {"reason": "参与过策划", "sure": "1"})

    assert answer.status_code == 409
    assert "评审已经结束" in answer.text
    assert valid_reviews(mine.entry).count() == 1


def test_the_database_and_the_reasons_tell_the_same_of_everybody(give, expert, colleague):
    """One expert with every stake there is, each in another entry, and one with none."""
    given = {stake: give(expert, colleague) for stake in (*STAKES, None)}
    for stake, assignment in given.items():
        if stake:
            stake(assignment.entry, expert)
    experts = list(type(expert).objects.filter(pk__in=[expert.pk, colleague.pk]))
    entries = list(Entry.objects.all())

    reasons = conflicts.barred_pairs(experts, entries)

    for one in experts:
        free = conflicts.free_of_conflict(Assignment.objects.all(), one)
        assert {row.entry_id for row in free} == {
            entry.pk for entry in entries if (one.pk, entry.pk) not in reasons
        }
    assert {expert_key for expert_key, _entry in reasons} == {expert.pk}
    assert len(reasons) == len(STAKES)


def test_nobody_waits_for_or_reminds_an_expert_of_what_he_may_not_see(give, expert, colleague):
    mine = give(expert, colleague)
    finish(mine.entry.assignments.get(expert=colleague))
    held = give(expert)
    Assignment.objects.filter(pk=held.pk).update(namesake=expert.name)
    in_the_unit(mine.entry, expert)

    assert not queues.unfinished_assignments().exists()
    assert list(queues.reviewed(Entry.objects.all())) == [mine.entry]
