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
