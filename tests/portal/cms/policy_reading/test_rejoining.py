"""A sentence cut by a page or a line break becomes one again; a paragraph's end stays an end."""

import docx
import pytest
from docx.enum.text import WD_BREAK

from portal.cms.policy_reading import NoteKind

LONG = "各单位要把讲堂的安排写进全年的工作计划，指定专人负责联络，提前一周把讲题、时间和地点告诉"


def paragraphs(document) -> list[str]:
    return [block.number + block.lead + block.text for block in document.body]


def test_words_cut_by_a_page_break_are_whole_again(read, whole):
    texts = paragraphs(read(whole))
    assert "请各单位推荐讲题和“主讲人”名单" in texts[0]
    assert "供下一次改进时参考。" in texts[2]
    assert "图片等相关资料的清单" in texts[5]


def test_every_joint_is_told_to_the_editor(whole, read):
    joints = [note for note in read(whole).notes if note.kind is NoteKind.REJOINED]
    assert [note.lines for note in joints] == [(11, 13), (17, 19), (25, 27)]
    assert "主｜讲人" in joints[0].message


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n\n"])
def test_a_cut_sentence_is_joined_however_wide_the_gap(read, gap):
    assert paragraphs(read(f"{LONG}{gap}大家，欢迎带家人来听。")) == [
        f"{LONG}大家，欢迎带家人来听。"
    ]


def test_a_form_feed_inside_a_sentence_is_closed(read_bytes):
    document = read_bytes(f"{LONG}\n\f大家，欢迎来听。".encode(), "通知.txt")
    assert paragraphs(document) == [f"{LONG}大家，欢迎来听。"]


def test_word_s_own_page_and_line_breaks_inside_a_sentence_are_closed(read_bytes, save_docx):
    word = docx.Document()
    paragraph = word.add_paragraph(LONG)
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("大家，欢迎来听，也欢迎")
    paragraph.add_run().add_break()
    paragraph.add_run("提问。")
    document = read_bytes(save_docx(word).getvalue(), "通知.docx")
    assert paragraphs(document) == [f"{LONG}大家，欢迎来听，也欢迎提问。"]


def test_a_text_wrapped_at_28_characters_is_whole_again(read):
    sentence = "为了让更多同事在午间歇一歇、学一点，" * 6 + "请大家支持。"
    wrapped = "\n".join(sentence[start : start + 28] for start in range(0, len(sentence), 28))
    assert paragraphs(read(wrapped)) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{LONG}大家。", "欢迎带家人来听，也欢迎提问。"),
        (f"{LONG}大家！", "欢迎带家人来听，也欢迎提问。"),
        (f"{LONG}大家；", "欢迎带家人来听，也欢迎提问；"),
        (f"{LONG}大家：", "欢迎带家人来听，也欢迎提问。"),
        (f"{LONG}大家（欢迎提问。）", "地点在图书馆，时间另行通知。"),
        ("一、组织工作，要早、要细", "各单位要早动手，早安排。"),
        ("（二）加强联络，形成合力，把讲堂办好", "各单位要指定专人，负责联络。"),
        ("工作要求", "各单位要早动手，早安排。"),
        (LONG, "二、时间安排，从速从简。"),
        (LONG, "1. 四月报名，五月开讲。"),
        (LONG, "示例大学工会"),
        (LONG, "2031年4月5日"),
        (LONG, "联系人：示例甲，电话见校内通讯录"),
        ("联系人：示例甲，办公地点在行政楼二层，电话见校内通讯录", "电子邮箱，另行通知。"),
    ],
)
def test_the_end_of_a_paragraph_stays_an_end(read, first, second):
    texts = [text.replace(" ", "") for text in paragraphs(read(f"正文开始。\n{first}\n\n{second}"))]
    assert texts == ["正文开始。", first.replace(" ", ""), second.replace(" ", "")]


def test_an_indented_line_begins_a_paragraph(read_bytes):
    text = f"　　{LONG}大家\n　　欢迎带家人来听，也欢迎提问。"
    assert len(read_bytes(text.encode(), "通知.txt").body) == 2


def test_two_latin_words_keep_a_space_between_them(read):
    assert "open day" in paragraphs(read(f"{LONG}大家，欢迎参加 open\n\nday 活动，也欢迎提问。"))[0]


@pytest.mark.parametrize("page", ["— 2 —", "- 2 -", "第2页 共5页"])
def test_a_page_number_written_as_one_is_dropped_and_the_sentence_closed(read, page):
    document = read(f"{LONG}\n\n{page}\n\n大家，欢迎来听。")
    assert paragraphs(document) == [f"{LONG}大家，欢迎来听。"]
    dropped = [note for note in document.notes if note.kind is NoteKind.DROPPED]
    assert [(note.lines, page in note.message) for note in dropped] == [((3,), True)]


@pytest.mark.parametrize("break_and_number", ["\n2\n\f", "\f2\n\n"])
def test_bare_digits_at_a_page_break_are_a_page_number(read_bytes, break_and_number):
    document = read_bytes(f"{LONG}{break_and_number}大家，欢迎来听。".encode(), "通知.txt")
    assert paragraphs(document) == [f"{LONG}大家，欢迎来听。"]


def test_bare_digits_on_the_last_line_are_a_page_number(read, whole):
    document = read(f"{whole}\n\n2\n")
    assert document.printed_on is not None
    assert [note.kind for note in document.notes].count(NoteKind.DROPPED) == 1


@pytest.mark.parametrize("text", ["到会人数共计\n5\n项目共计三个。", "到会人数共计\n5", "5"])
def test_bare_digits_elsewhere_stay_and_are_pointed_out(read, text):
    document = read(text)
    assert paragraphs(document) == text.split("\n")
    assert [note.kind for note in document.notes].count(NoteKind.ATTENTION) == 1
