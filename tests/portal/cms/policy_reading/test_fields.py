"""Each element of an official document is found where it stands, and only there."""

import datetime

import pytest

from portal.cms.policy_reading import BlockKind, NoteKind

HEAD = "示例大学工会文件\n示大工〔2031〕7号\n关于报送材料的通知\n各二级工会：\n请按时报送。\n"


def body_text(document) -> list[str]:
    return [block.number + block.lead + block.text for block in document.body]


def test_a_whole_document_gives_every_field(read, whole):
    document = read(whole)
    assert document.issuer_mark == "中国教育工会示例大学委员会文件"
    assert document.doc_number == "示大工〔2031〕7号"
    assert document.title == "关于开展教职工午间讲堂“一月一讲” 活动的通知"
    assert document.addressees == "各二级工会、教职工社团"
    assert document.attachment_notes == ("午间讲堂报名表", "午间讲堂讲题参考")
    assert document.signer == "示例大学工会"
    assert document.written_on == datetime.date(2031, 4, 5)
    assert document.cc == "校党政办公室，教务处。"
    assert document.print_office == "示例大学工会办公室"
    assert document.printed_on == datetime.date(2031, 4, 6)


def test_the_body_keeps_its_levels_and_leads(read, whole):
    outline = [(block.kind, block.level, block.number, block.lead) for block in read(whole).body]
    assert outline == [
        (BlockKind.PARAGRAPH, 0, "", ""),
        (BlockKind.HEADING, 1, "一、", ""),
        (BlockKind.NUMBERED, 3, "1.", "生活常识。"),
        (BlockKind.NUMBERED, 3, "2.", "校史故事。"),
        (BlockKind.HEADING, 2, "（一）", ""),
        (BlockKind.PARAGRAPH, 0, "", ""),
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("示大工〔2031〕7号", "示大工〔2031〕7号"),
        ("示大工[2031]7号", "示大工〔2031〕7号"),
        ("示大工（2031）07号", "示大工〔2031〕7号"),
        ("示大工(2031) 12 号", "示大工〔2031〕12号"),
        ("示大工【2031】第7号", "示大工〔2031〕第7号"),
        ("示大工﹝２０３１﹞7号", "示大工〔2031〕7号"),
        ("文号：示大工〔2031〕7号", "示大工〔2031〕7号"),
        ("示大工〔31〕7号", "示大工〔31〕7号"),
        ("示大工 2031-07号", "示大工 2031-07号"),
    ],
)
def test_the_number_is_shown_with_hexagonal_brackets_unless_it_is_unclear(read, written, shown):
    document = read(HEAD.replace("示大工〔2031〕7号", written))
    assert document.doc_number == shown
    assert document.title == "关于报送材料的通知"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2031年10月9日", datetime.date(2031, 10, 9)),
        ("2031年04月05日", datetime.date(2031, 4, 5)),
        ("2031 年 12 月 31 日", datetime.date(2031, 12, 31)),
        ("二〇三一年十二月二十日", datetime.date(2031, 12, 20)),
        ("二○三一年三月三十一日", datetime.date(2031, 3, 31)),
        ("2031-11-05", datetime.date(2031, 11, 5)),
    ],
)
def test_the_date_is_read_however_it_is_written(read, written, day):
    document = read(f"{HEAD}示例大学工会\n{written}")
    assert (document.signer, document.written_on) == ("示例大学工会", day)


def test_a_date_that_does_not_exist_stays_in_the_body(read):
    document = read(f"{HEAD}示例大学工会\n2031年2月30日")
    assert document.written_on is None
    assert body_text(document)[-1] == "2031年2月30日"


def test_the_signature_and_the_date_may_share_a_line(read):
    document = read(f"{HEAD}示例大学工会　　　2031年4月5日")
    assert (document.signer, document.written_on) == ("示例大学工会", datetime.date(2031, 4, 5))


def test_two_offices_may_sign(read):
    document = read(f"{HEAD}示例大学工会\n示例大学体育部\n2031年4月5日")
    assert document.signer == "示例大学工会 示例大学体育部"


def test_the_print_office_and_its_date_may_share_a_line(read):
    document = read(
        f"{HEAD}示例大学工会\n2031年4月5日\n抄送：校办公室。\n示例大学工会办公室　　2031年4月6日印发"
    )
    assert document.print_office == "示例大学工会办公室"
    assert document.printed_on == datetime.date(2031, 4, 6)
    assert document.cc == "校办公室。"


def test_copies_may_run_over_several_lines(read):
    document = read(
        f"{HEAD}示例大学工会\n2031年4月5日\n抄送：校办公室，教务处，\n后勤服务中心。\n示例大学工会办公室\n2031年4月6日印发"
    )
    assert document.cc == "校办公室，教务处，后勤服务中心。"


@pytest.mark.parametrize(
    "written",
    [
        "附件：1. 报名表\n2. 讲题参考",
        "附件：\n1．报名表\n2．讲题参考",
        "附件：1. 报名表 2. 讲题参考",
        "附件1：报名表\n附件2：讲题参考",
        "附件：1. 报名表\n2. 讲题\n参考",
    ],
)
def test_attachments_are_listed_by_name(read, written):
    document = read(f"{HEAD}{written}\n示例大学工会\n2031年4月5日")
    assert document.attachment_notes == ("报名表", "讲题参考")


@pytest.mark.parametrize(
    "below", ["联系人：示例甲，电话 12345678。", "（联系人：示例甲）", "特此通知。"]
)
def test_what_follows_the_attachments_is_none_of_their_names(read, below):
    document = read(f"{HEAD}附件：1. 报名表\n2. 讲题参考\n{below}\n示例大学工会\n2031年4月5日")
    assert document.attachment_notes == ("报名表", "讲题参考")
    assert document.signer == "示例大学工会"
    assert body_text(document)[-1] == below


def test_one_attachment_needs_no_number(read):
    document = read(f"{HEAD}附件：报名表\n示例大学工会\n2031年4月5日")
    assert document.attachment_notes == ("报名表",)


def test_attachments_counted_wrongly_stay_in_the_body(read):
    document = read(f"{HEAD}附件：1. 报名表\n3. 讲题参考\n示例大学工会\n2031年4月5日")
    assert document.attachment_notes == ()
    assert body_text(document)[-2:] == ["附件：1. 报名表", "3.讲题参考"]


def test_an_attached_form_below_the_signature_stays_in_the_body(read):
    document = read(f"{HEAD}示例大学工会\n2031年4月5日\n附件1\n报名表\n姓名由本人填写。")
    assert document.signer == "示例大学工会"
    assert body_text(document) == ["请按时报送。", "附件1", "报名表", "姓名由本人填写。"]


def test_a_document_without_a_number_still_has_its_title(read):
    document = read("关于报送材料的通知\n各二级工会：\n请按时报送。\n示例大学工会\n2031年4月5日")
    assert (document.issuer_mark, document.doc_number) == ("", "")
    assert (document.title, document.addressees) == ("关于报送材料的通知", "各二级工会")


def test_rules_without_addressees_begin_with_their_first_chapter(read):
    document = read(
        "示大工〔2031〕7号\n示例大学教职工社团管理办法\n（试行）\n第一章 总则\n第一条 为规范管理，制定本办法。"
    )
    assert document.title == "示例大学教职工社团管理办法（试行）"
    assert document.addressees == ""
    assert [(block.level, block.number) for block in document.body] == [
        (1, "第一章"),
        (3, "第一条"),
    ]


def test_a_sentence_that_leads_on_to_a_list_is_not_an_addressee(read):
    document = read("示大工〔2031〕7号\n关于报送材料的通知\n现将有关事项通知如下：\n一、时间")
    assert document.addressees == ""
    assert body_text(document) == ["现将有关事项通知如下：", "一、时间"]


def test_a_number_quoted_in_the_body_is_not_the_number(read):
    document = read("关于报送材料的通知\n各二级工会：\n依照《办法》（示大工〔2030〕1号）办理。")
    assert document.doc_number == ""


def test_the_name_of_the_person_who_signs_off_stays_in_the_body(read):
    document = read(HEAD.replace("关于报送", "签发人：示例甲\n关于报送"))
    assert document.title == "关于报送材料的通知"
    assert body_text(document) == ["签发人：示例甲", "请按时报送。"]


def test_a_document_to_a_higher_office_names_him_beside_the_number(read):
    document = read(HEAD.replace("7号", "7号　　　　签发人：示例甲"))
    assert document.issuer_mark == "示例大学工会文件"
    assert document.doc_number == "示大工〔2031〕7号"
    assert document.title == "关于报送材料的通知"
    assert document.addressees == "各二级工会"
    assert body_text(document) == ["签发人：示例甲", "请按时报送。"]


@pytest.mark.parametrize(
    "text",
    [
        "亲爱的同事：\n你好！天气转凉，请多保重。\n一位朋友",
        "今天下午三点集合，请大家准时。\n雨天改在体育馆。",
    ],
)
def test_nothing_is_invented_for_a_text_that_is_no_official_document(read, text):
    document = read(text)
    assert body_text(document) == text.split("\n")
    assert {note.kind for note in document.notes} == {NoteKind.MISSING}
    assert len(document.notes) == 10


def test_the_notes_say_where_each_field_came_from(whole, read):
    notes = {note.field: note for note in read(whole).notes if note.kind is NoteKind.RECOGNISED}
    assert len(notes) == 10
    assert notes["issuer_mark"].lines == (2,)
    assert notes["title"].lines == (6, 7)
    assert notes["title"].message.startswith("标题：取自第6、7")
