"""The form in the browser: bad input is told at its field, and nothing typed is lost whatever happens."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms_app.entries import saving
from forms_app.entries.merging import digest_of
from forms_app.models import Entry
from portal.units.models import Post
from portal.workspace import keeping
from tests.factories import files
from tests.factories.answers import (
    FILES_SCHEMA,
    complete_application_answers,
    default_schema,
    posted,
)
from tests.factories.forms import CallFactory, Cast, draft, entry_in, form_with
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return draft()


@pytest.fixture
def officer(client, entry):
    officer = Cast(entry.unit).officer
    client.force_login(officer)
    return officer


def address(page, entry):
    return reverse(f"forms_app:{page}", args=[entry.pk])


def fields(entry, **more):
    return {"save_count": entry.save_count, "f-title": "太极晨光", **more}


def whose(user):
    """Return what a page says about the person it was drawn for."""
    return {"whose": keeping.mark_of(user)}


def now(entry):
    return Entry.objects.get(pk=entry.pk)


def test_saving_a_draft(client, entry, officer):
    answer = client.post(address("edit", entry), fields(entry))

    assert answer["Location"] == address("edit", entry)
    assert now(entry).title == "太极晨光"


def test_a_title_of_31_characters_is_kept_and_told(client, entry, officer):
    client.post(address("edit", entry), fields(entry, **{"f-title": "长" * 31}))

    page = client.get(address("edit", entry)).content.decode()

    assert now(entry).answers["title"] == "长" * 31
    assert "超出 1 字，最多 30 字" in page
    assert "长" * 31 in page


def test_checking_leads_to_every_problem(client, entry, officer):
    answer = client.post(
        address("edit", entry), fields(entry, **{"f-title": "", "then": "check"}), follow=True
    )

    page = answer.content.decode()
    assert f"{address('edit', entry)}?check=1#field-f-title" in page
    assert "还有 1 处要补充或改正" in page


def test_a_stale_tab_shows_both_and_loses_nothing(client, entry, officer):
    chair = person_of(entry.unit, Post.CHAIR, name="示例主席")
    saving.save(
        entry,
        answers={"title": "主席改的", "slogan": "一样"},
        actor=chair,
    )

    answer = client.post(address("edit", entry), fields(entry, **{"f-slogan": "一样"}))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "主席改的" in page
    assert "太极晨光" in page
    assert "take-slogan" not in page
    assert now(entry).title == "主席改的"

    chosen = {"held": answer.context["held"], "save_count": now(entry).save_count}
    client.post(address("choose", entry), {**chosen, "take-title": "mine"})
    assert now(entry).answers == {"title": "太极晨光", "slogan": "一样"}


def test_taking_what_was_saved(client, entry, officer):
    chair = person_of(entry.unit, Post.CHAIR)
    saving.save(entry, answers={"title": "主席改的"}, actor=chair)
    answer = client.post(address("edit", entry), fields(entry))

    client.post(
        address("choose", entry),
        {
            "held": answer.context["held"],
            "save_count": now(entry).save_count,
            "take-title": "saved",
        },
    )

    assert now(entry).title == "主席改的"


def test_a_forged_comparison_is_not_saved(client, entry, officer):
    answer = client.post(
        address("choose", entry), {"held": json.dumps({"title": "x"}), "save_count": 1}
    )

    assert answer.status_code == 404


def test_sent_by_a_colleague_meanwhile_what_was_typed_can_be_copied(client):
    entry = entry_in("awaiting_chair")
    client.force_login(Cast(entry.unit).officer)

    answer = client.post(address("edit", entry), fields(entry, **{"f-slogan": "刚写好的口号"}))

    assert answer.status_code == 409
    assert "刚写好的口号" in answer.content.decode()


# --- files --------------------------------------------------------------------------------------


@pytest.fixture
def with_files(client):
    entry = draft(call=CallFactory(form=form_with(FILES_SCHEMA)), answers={"title": None})
    client.force_login(Cast(entry.unit).officer)
    return entry


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (files.exe(), "这个文件其实不是 PDF（内容是程序），请重新导出为 PDF 再上传。"),
        (files.upload("空.pdf", b""), "0 字节"),
        (files.pdf(size=50 * 1024 * 1024), "这里最多"),
    ],
    ids=["program", "empty", "50 MB"],
)
def test_a_bad_file_is_told_at_its_field(client, with_files, upload, reason):
    answer = client.post(
        address("edit", with_files),
        {"save_count": with_files.save_count, "f-plan_file": [files.pdf("好.pdf"), upload]},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert reason in page
    assert [kept.name for kept in with_files.attachments.all()] == ["好.pdf"]


def test_removing_a_file(client, with_files):
    client.post(
        address("edit", with_files),
        {"save_count": with_files.save_count, "f-plan_file": files.pdf()},
    )
    [kept] = with_files.attachments.all()

    client.post(
        address("edit", with_files),
        {"save_count": now(with_files).save_count, "remove_file": kept.pk},
    )

    assert "plan_file" not in now(with_files).answers


# --- the session ran out ------------------------------------------------------------------------


def test_an_expired_session_brings_back_what_was_typed(client, entry):
    answer = client.post(
        address("edit", entry),
        fields(entry, **{"f-slogan": "写了半小时的口号"}, **whose(Cast(entry.unit).officer)),
        headers={
            "origin": "http://testserver",
            "referer": f"http://testserver{address('edit', entry)}",
        },
    )
    assert answer["Location"].startswith("/accounts/login/?next=")
    back = client.get(answer["Location"]).wsgi_request.GET["next"]
    client.force_login(Cast(entry.unit).officer)

    page = client.get(back).content.decode()

    assert "写了半小时的口号" in page
    assert "还没有保存" in page
    assert "slogan" not in now(entry).answers


@pytest.mark.parametrize("post", [Post.OFFICER, Post.CHAIR])
def test_what_was_kept_is_shown_to_nobody_else(client, entry, post):
    answer = client.post(
        address("edit", entry),
        fields(entry, **{"f-slogan": "只给我自己看的话"}, **whose(Cast(entry.unit).officer)),
        headers={"origin": "http://testserver"},
    )
    back = client.get(answer["Location"]).wsgi_request.GET["next"]
    client.force_login(person_of(entry.unit, post))

    page = client.get(back).content.decode()

    assert "kept=" in back
    assert "只给我自己看的话" not in page
    assert "已经替您填回表里" not in page


def test_a_page_that_says_not_whose_it_is_is_not_kept(client, entry):
    answer = client.post(
        address("edit", entry),
        fields(entry, whose=f"{Cast(entry.unit).officer.pk}:forged"),
        headers={"origin": "http://testserver"},
    )

    assert "kept" not in answer["Location"]


@pytest.mark.parametrize("page", ["edit", "autosave", "send", "choose"])
def test_what_stands_on_another_person_s_page_is_not_taken(client, entry, page):
    chair = person_of(entry.unit, Post.CHAIR)
    client.force_login(chair)

    answer = client.post(
        address(page, entry),
        fields(entry, **{"f-title": "经办人打的字"}, **whose(Cast(entry.unit).officer)),
        headers={"accept": "application/json"} if page == "autosave" else {},
    )

    assert answer.status_code == 409
    assert "经办人打的字" not in answer.content.decode()
    assert now(entry).answers == entry.answers


def test_nothing_is_kept_for_another_site(client, entry):
    answer = client.post(
        address("edit", entry), fields(entry), headers={"origin": "http://evil.example"}
    )

    assert "kept" not in answer["Location"]


def test_a_token_that_no_longer_fits_keeps_what_was_typed(entry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(Cast(entry.unit).officer)

    answer = client.post(
        address("edit", entry),
        fields(entry, **{"f-slogan": "另一个窗口登录过"}, **whose(Cast(entry.unit).officer)),
        headers={"origin": "http://testserver"},
    )

    assert answer.status_code == 403
    assert "另一个窗口登录过" in client.get(answer.context["back"]).content.decode()


def test_text_kept_in_the_browser_comes_back_unsaved(client, entry, officer):
    page = client.post(
        address("edit", entry), fields(entry, restore="1", **{"f-slogan": "离线写的"})
    ).content.decode()

    assert "离线写的" in page
    assert "slogan" not in now(entry).answers


def test_what_came_back_is_not_called_saved(client, entry, officer):
    client.post(address("edit", entry), fields(entry))
    assert "已保存" in client.get(address("edit", entry)).text

    page = client.post(address("edit", entry), fields(now(entry), restore="1")).text

    assert "已保存" not in page
    assert page.count("还没有保存") == 2


# --- autosave -----------------------------------------------------------------------------------


def test_autosave_answers_when_and_with_the_next_number(client, entry, officer):
    answer = client.post(address("autosave", entry), fields(entry))

    told = answer.json()
    assert told["message"] == f"已保存 {timezone.localtime(now(entry).saved_at):%H:%M}"
    assert (told["save_count"], told["left"]) == (entry.save_count + 1, 0)
    assert now(entry).title == "太极晨光"


def test_autosave_does_not_overwrite_a_colleague(client, entry, officer):
    chair = person_of(entry.unit, Post.CHAIR, name="示例主席")
    saving.save(entry, answers={"title": "主席改的"}, actor=chair)

    answer = client.post(address("autosave", entry), fields(entry))

    assert answer.status_code == 409
    assert "示例主席" in answer.json()["message"]
    assert now(entry).title == "主席改的"


@pytest.mark.parametrize(("post", "status"), [(Post.PARTY, 403), (None, 404)])
def test_autosave_is_for_those_who_fill_in(client, entry, post, status):
    client.force_login(person_of(entry.unit, post) if post else person_of(UnitFactory()))

    assert client.post(address("autosave", entry), fields(entry)).status_code == status


def test_autosave_without_a_session_says_so_in_json(client, entry):
    answer = client.post(
        address("autosave", entry), fields(entry), headers={"accept": "application/json"}
    )

    assert (answer.status_code, answer.json()["message"]) == (401, "登录已过期，请重新登录。")


# --- the whole default form ---------------------------------------------------------------------


@pytest.fixture
def whole():
    return draft(call=CallFactory(form=form_with(default_schema("application"))))


def test_the_default_form_is_filled_in_checked_and_sent(client, whole):
    cast = Cast(whole.unit)
    cast.take_up_posts()
    client.force_login(cast.officer)
    data = posted(whole.form_version.schema, complete_application_answers())
    data["save_count"], data["then"] = str(whole.save_count), "check"
    answer = client.post(address("edit", whole), data, follow=True)
    assert "没有发现问题" in answer.content.decode()

    answer = client.post(address("send", whole), {"seen": digest_of(now(whole))})

    assert answer["Location"] == address("receipt", whole)
    assert now(whole).status == "awaiting_chair"
    assert now(whole).versions.get().digest in client.get(answer["Location"]).content.decode()


def test_a_budget_that_does_not_add_up_is_told(client, whole):
    client.force_login(Cast(whole.unit).officer)
    answers = complete_application_answers(amount_requested="9000.00")
    data = posted(whole.form_version.schema, answers)
    data["save_count"], data["then"] = str(whole.save_count), "check"

    page = client.post(address("edit", whole), data, follow=True).content.decode()

    assert "明细合计 12,000.00 元，来源合计 11,000.00 元，相差 1,000.00 元" in page
    answer = client.post(address("send", whole), {"seen": digest_of(now(whole))})
    assert answer.status_code == 422
    assert now(whole).status == "draft"


def test_a_second_page_of_the_same_form_cannot_be_sent_twice(client, whole):
    client.force_login(Cast(whole.unit).officer)
    saving.save(
        whole,
        answers=complete_application_answers(),
        actor=Cast(whole.unit).officer,
    )
    checked = {"seen": digest_of(now(whole))}
    client.post(address("send", whole), checked)

    answer = client.post(address("send", whole), checked)

    assert answer.status_code == 409
    assert now(whole).events.filter(action="send").count() == 1


def test_too_late_is_told_and_the_draft_stays(client, entry, officer):
    entry.call.closes_at = timezone.now() - timedelta(minutes=1)
    entry.call.save()

    answer = client.post(address("send", entry), {"seen": digest_of(entry)})

    assert answer.status_code == 422
    assert "已过截止时间" in answer.content.decode()
    assert now(entry).answers == entry.answers


def test_saving_after_the_session_ran_out_brings_the_text_back(client, entry):
    officer = Cast(entry.unit).officer
    page = address("edit", entry)
    here = {"HTTP_REFERER": f"http://testserver{page}"}

    answer = client.post(
        page, fields(entry, **{"f-slogan": "晨光里的太极"}, **whose(officer)), **here
    )
    client.force_login(officer)
    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]

    assert "晨光里的太极" in client.get(back).content.decode()
