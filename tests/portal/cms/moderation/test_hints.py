"""What a page should be looked at twice for, and what keeps it from being approved."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.cms import moderation
from portal.cms.hints import hints_of
from portal.cms.media import check_picture, store_picture
from portal.cms.models import Picture, SiteSettings
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
        ("编号 1381234567890 的通知", []),
        ("身份证号 330102199003074518", ["resident"]),
        ("卡号 6222 0212 3456 7890 123", ["card"]),
        ("写信到 someone@example.com", ["email"]),
        ("电话 0571-28008000，2024年3月20日", []),
        ("普通的一段话", []),
    ],
)
def test_personal_data(office, text, found):
    assert kinds(notice(office, body=[("text", f"<p>{text}</p>")])) == found


def test_words_that_the_office_watches(office):
    page = notice(office, body=[("heading", "全国第一"), ("text", "<p>我们是最好的。</p>")])

    assert kinds(page, "全国第一\n最好的\n没有这个词") == ["word", "word"]


def test_a_hint_bars_nobody_but_missing_consent_does(office, reviewers, picture):
    page = notice(office, body=[("text", "<p>13812345678</p>"), ("picture", {"picture": picture})])
    assert kinds(page) == ["phone", "caption", "consent"]
    moderation.submit_for_review(page, actor=office)

    with pytest.raises(Refused, match="肖像授权"):
        moderation.approve(page.current_workflow_task_state, actor=reviewers[0])
    Picture.objects.update(portrait_consent=True)
    moderation.approve(page.current_workflow_task_state, actor=reviewers[0])

    assert moderation.state_of(page).stage == "second"


def test_the_reviewer_and_the_editor_see_them(office, reviewers, sign_in):
    page = notice(office, body=[("text", "<p>13812345678</p>")])
    moderation.submit_for_review(page, actor=office)

    text = sign_in(reviewers[0]).get(f"/admin/review/{page.pk}/").content.decode()

    assert "像手机号" in text
