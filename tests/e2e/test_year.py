"""One whole year of the programme, from the official document to the award on the public brand page.

The office opens a new year beside the demo's, and the union of the accounting college walks through it. Unit people and
experts work on phones, the office and the reviewers at desks; where days must pass, the clock moves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import brand, cms, messages, office, review, unit
from tests.e2e.steps.looking import shot
from tests.e2e.steps.materials import POLICY, photo, program_called, prose, word

pytestmark = pytest.mark.e2e

PHONE = 390
TITLE, SLOGAN, LEVEL = unit.APPLICATION["title"], unit.APPLICATION["slogan"], "十佳品牌"
BARRED = "S90011"  # the staff number of expert7: a member of the team does not judge it
POLICY_TITLE = "关于建设2031年度“一会一品”文化品牌的通知"
NOTICE_TITLE = "关于召开“一会一品”工作交流会的通知"
EVENING, LESSON = "开灯第一晚", "珠心算公开课"


@dataclass
class Year:
    """What the chapters share: the portal, its people's pages, and the year with its calls."""

    portal: Any
    page_as: Any
    new_page: Any
    year: int

    @property
    def today(self) -> datetime:
        return self.portal.clock.now().astimezone(ZoneInfo("Asia/Shanghai"))

    def day(self, after: int = 0) -> str:
        """Return a day as it is typed, so many days from today."""
        return (self.today + timedelta(days=after)).strftime("%Y-%m-%d")

    @property
    def call(self) -> str:
        return f"关于申报{self.year}年度文化品牌的通知"

    @property
    def summary_call(self) -> str:
        return f"关于做好{self.year}年度项目总结的通知"

    @property
    def number(self) -> str:
        return f"YHYP-{self.year}-001"

    @property
    def public_path(self) -> str:
        return f"/brands/{self.number.lower()}/"

    def told(self, username: str, *subjects: str) -> None:
        """Expect messages about subjects in a demo account's inbox and mailbox."""
        page = self.page_as(username, width=PHONE)
        messages.told(page, self.portal, f"{username}@example.edu", *subjects)
        page.context.close()


def test_a_year_from_the_policy_to_the_award(portal, page_as, new_page):
    year = Year(portal, page_as, new_page, portal.clock.now().year + 1)
    the_office_publishes_a_policy_from_its_document(year)
    the_office_settles_the_year_and_publishes_a_notice_and_a_call(year)
    the_officer_fills_the_application_in_on_a_phone(year)
    the_chair_and_the_party_sign(year)
    the_office_returns_it_and_gets_it_back(year)
    experts_score_it(year)
    the_office_establishes_the_project(year)
    the_unit_writes_its_brand_page(year)
    three_stages_make_the_page_public(year)
    the_unit_records_its_year_and_reads_the_guidance(year)
    the_unit_sends_its_summary(year)
    the_office_accepts_the_summary_and_gives_an_award(year)
    the_award_is_public(year)


def the_office_publishes_a_policy_from_its_document(year: Year) -> None:
    page, anonymous = year.page_as("office"), year.new_page()
    cms.upload_policy(page, "通知.docx", word("通知.docx", POLICY)["buffer"])
    _expect_the_policy_read(page)
    cms.upload_policy(page, "通知.txt", POLICY.encode())
    _expect_the_policy_read(page)
    shot(page, "cms-policy")
    cms.send_to_review(page)

    def only_after_the_last(passed: int) -> None:
        anonymous.goto("/policies/")
        expect(anonymous.get_by_role("link", name=POLICY_TITLE)).to_have_count(int(passed == 3))

    cms.pass_three_stages(year.page_as, POLICY_TITLE, on_each=only_after_the_last)
    shot(anonymous, "policies")
    anonymous.get_by_role("link", name=POLICY_TITLE).click()
    expect(anonymous.get_by_role("main")).to_contain_text("示大工〔2031〕9号")
    expect(anonymous.get_by_role("main")).to_contain_text("认真准备，按时申报。")
    shot(anonymous, "policy")


def _expect_the_policy_read(page: Page) -> None:
    for name, value in {
        "title": POLICY_TITLE,
        "issuer_mark": "中国教育工会示例大学委员会文件",
        "doc_number": "示大工〔2031〕9号",
        "addressees": "各二级工会、教职工文体协会",
        "signer": "示例大学工会",
        "written_on": "2031-03-05",
        "print_office": "示例大学工会办公室",
        "printed_on": "2031-03-06",
    }.items():
        expect(page.locator(f"[name={name}]")).to_have_value(value)


def the_office_settles_the_year_and_publishes_a_notice_and_a_call(year: Year) -> None:
    page = year.page_as("office")
    shot(page, "cms-desk")
    steps = ("apply_from", "apply_until", "establish_until", "cultivate_until", "evaluate_until")
    dates = {name: year.day(20 * place) for place, name in enumerate((*steps, "award_until"))}
    cms.settle_year(page, year.year, dates, 200_000)
    cms.add_award_level(page, year.year, LEVEL)
    cms.add_page(page, "通知公告", title=NOTICE_TITLE, text="请各单位经办人参加，地点在校工会。")
    cms.send_to_review(page)
    cms.add_page(page, "申报", title=year.call, text="各单位在线填写申报表，按时报送。")
    _fill_call(page, year, "申报表", "项目申报表", "立项评审评分标准", notice_days=5)
    shot(page, "cms-call")
    cms.send_to_review(page)
    cms.pass_three_stages(year.page_as, NOTICE_TITLE)
    cms.pass_three_stages(year.page_as, year.call)
    year.told("office", f"已通过终审：{year.call}")
    year.told("reviewer2", f"请审核：{year.call}（复审）")

    anonymous = year.new_page()
    anonymous.goto("/notices/")
    anonymous.get_by_role("link", name=NOTICE_TITLE).click()
    shot(anonymous, "notice")
    anonymous.goto("/calls/")
    shot(anonymous, "calls")
    anonymous.get_by_role("link", name=year.call).first.click()
    expect(anonymous.get_by_role("link", name="登录后申报")).to_be_visible()
    shot(anonymous, "call")


def _fill_call(
    page: Page, year: Year, kind: str, form: str, rubric: str, *, notice_days: int
) -> None:
    cms.fill_call(
        page,
        kind=kind,
        year=year.year,
        form=form,
        rubric=rubric,
        opens=year.today - timedelta(hours=1),
        closes=year.today + timedelta(days=20),
        notice_days=notice_days,
    )


def the_officer_fills_the_application_in_on_a_phone(year: Year) -> None:
    page = year.page_as("officer", width=PHONE)
    shot(page, "my")
    unit.start_application(page, year.year)
    unit.fill(page, {**unit.APPLICATION, "start_date": year.day(10), "end_date": year.day(200)})
    unit.fill_row(page, "members", 0, {"name": "示例丙", "staff_no": BARRED, "duty": "讲旧账本"})
    first = {"start": year.day(10), "end": year.day(60), "task": "开班", "deliverable": "名册"}
    unit.fill_row(page, "schedule", 0, first)
    second = {"start": year.day(61), "end": year.day(200), "task": "每周一晚，年底展演"}
    unit.fill_row(page, "schedule", 1, second)
    unit.fill_row(page, "indicators", 0, {"name": "晚课", "target": "40", "unit_label": "场"})
    lamps = {"category": "activity", "item": "灯和算盘", "basis": "80 元 × 50 套", "amount": "4000"}
    unit.fill_row(page, "budget_items", 0, lamps)
    lessons = {"category": "training", "item": "讲课酬金", "basis": "35 次", "amount": "7000"}
    unit.fill_row(page, "budget_items", 1, lessons)

    unit.attach(page, "plan_file", word("实施方案.docx", "实施方案"))
    unit.attach(page, "attachments", program_called("往年报道.pdf"))
    refused = page.locator("#field-f-attachments").get_by_role("alert")
    expect(refused).to_contain_text("往年报道.pdf：这个文件其实不是 PDF（内容是程序）")
    unit.save(page)
    expect(page.locator(".messages")).to_contain_text("已保存")
    expect(page.locator("#field-f-plan_file")).to_contain_text("实施方案.docx")
    expect(page.locator("[name='f-title']")).to_have_value(TITLE)
    expect(page.locator("[data-autosave-offer]")).to_be_hidden()
    shot(page, "application-form")

    unit.attach(page, "attachments", photo("往年活动.jpg"))
    unit.check(page)
    expect(page.locator(".form-errors")).to_contain_text("相差 1,000.00 元")
    expect(page.get_by_role("button", name="报送", exact=True)).to_have_count(0)
    shot(page, "application-check")
    page.get_by_role("link", name="回去补充").click()
    unit.fill_row(page, "budget_items", 1, {"amount": "8000"})
    unit.check(page)
    expect(page.get_by_text("必填的都填好了，没有发现问题。")).to_be_visible()
    unit.send(page)
    expect(page.get_by_role("main")).to_contain_text(TITLE)
    shot(page, "receipt")


def the_chair_and_the_party_sign(year: Year) -> None:
    year.told("chair", f"请您签署：{TITLE}")
    unit.sign(year.page_as("chair", width=PHONE), TITLE, "同意申报。")
    year.told("party", f"请您签署：{TITLE}")
    party = year.page_as("party", width=PHONE)
    unit.sign(party, TITLE, "同意，望办出特色。")
    shot(party, "entry")
    year.told("officer", f"已报送校工会：{TITLE}")


def the_office_returns_it_and_gets_it_back(year: Year) -> None:
    page = year.page_as("office")
    office.open_entry(page, year.call, TITLE)
    shot(page, "cms-entry")
    office.return_with_remark(
        page, comment="请把目标写得能检查。", field="建设目标", remark="写明全年开课几场。"
    )
    year.told("officer", f"退回修改：{TITLE}")

    officer = year.page_as("officer", width=PHONE)
    unit.open_due(officer, TITLE)
    expect(officer.locator("#field-f-goals")).to_contain_text("写明全年开课几场。")
    shot(officer, "application-returned")
    unit.fill(officer, {"goals": "全年开课四十场，至少三百人次参加，留下一本口述册。"})
    unit.check(officer)
    unit.send(officer, mended="目标写明了场次和人次。")
    unit.sign(year.page_as("chair", width=PHONE), TITLE, "同意。")
    unit.sign(year.page_as("party", width=PHONE), TITLE, "同意。")

    office.open_entry(page, year.call, TITLE)
    expect(page.get_by_role("main")).to_contain_text("至少三百人次参加")
    office.pass_check(page)


def experts_score_it(year: Year) -> None:
    page = year.page_as("office")
    office.open_entry(page, year.call, TITLE)
    barred = office.expert_box(page, "专家7")
    expect(barred.get_by_role("checkbox")).to_be_disabled()
    expect(barred).to_contain_text("须回避")
    shot(page, "cms-experts")
    office.assign(page, "专家1", "专家2", "专家3")
    for number in (1, 2, 3):
        year.told(f"expert{number}", "请评审")
        expert = year.page_as(f"expert{number}", width=PHONE)
        points = ["14", "13", "18", "18", "13", "9", str(6 - number)]
        if number == 1:
            expert.goto("/review/")
            shot(expert, "review")
            expert.get_by_role("link", name=TITLE).click()
            shot(expert, "review-entry")
        review.score(expert, TITLE, points, comment="贴近专业，建议留好口述资料。")


def the_office_establishes_the_project(year: Year) -> None:
    page = year.page_as("office")
    office.open_entry(page, year.call, TITLE)
    office.close_review(page)
    shot(page, "cms-decide")
    office.establish(page, amount="9000", minutes="校工会第5次办公会")
    anonymous = year.new_page()
    anonymous.goto("/calls/")
    year.told("officer", f"评审立项结果：{TITLE}")

    office.open_call(page, year.call)
    expect(page.get_by_role("button", name="公布立项")).to_have_count(0)
    year.portal.clock.forward(days=9)  # five working days whatever day it is today
    page = year.page_as("office")
    office.conclude_notices(page, year.call)
    shot(page, "cms-overview")
    year.told("officer", f"已立项：{TITLE}（{year.number}）")


def the_unit_writes_its_brand_page(year: Year) -> None:
    anonymous = year.new_page()
    assert anonymous.goto(year.public_path).status == 404

    page = year.page_as("officer", width=PHONE)
    brand.open_project(page, TITLE)
    expect(page.get_by_role("main")).to_contain_text(year.number)
    brand.record_activity(
        page,
        photo("第一晚.jpg", seed=1),
        date=year.day(),
        name=EVENING,
        place="会计学院 201",
        participants="46",
        sentence="四十六个人，四十六盏灯。",
    )
    brand.add_picture(page, photo("算盘.jpg", seed=3), caption="老算盘，新手艺", credit="示例乙")
    shot(page, "materials")

    brand.open_project(page, TITLE)
    shot(page, "project")
    page.get_by_role("link", name="编辑品牌页").click()
    expect(page.locator("[name=slogan]")).to_have_value(SLOGAN)
    brand.add_block(page, "引语", "算盘一响，黄金万两；灯一亮，人就来。")
    brand.add_block(page, "文字", prose(90))
    brand.choose_picture(page, "老算盘，新手艺")
    brand.choose_activity(page, EVENING)
    shot(page, "brand-editor")
    brand.save_and_send(page)


def three_stages_make_the_page_public(year: Year) -> None:
    anonymous = year.new_page()
    unit_page = year.page_as("officer", width=PHONE)
    unit_page.goto(f"/my/projects/{year.number}/page/preview/")
    cover = unit_page.locator(".cover img").get_attribute("src")

    def public_only_after_the_last(passed: int) -> None:
        public = passed == 3
        status = 200 if public else 404
        assert anonymous.request.get(year.public_path).status == status
        assert anonymous.request.get(cover).status == status
        asked = {"type": "brands.BrandPage", "search": TITLE}
        found = anonymous.request.get("/api/v2/pages/", params=asked).json()["items"]
        assert [item["title"] for item in found] == [TITLE] * public
        anonymous.goto(f"/search/?q={TITLE}")
        expect(anonymous.get_by_role("main").get_by_role("link", name=TITLE)).to_have_count(
            int(public)
        )

    public_only_after_the_last(0)
    cms.pass_three_stages(year.page_as, TITLE, on_each=public_only_after_the_last)

    anonymous.goto("/brands/")
    shot(anonymous, "brands")
    anonymous.get_by_label("年度").select_option(label=f"{year.year}年度")
    anonymous.locator(".chips").get_by_text("校园文化类").click()
    anonymous.get_by_label("单位").select_option("kj")
    anonymous.get_by_role("button", name="筛选").click()
    expect(anonymous.locator(".found")).to_contain_text("1 个品牌")
    anonymous.locator(".wall").get_by_role("link", name=TITLE).click()
    expect(anonymous.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(anonymous.get_by_role("main")).to_contain_text("灯一亮，人就来。")
    expect(anonymous.get_by_role("main")).to_contain_text(EVENING)
    assert "13800000001" not in anonymous.content()
    shot(anonymous, "brand")
    year.told("officer", f"已通过终审：{TITLE}")


def the_unit_records_its_year_and_reads_the_guidance(year: Year) -> None:
    page = year.page_as("office")
    assert office.open_project(page, TITLE) == year.number
    office.guide(page, "多请退休老师来讲，注意留下录音。")
    shot(page, "cms-project")
    year.told("officer", f"校工会的指导意见：{TITLE}")

    year.portal.clock.forward(days=40)
    officer = year.page_as("officer", width=PHONE)
    brand.open_project(officer, TITLE)
    officer.locator("#guidance").get_by_role("button", name="已阅").click()
    expect(officer.locator("#guidance")).to_contain_text("已阅")
    brand.record_activity(
        officer,
        photo("公开课.jpg", seed=2),
        date=year.day(-1),
        name=LESSON,
        place="图书馆报告厅",
        participants="120",
        sentence="一百二十位同事第一次打珠心算。",
    )


def the_unit_sends_its_summary(year: Year) -> None:
    page = year.page_as("office")
    cms.add_page(page, "申报", title=year.summary_call, text="立项项目填写总结表。")
    _fill_call(page, year, "总结表", "项目总结表", "评估验收评分标准", notice_days=0)
    cms.send_to_review(page)
    cms.pass_three_stages(year.page_as, year.summary_call)

    officer = year.page_as("officer", width=PHONE)
    brand.open_project(officer, TITLE)
    officer.get_by_role("button", name="填写总结表").click()
    officer.wait_for_url("**/edit/")
    form = officer.locator("form.fill")
    for prefilled in (year.number, TITLE, "9,000.00"):
        expect(form).to_contain_text(prefilled)
    for place, name in enumerate((EVENING, LESSON)):
        expect(officer.locator(f"[name='f-activities-{place}-name']")).to_have_value(name)
    expect(officer.locator("[name='f-participants_total']")).to_have_value("166")
    unit.fill(officer, unit.SUMMARY)
    unit.fill_row(officer, "indicator_results", 0, {"actual": "42"})
    for place, spent in enumerate(("3900", "5000")):
        unit.fill_row(officer, "expenses", place, {"spent": spent})
    unit.attach(officer, "photos", *(photo(f"照片{n}.jpg", seed=n) for n in (4, 5, 6)))
    unit.save(officer)
    unit.describe_photos(officer, "photos", ["灯下", "老师傅", "展演"])
    shot(officer, "summary-form")
    unit.check(officer)
    expect(officer.get_by_text("必填的都填好了，没有发现问题。")).to_be_visible()
    unit.send(officer)
    unit.sign(year.page_as("chair", width=PHONE), TITLE, "属实。")
    unit.sign(year.page_as("party", width=PHONE), TITLE, "同意。")
    office.open_entry(page, year.summary_call, TITLE)
    office.pass_check(page)


def the_office_accepts_the_summary_and_gives_an_award(year: Year) -> None:
    page = year.page_as("office")
    office.open_entry(page, year.summary_call, TITLE)
    office.assign(page, "专家4", "专家5", "专家6")
    for number in (4, 5, 6):
        expert = year.page_as(f"expert{number}", width=PHONE)
        points = ["23", "19", "18", "14", "9", "9"]
        review.score(expert, TITLE, points, comment="说到做到。")
    office.open_entry(page, year.summary_call, TITLE)
    office.close_review(page)
    office.open_project(page, TITLE)
    expect(page.get_by_role("main")).to_contain_text("专家评分 92")
    office.accept(page, grade="优秀", opinion="目标完成，活动扎实，资料齐全。")
    office.give_award(page, LEVEL)
    year.told("officer", f"通过验收：{TITLE}", f"获得表彰：{TITLE}")


def the_award_is_public(year: Year) -> None:
    anonymous = year.new_page()
    anonymous.goto(year.public_path)
    expect(anonymous.get_by_role("main")).to_contain_text(LEVEL)
    anonymous.goto(f"/brands/awards/{year.year}/")
    expect(anonymous.get_by_role("main")).to_contain_text(LEVEL)
    expect(anonymous.get_by_role("link", name=TITLE)).to_be_visible()
    shot(anonymous, "awards")
    anonymous.goto("/")
    shot(anonymous, "home")
