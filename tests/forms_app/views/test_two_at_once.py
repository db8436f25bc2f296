"""Two people around one form: what is sent is what was checked, and words beside pictures are not taken back."""

import pytest
from django.urls import reverse

from forms_app.entries import attaching, saving, sending
from forms_app.entries.merging import digest_of
from forms_app.models import Entry
from portal.lifecycle.door import Refused
from tests.factories import files
from tests.factories.answers import FILES_SCHEMA, default_schema
from tests.factories.forms import CallFactory, Cast, draft, form_with

pytestmark = pytest.mark.django_db


def address(page, entry):
    return reverse(f"forms_app:{page}", args=[entry.pk])


def now(entry):
    return Entry.objects.get(pk=entry.pk)


def test_what_changed_after_the_check_has_to_be_looked_at_again(client):
    entry = draft()
    officer = Cast(entry.unit).officer
    client.force_login(officer)
    checked = client.get(address("check", entry)).context["form"]["seen"].value()
    saving.save(entry, answers={**entry.answers, "slogan": "同事补的"}, actor=officer)

    answer = client.post(address("send", entry), {"seen": checked}, follow=True)

    assert answer.redirect_chain[0][0] == address("check", entry)
    assert "刚刚又改过这份表" in answer.text
    assert now(entry).status == "draft"


def test_a_file_that_came_after_the_check_is_not_sent_unseen():
    with_files = draft(call=CallFactory(form=form_with(FILES_SCHEMA)), answers={"title": None})
    officer = Cast(with_files.unit).officer
    checked = digest_of(now(with_files))
    attaching.attach(with_files, field_key="plan_file", upload=files.pdf(), actor=officer)

    with pytest.raises(Refused, match="又改过这份表"):
        sending.send(with_files, actor=officer, seen=checked)
    assert now(with_files).status == "draft"


def test_a_page_opened_before_brings_no_older_caption_back(client):
    """A colleague writes a caption; my page, open since before, saves by itself after I typed about another thing."""
    with_files = draft(call=CallFactory(form=form_with(default_schema("summary"))))
    officer = Cast(with_files.unit).officer
    client.force_login(officer)
    picture = attaching.attach(
        with_files,
        field_key="photos",
        upload=files.png(),
        details={"caption": "旧说明", "credit": "", "taken_on": "", "consent": False},
        actor=officer,
    )
    edit, at = address("edit", with_files), f"f-photos-{picture.pk}"
    mine = {"seen": client.get(edit).context["seen"], "page": "mine", f"{at}-caption": "旧说明"}
    theirs = {**mine, "page": "theirs", f"{at}-caption": "同事的说明", f"{at}-consent": "on"}
    client.post(address("autosave", with_files), theirs)

    told = client.post(address("autosave", with_files), {**mine, f"{at}-credit": "张三"}).json()
    again = {**mine, "seen": told["seen"], f"{at}-credit": "李四"}
    client.post(address("autosave", with_files), again)

    picture.refresh_from_db()
    assert picture.details == {
        "caption": "同事的说明",
        "credit": "李四",
        "taken_on": "",
        "consent": True,
    }


def test_a_caption_that_both_changed_is_left_to_choose(client):
    summary = draft(call=CallFactory(form=form_with(default_schema("summary"))))
    officer, chair = Cast(summary.unit).officer, Cast(summary.unit).chair
    picture = attaching.attach(
        summary,
        field_key="photos",
        upload=files.png(),
        details={"caption": "旧说明"},
        actor=officer,
    )
    at, save = f"f-photos-{picture.pk}", address("autosave", summary)
    client.force_login(officer)
    opened = {"seen": client.get(address("edit", summary)).context["seen"]}
    client.force_login(chair)
    client.post(save, {**opened, "page": "theirs", f"{at}-caption": "主席的说明"})

    client.force_login(officer)
    mine = {**opened, "page": "mine", f"{at}-caption": "经办人的说明", f"{at}-credit": "示例甲"}
    told = client.post(save, mine)
    again = client.post(save, {**mine, "seen": told.json()["seen"]})

    assert (told.status_code, again.status_code) == (409, 409)
    assert f"“照片“{picture.name}”的说明”" in told.json()["message"]
    picture.refresh_from_db()
    assert (picture.details["caption"], picture.details["credit"]) == ("主席的说明", "示例甲")
    page = client.post(address("edit", summary), mine)
    assert page.status_code == 409
    assert "主席的说明" in page.text
    assert "经办人的说明" in page.text
    choice = {"held": page.context["held"], f"take-@{picture.pk}.caption": "mine"}
    client.post(address("choose", summary), choice)
    picture.refresh_from_db()
    assert (picture.details["caption"], picture.details["credit"]) == ("经办人的说明", "示例甲")


def test_who_types_on_in_a_caption_is_in_nobodys_way(client):
    """Each save follows the other, also where the answer to one got lost and the page knows of it nothing."""
    summary = draft(call=CallFactory(form=form_with(default_schema("summary"))))
    officer = Cast(summary.unit).officer
    client.force_login(officer)
    picture = attaching.attach(summary, field_key="photos", upload=files.png(), actor=officer)
    at, save = f"f-photos-{picture.pk}", address("autosave", summary)
    page = {"seen": client.get(address("edit", summary)).context["seen"], "page": "mine"}

    for caption in ("晨", "晨练", "晨练的人", ""):
        assert client.post(save, {**page, f"{at}-caption": caption}).status_code == 200

        picture.refresh_from_db()
        assert picture.details["caption"] == caption
