"""What a page should be looked at twice for, and what keeps it from being approved."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.cms.files.media import check_picture, store_document, store_picture
from portal.cms.models import Picture, SiteSettings
from portal.cms.moderation import doors, turns
from portal.cms.moderation.hints import hints_of
from portal.lifecycle.door import Refused
from tests.portal.cms.moderation.test_review_sheet import notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(office):
    content = BytesIO()
    Image.new("RGB", (64, 48), "olive").save(content, "JPEG")
    upload = SimpleUploadedFile("示例.jpg", content.getvalue(), "image/jpeg")
    return store_picture(check_picture(upload), title="示例合影", actor=office)


def kinds(page, watched=""):
    site = SiteSettings(watched_words=watched)
    return [hint.kind for hint in hints_of(page.latest_revision, site=site)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请拨打 13812345678 报名", ["phone"]),
        ("请拨打 138-1234-5678 报名", ["phone"]),
        ("请拨打 +8613812345678 报名", ["phone"]),
        ("请拨打 86 138 1234 5678 报名", ["phone"]),
        ("请拨打 138.1234.5678 或 138–1234–5678", ["phone", "phone"]),
        ("请拨打 138&nbsp;1234&nbsp;5678 报名", ["phone"]),
        ("请拨打 １３８１２３４５６７８ 报名", ["phone"]),
        ("请拨打 138\u200b12345678 报名", ["phone"]),
        ("请拨打 138<b>1234</b>5678 报名", ["phone"]),
        ("第 138 名</p><p>12345678 人次", []),
        ("编号 1381234567890 的通知", []),
        ("身份证号 330102199003074518", ["resident"]),
        ("身份证号 330102 19900307 4518", ["resident"]),
        ("身份证号 ３３０１０２１９９００３０７４５１Ｘ", ["resident"]),
        ("卡号 6222 0212 3456 7890 123", ["card"]),
        ("写信到 someone@example.com", ["email"]),
        ("写信到 someone＠example.com", ["email"]),
        ("电话 0571-28008000，2024年3月20日", []),
        ("普通的一段话", []),
    ],
)
def test_personal_data(office, text, found):
    assert kinds(notice(office, body=[("text", f"<p>{text}</p>")])) == found


def test_words_that_the_office_watches(office):
    page = notice(office, body=[("heading", "全国第一"), ("text", "<p>我们是最好的。</p>")])

    assert kinds(page, "全国第一\n最好的\n没有这个词") == ["word", "word"]


def test_a_watched_word_is_seen_in_whatever_way_it_is_written(office):
    page = notice(office, body=[("text", "<p>全国<b>第一</b>，ＴＯＰ１，最\u200b好的</p>")])

    assert kinds(page, "全国第一\nTOP1\n最好的") == ["word", "word", "word"]


def test_what_is_said_of_pictures_and_files_is_read_too(office, picture):
    Picture.objects.update(
        caption="请找 13812345678", credit="a@example.com", portrait_consent=True
    )
    upload = SimpleUploadedFile("名单.pdf", b"%PDF-1.4 example", "application/pdf")
    pdf = store_document(upload, title="名单 330102199003074518", actor=office)
    page = notice(office, body=[("picture", {"picture": picture}), ("document", pdf)])

    assert kinds(page) == ["resident", "phone", "email"]


def test_a_hint_bars_nobody_but_missing_consent_does(office, reviewers, picture):
    page = notice(office, body=[("text", "<p>13812345678</p>"), ("picture", {"picture": picture})])
    assert kinds(page) == ["phone", "caption", "consent"]
    doors.submit_for_review(page, actor=office)

    with pytest.raises(Refused, match="肖像授权"):
        doors.approve(page.current_workflow_task_state, actor=reviewers[0])
    Picture.objects.update(portrait_consent=True)
    doors.approve(page.current_workflow_task_state, actor=reviewers[0])

    assert turns.state_of(page).stage == "second"


def test_the_reviewer_and_the_editor_see_them(office, reviewers, sign_in):
    page = notice(office, body=[("text", "<p>13812345678</p>")])
    doors.submit_for_review(page, actor=office)

    text = sign_in(reviewers[0]).get(f"/admin/review/{page.pk}/").content.decode()

    assert "像手机号" in text
