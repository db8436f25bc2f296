"""从公文文件新建: from the document as it exists to a draft for the editor to check."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.cms.models import Document, PolicyIndexPage, PolicyPage
from portal.units.models import Role
from tests.factories.pages import draft
from tests.factories.units import UserFactory, person_with

TEXT = """示例大学工会委员会文件

示大工〔2031〕7号

关于开展午间讲堂活动的通知

各二级工会：

一、讲什么

1. 生活常识。急救、营养和家庭理财。

附件：1. 报名表

示例大学工会

2031年4月5日
"""


def as_docx():
    document, out = docx.Document(), BytesIO()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return SimpleUploadedFile("通知.docx", out.getvalue())


def as_txt():
    return SimpleUploadedFile("通知.txt", TEXT.encode())


def upload(browser, file):
    data = {"file": file} if file else {}
    return browser.post(reverse("cms_policy_from_file"), data, follow=True)


@pytest.mark.parametrize("file", [as_txt, as_docx])
def test_the_fields_are_read_and_the_original_is_kept(office, sign_in, file):
    answer = upload(sign_in(office), file())
    page = PolicyPage.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert (page.title, page.doc_number) == ("关于开展午间讲堂活动的通知", "示大工〔2031〕7号")
    assert (page.written_on, page.signer) == (date(2031, 4, 5), "示例大学工会")
    body = [(block.value["number"], block.value["lead"]) for block in page.body]
    assert body == [("一、", "讲什么"), ("1.", "生活常识。")]
    assert page.original.file.size > 0
    text = answer.content.decode()
    assert "请对照原件核对" in text
    assert "没有找到" in text


def test_the_uploader_is_the_author(office, sign_in):
    upload(sign_in(office), as_txt())
    page = PolicyPage.objects.get()
    assert (page.owner, page.latest_revision.user) == (office, office)


def test_a_number_that_is_there_already_is_pointed_out(office, sign_in):
    browser = sign_in(office)
    upload(browser, as_txt())

    answer = upload(browser, as_docx())

    [told] = [one for one in answer.context["messages"] if one.level_tag == "warning"]
    assert "文号示大工〔2031〕7号已经有一个页面" in str(told)


def test_the_address_of_a_page_spells_its_title(office, sign_in):
    upload(sign_in(office), as_txt())

    assert PolicyPage.objects.get().slug == "guanyu-kaizhan-wujian-jiangtang-huodong-detong-zhi"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "请选择一个文件"),
        (SimpleUploadedFile("x.pdf", b"%PDF-1.4"), "PDF"),
        (SimpleUploadedFile("x.txt", b" "), "没有文字"),
        (SimpleUploadedFile("x.docx", b"MZ program"), "docx"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(office, sign_in, file, words):
    answer = upload(sign_in(office), file)
    assert words in " ".join(answer.context["form"].errors["file"])
    assert not PolicyPage.objects.exists()
    assert not Document.objects.exists()


def test_only_who_may_add_policies_uploads(db, client, sign_in):
    address = reverse("cms_policy_from_file")
    for user in (person_with(Role.FIRST_REVIEW), person_with(Role.AUDITOR), UserFactory()):
        sign_in(user).post(address, {"file": as_txt()})
    client.post(address, {"file": as_txt()})
    assert not PolicyPage.objects.exists()


def test_the_way_there_is_offered_where_policies_are_listed(office, sign_in):
    assert reverse("cms_policy_from_file") in sign_in(office).get("/admin/").content.decode()


def test_the_report_stays_readable_while_the_draft_is_worked_on(office, sign_in):
    browser = sign_in(office)
    upload(browser, as_txt())
    page = PolicyPage.objects.get()
    page.title = "改过的标题"
    page.save_revision(user=office)
    report = reverse("cms_policy_report", args=[page.pk])

    again = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert report in again
    assert "没有找到" in browser.get(report).content.decode()
    for person in (person_with(Role.AUDITOR), UserFactory()):
        assert sign_in(person).get(report).status_code in (302, 403)


def test_a_page_without_original_has_no_report(office, sign_in):
    page = draft(PolicyPage(title="手写的"), under=PolicyIndexPage.objects.get(), author=office)

    browser = sign_in(office)
    edit = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    report = reverse("cms_policy_report", args=[page.pk])
    assert report not in edit
    assert browser.get(report).status_code == 404
