"""Pages that go live and expire by the clock: what was approved, when its time has come, and nothing of it before or after."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.module_loading import import_string

from portal.cms.files.media import check_picture, store_document, store_picture
from portal.cms.models import NoticePage
from portal.cms.moderation.doors import submit_for_review, take_down
from tests.browsing import read
from tests.factories import files
from tests.factories.pages import draft_notice, reviewed, stage_of

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "2026-03-01 09:00:00+08:00", "2026-03-05 09:01:00+08:00"
THE_TIME = "2026-03-05T09:00:00+08:00"
LISTS = (
    "/notices/",
    "/",
    "/feed/",
    "/feed/rss/",
    "/sitemap.xml",
    "/api/v2/pages/?type=cms.NoticePage",
)


@pytest.fixture(autouse=True)
def from_memory(settings, time_machine):
    """Public pages come from memory, and it is four days before the time."""
    settings.PAGE_CACHE = True
    time_machine.move_to(BEFORE, tick=False)


@pytest.fixture
def later(settings, time_machine, django_capture_on_commit_callbacks):
    """Return a function that lets the time come and the worker do what its schedule says."""
    task = import_string(
        settings.CELERY_BEAT_SCHEDULE["portal.cms.tasks.publish_scheduled"]["task"]
    )

    def let_it_come():
        time_machine.move_to(AFTER, tick=False)
        with django_capture_on_commit_callbacks(execute=True):
            task()

    return let_it_come


@pytest.fixture
def picture(office):
    return store_picture(check_picture(files.photo()), title="示例合影", actor=office, consent=True)


@pytest.fixture
def document(office):
    upload = SimpleUploadedFile("示例.pdf", b"%PDF-1.4 example", "application/pdf")
    return store_document(upload, title="示例方案", actor=office)


def approved(office, page, *, picture=None, document=None, **fields):
    """Write the next revision of a notice and carry it through the three stages."""
    page.body = [("text", "<p>示例正文</p>")]
    if picture:
        page.body.append(("picture", {"picture": picture, "caption": ""}))
    page.attachments = [("document", document)] if document else []
    for name, value in fields.items():
        setattr(page, name, value)
    page.full_clean()
    page.save_revision(user=office)
    return reviewed(NoticePage.objects.get(pk=page.pk), submitter=office)


def status(client, address):
    """Return the status of an answer whose file is closed again."""
    answer = client.get(address)
    read(answer)
    return answer.status_code


def named_in(client, title):
    """Return the public lists that name a title."""
    found = [address for address in LISTS if title in client.get(address).content.decode()]
    texts = client.get("/search/", {"q": title}).context_data["results"]
    return found + ["search"] * bool(texts)


def test_what_was_approved_goes_live_when_its_time_has_come(
    office, client, picture, document, later
):
    page = approved(
        office,
        draft_notice(office, "示例预告"),
        picture=picture,
        document=document,
        go_live_at=THE_TIME,
    )
    shown = picture.get_rendition("width-480")
    for address in (page.get_url(), shown.url, document.url):
        assert status(client, address) == 404
    assert named_in(client, "示例预告") == []

    later()

    for address in (page.get_url(), shown.url, document.url):
        assert status(client, address) == 200
    assert set(named_in(client, "示例预告")) >= {"/notices/", "/", "/feed/", "/feed/rss/", "search"}


def test_an_expired_page_is_gone_with_its_cached_copies_and_its_files(
    office, client, picture, document, later
):
    page = approved(
        office,
        draft_notice(office, "示例短期"),
        picture=picture,
        document=document,
        expire_at=THE_TIME,
    )
    addresses = (page.url, picture.get_rendition("width-480").url, document.url)
    for _twice in range(2):  # the second time from memory
        assert [status(client, address) for address in addresses] == [200, 200, 200]
        assert "/notices/" in named_in(client, "示例短期")

    later()

    assert [status(client, address) for address in addresses] == [404, 404, 404]
    assert named_in(client, "示例短期") == []


def test_an_expired_page_is_gone_before_the_worker_comes_by(
    office, client, picture, document, time_machine, django_capture_on_commit_callbacks
):
    page = approved(
        office,
        draft_notice(office, "示例短期"),
        picture=picture,
        document=document,
        expire_at=THE_TIME,
    )
    files = (picture.get_rendition("width-480").url, document.url)
    assert [status(client, address) for address in (page.url, *files)] == [200, 200, 200]
    assert "/notices/" in named_in(client, "示例短期")

    time_machine.move_to(AFTER, tick=False)
    for address in (*files, page.url):
        with django_capture_on_commit_callbacks(execute=True):
            assert status(client, address) == 404
    assert named_in(client, "示例短期") == []


def test_a_change_with_a_date_leaves_the_public_page_as_it_is_until_then(
    office, client, picture, later
):
    new = store_picture(check_picture(files.photo()), title="示例新图", actor=office, consent=True)
    page = approved(office, draft_notice(office, "示例旧题"), picture=picture)
    approved(office, page, picture=new, title="示例新题", go_live_at=THE_TIME)
    old_file, new_file = (each.get_rendition("width-480").url for each in (picture, new))

    assert "示例旧题" in client.get(page.url).content.decode()
    assert [status(client, file) for file in (old_file, new_file)] == [200, 404]

    later()

    assert "示例新题" in client.get(page.url).content.decode()
    assert [status(client, file) for file in (old_file, new_file)] == [404, 200]


def test_what_was_taken_down_before_its_time_never_goes_live(office, client, later):
    page = approved(office, draft_notice(office, "示例取消"), go_live_at=THE_TIME)
    take_down(page, actor=office, reason="活动取消")

    later()

    assert named_in(client, "示例取消") == []


def test_an_expiry_ends_no_review(office, client, later):
    page = approved(office, draft_notice(office, "示例续期"), expire_at=THE_TIME)
    page.expire_at = None
    page.save_revision(user=office)
    submit_for_review(page, actor=office)

    later()

    page = NoticePage.objects.get(pk=page.pk)
    assert not page.live
    assert page.current_workflow_state is not None


def test_the_last_reviewer_is_told_from_when_it_is_public(office, reviewers, sign_in):
    page = draft_notice(office, "示例预告")
    page.go_live_at = datetime.fromisoformat(THE_TIME)
    page.save_revision(user=office)
    submit_for_review(page, actor=office)
    for reviewer in reviewers:
        state = stage_of(page)
        answer = sign_in(reviewer).post(
            reverse("cms_review", args=[page.pk]),
            {"task_state": state.pk, "decision": "approve"},
            follow=True,
        )
    assert "将于2026年3月5日 09:00自动公开：示例预告" in answer.text
    assert "现在公开" not in answer.text
