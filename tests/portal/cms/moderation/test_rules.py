"""三审三校: who may approve what, and what is published in the end."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import WorkflowState

from portal.cms.models import NoticePage, Return
from portal.cms.moderation.doors import approve, return_page, submit_for_review, take_down, withdraw
from portal.cms.moderation.turns import reviewers_of, state_of, waiting_for
from portal.cms.tasks import publish_scheduled
from portal.lifecycle.door import Refused
from portal.messaging.models import Channel, Message
from portal.units.models import Role
from tests.factories.pages import draft_notice, reviewed, stage_of
from tests.factories.units import UserFactory, person_with


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def edit(page, *, by, title):
    page = fresh(page).get_latest_revision_as_object()
    page.title = title
    return page.save_revision(user=by)


def told(user):
    return list(
        Message.objects.filter(recipient=user, channel=Channel.INBOX)
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_three_different_people_make_a_page_public(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    seen = []
    for reviewer in reviewers:
        state = state_of(fresh(page))
        seen.append((state.stage, state.public, [user.pk for user in reviewers_of(stage_of(page))]))
        approve(stage_of(page), actor=reviewer)
    assert seen == [
        (stage, False, [reviewer.pk])
        for stage, reviewer in zip(("first", "second", "final"), reviewers, strict=True)
    ]
    page = fresh(page)
    assert page.live
    assert page.live_revision_id == page.latest_revision_id


def test_nobody_approves_his_own_edit(office, reviewers):
    office.groups.add(*reviewers[0].groups.all())
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    with pytest.raises(Refused, match="须由其他人审核"):
        approve(stage_of(page), actor=office)


def test_an_earlier_author_in_the_chain_is_barred_too(office, reviewers):
    page = draft_notice(office)
    edit(page, by=reviewers[1], title="复审人改过")
    edit(page, by=office, title="又改回来")
    submit_for_review(fresh(page), actor=office)
    approve(stage_of(page), actor=reviewers[0])
    with pytest.raises(Refused, match="须由其他人审核"):
        approve(stage_of(page), actor=reviewers[1])


def test_who_only_submitted_is_barred(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=reviewers[0])
    with pytest.raises(Refused, match="须由其他人审核"):
        approve(stage_of(page), actor=reviewers[0])


def test_who_wrote_the_published_version_may_review_the_next(office, reviewers):
    writer = person_with(Role.SCHOOL_UNION, Role.FIRST_REVIEW)
    page = reviewed(draft_notice(writer))
    edit(page, by=office, title="第二版")
    submit_for_review(fresh(page), actor=office)
    approve(stage_of(page), actor=writer)
    assert state_of(fresh(page)).stage == "second"


def test_nobody_takes_two_stages(office, reviewers):
    reviewers[0].groups.add(*reviewers[1].groups.all())
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    approve(stage_of(page), actor=reviewers[0])
    with pytest.raises(Refused, match="同一人不能再审另一个环节"):
        approve(stage_of(page), actor=reviewers[0])


def test_a_superuser_without_the_stage_is_no_reviewer(office, admin):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    with pytest.raises(Refused, match="不是本页初审的审核人"):
        approve(stage_of(page), actor=admin)


def test_an_inactive_reviewer_decides_nothing(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    reviewers[0].is_active = False
    reviewers[0].save()
    with pytest.raises(Refused):
        approve(stage_of(page), actor=reviewers[0])


def test_an_edit_during_review_begins_at_the_first_stage(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    approve(stage_of(page), actor=reviewers[0])
    overtaken = stage_of(page)
    revision = edit(page, by=office, title="审核中改的")
    state = stage_of(page)
    assert (state_of(fresh(page)).stage, state.revision_id) == ("first", revision.pk)
    with pytest.raises(Refused, match="已经有人办理"):
        approve(overtaken, actor=reviewers[1])
    assert not fresh(page).live


def test_an_edit_after_a_return_begins_at_the_first_stage(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    approve(stage_of(page), actor=reviewers[0])
    return_page(stage_of(page), actor=reviewers[1], reason="数字不对")
    edit(page, by=office, title="改好了")
    submit_for_review(fresh(page), actor=office)
    assert state_of(fresh(page)).stage == "first"


def test_resuming_after_an_edit_begins_at_the_first_stage(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    approve(stage_of(page), actor=reviewers[0])
    return_page(stage_of(page), actor=reviewers[1], reason="数字不对")
    flow = fresh(page).current_workflow_state
    _ = flow.content_object.latest_revision  # Wagtail's editor holds the page from before the edit
    revision = edit(page, by=office, title="改好了")
    flow.resume(user=office)
    assert (state_of(fresh(page)).stage, stage_of(page).revision_id) == ("first", revision.pk)


def test_the_reason_of_a_return_outlives_cancelling(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    return_page(stage_of(page), actor=reviewers[0], reason="请补日期")
    state = state_of(fresh(page))
    assert (state.returned_reason, state.editable) == ("请补日期", True)
    submit_for_review(fresh(page), actor=office)
    assert state_of(fresh(page)).returned_reason == ""
    assert Return.objects.get().reason == "请补日期"


def test_a_return_needs_a_reason(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    with pytest.raises(Refused, match="请写明退回原因"):
        return_page(stage_of(page), actor=reviewers[0], reason="  ")


def test_a_revision_saved_behind_the_review_is_not_published(office, reviewers):
    """Even when the restart did not happen, the last approval refuses rather than publish what nobody saw."""
    page = draft_notice(office, title="审过的")
    submit_for_review(page, actor=office)
    for reviewer in reviewers[:2]:
        approve(stage_of(page), actor=reviewer)
    late = fresh(page).get_latest_revision()
    late.pk, late.content = None, {**late.content, "title": "没审过的"}
    late.save()
    NoticePage.objects.filter(pk=page.pk).update(latest_revision=late)
    with pytest.raises(Refused, match="又有修改"):
        approve(stage_of(page), actor=reviewers[2])
    assert not fresh(page).live


def test_a_revision_never_changes_once_it_is_written(office):
    page = draft_notice(office, title="原来")
    first = fresh(page).latest_revision
    page = first.as_object()
    page.title = "自动保存"
    page.save_revision(user=office, overwrite_revision=first)
    first.refresh_from_db()
    assert first.content["title"] == "原来"


def test_a_workflow_without_the_three_stages_publishes_nothing(office, reviewers):
    page = draft_notice(office)
    flow = submit_for_review(page, actor=office)
    flow.workflow.workflow_tasks.exclude(task__reviewtask__stage="first").delete()
    with pytest.raises(Refused):
        approve(stage_of(page), actor=reviewers[0])
    assert not fresh(page).live


def test_two_approvals_of_one_stage_count_once(office, reviewers):
    other = person_with(Role.FIRST_REVIEW)
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    state = stage_of(page)
    approve(state, actor=reviewers[0])
    with pytest.raises(Refused, match="已经有人办理"):
        approve(state, actor=other)
    assert state_of(fresh(page)).stage == "second"


def test_what_a_browser_adds_to_an_action_is_not_passed_on(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    state = stage_of(page)
    state.task.specific.on_action(state, reviewers[0], "approve", comment="", update=False)
    assert state_of(fresh(page)).stage == "second"


def test_an_unknown_action_is_refused(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    state = stage_of(page)
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, reviewers[0], "publish")


def test_submitting_twice_or_without_a_change_is_refused(office):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    with pytest.raises(Refused, match="已在审核中"):
        submit_for_review(fresh(page), actor=office)
    done = reviewed(draft_notice(office))
    with pytest.raises(Refused, match="没有新的修改"):
        submit_for_review(done, actor=office)


def test_the_submitter_withdraws_others_do_not(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    with pytest.raises(Refused, match="只有提交人"):
        withdraw(fresh(page), actor=UserFactory())
    withdraw(fresh(page), actor=office)
    assert fresh(page).current_workflow_state is None


def test_a_page_with_a_date_goes_live_by_the_clock_only_after_approval(office, time_machine):
    time_machine.move_to("2026-03-01 09:00:00+08:00", tick=False)
    page = draft_notice(office)
    page.go_live_at = "2026-03-05T09:00:00+08:00"
    page.full_clean()
    page.save_revision(user=office)
    publish_scheduled()
    assert not fresh(page).live
    page = reviewed(fresh(page))
    assert not page.live
    assert "page_scheduled" in told(office)
    time_machine.move_to("2026-03-05 09:01:00+08:00", tick=False)
    publish_scheduled()
    assert fresh(page).live


def test_a_draft_with_a_date_is_not_published_by_the_clock(office, time_machine):
    time_machine.move_to("2026-03-01 09:00:00+08:00", tick=False)
    page = draft_notice(office)
    page.go_live_at = "2026-03-02T09:00:00+08:00"
    page.save_revision(user=office)
    submit_for_review(page, actor=office)
    time_machine.move_to("2026-03-09 09:00:00+08:00", tick=False)
    publish_scheduled()
    assert not fresh(page).live


def test_the_office_takes_a_page_down_with_a_reason(office, reviewers):
    page = reviewed(draft_notice(office))
    with pytest.raises(Refused, match="请写明"):
        take_down(page, actor=office, reason=" ")
    with pytest.raises(Refused, match="只有校工会办公室"):
        take_down(page, actor=reviewers[0], reason="不想要了")
    take_down(page, actor=office, reason="内容有误")
    assert not fresh(page).live
    with pytest.raises(Refused, match="没有公开"):
        take_down(page, actor=office, reason="再来一次")


def test_messages_go_to_whose_turn_it_is_and_back_to_the_author(office, reviewers):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    assert [told(user) for user in reviewers] == [["review_waiting"], [], []]
    return_page(stage_of(page), actor=reviewers[0], reason="请补日期")
    assert told(office) == ["page_returned"]
    message = Message.objects.filter(recipient=office).first()
    assert message.context["reason"] == "请补日期"
    submit_for_review(fresh(page), actor=office)
    for reviewer in reviewers:
        approve(stage_of(page), actor=reviewer)
    assert told(office) == ["page_returned", "page_published"]


def test_a_barred_reviewer_is_told_only_where_there_is_no_other(office, reviewers):
    writer = person_with(Role.SCHOOL_UNION, Role.FIRST_REVIEW)
    page = draft_notice(writer)
    submit_for_review(page, actor=writer)
    assert (told(writer), told(reviewers[0])) == ([], ["review_waiting"])
    reviewers[0].is_active = False
    reviewers[0].save()
    assert [user.pk for user in reviewers_of(stage_of(page))] == [writer.pk]


def test_no_mail_leaves_past_the_outbox(office, reviewers, mailoutbox):
    reviewed(draft_notice(office))
    assert mailoutbox == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_what_waits_costs_the_same_for_any_number(
    office, reviewers, count, django_assert_num_queries
):
    for _n in range(count):
        submit_for_review(draft_notice(office), actor=office)
    with django_assert_num_queries(5):
        assert len(waiting_for(reviewers[0])) == count


def test_the_list_of_what_waits_leaves_out_what_one_may_not_decide(office, reviewers):
    both = person_with(Role.SCHOOL_UNION, Role.FIRST_REVIEW, Role.SECOND_REVIEW)
    own = draft_notice(both)
    submit_for_review(own, actor=both)
    taken = draft_notice(office)
    submit_for_review(taken, actor=office)
    approve(stage_of(taken), actor=both)
    copied = draft_notice(office)
    NoticePage.objects.filter(pk=copied.pk).update(owner=both)
    submit_for_review(copied, actor=office)
    open_to_him = draft_notice(office)
    submit_for_review(open_to_him, actor=office)
    assert [state.page.pk for state in waiting_for(both)] == [open_to_him.pk]
    for state in WorkflowState.objects.filter(status="in_progress"):
        task_state = state.current_task_state
        why_not = task_state.task.specific.why_not(task_state, both)
        assert bool(why_not) == (str(open_to_him.pk) != state.object_id)
