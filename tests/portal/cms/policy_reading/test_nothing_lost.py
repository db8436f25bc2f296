"""No character of a document is lost: each is in the body, or on a line that gave a field."""

from io import BytesIO

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cms.policy_reading import NoteKind, ReadDocument, read_policy

WORDS = st.text(
    st.sampled_from(
        "工会讲堂文件附抄送印发各学院年月日号通知一二1207，、。；：！“”（）〔〕《》. -abc　 "
    ),
    max_size=60,
)
ANYTHING = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
ELEMENTS = st.sampled_from(
    [
        "示例大学工会文件",
        "示大工〔2031〕7号",
        "示大工[2031]07号",
        "关于报送材料的通知",
        "各二级工会：",
        "一、时间",
        "（一）报名",
        "1. 报名。请在四月报名。",
        "附件：1. 报名表",
        "2. 讲题参考",
        "示例大学工会",
        "示例大学工会 2031年4月5日",
        "2031年4月5日",
        "抄送：教务处。",
        "示例大学工会办公室",
        "2031年4月6日印发",
        "— 2 —",
        "3",
        "\f",
    ]
)
LINES = st.lists(st.one_of(WORDS, ANYTHING, ELEMENTS, st.just("")), min_size=1, max_size=25)


def bare(text: str) -> str:
    return "".join(text.split())


def body_of(document: ReadDocument) -> str:
    return bare(
        "".join(
            block.number
            + block.lead
            + block.text
            + "".join(cell for row in block.rows for cell in row)
            for block in document.body
        )
    )


def lines_given_up(document: ReadDocument) -> set[int]:
    given_up = (NoteKind.RECOGNISED, NoteKind.DROPPED)
    return {number for note in document.notes if note.kind in given_up for number in note.lines}


def fields_of(document: ReadDocument) -> str:
    values = (
        document.issuer_mark,
        document.title,
        document.addressees,
        document.signer,
        document.cc,
        document.print_office,
    )
    return bare("".join(values) + "".join(document.attachment_notes))


def check(document: ReadDocument, lines: dict[int, str]) -> None:
    given_up = lines_given_up(document)
    kept = "".join(text for number, text in lines.items() if number not in given_up)
    assert body_of(document) == bare(kept)
    recognised = bare("".join(lines[number] for number in given_up))
    assert all(
        fields_of(document).count(character) <= recognised.count(character)
        for character in fields_of(document)
    )


@settings(max_examples=300)
@given(LINES)
def test_every_character_of_a_text_file_is_kept_in_order(lines):
    text = "\n".join(lines)
    if not bare(text):
        return
    check(read_policy(BytesIO(text.encode()), "通知.txt"), dict(enumerate(numbered_lines(text), 1)))


@settings(max_examples=60)
@given(LINES)
def test_every_character_of_a_word_file_is_kept_in_order(lines):
    lines = [line.replace("\f", "") for line in lines]
    if not bare("".join(lines)):
        return
    word = docx.Document()
    for line in lines:
        word.add_paragraph(xml_safe(line))
    file = BytesIO()
    word.save(file)
    check(
        read_policy(file, "通知.docx"),
        {place: xml_safe(line) for place, line in enumerate(lines, 1)},
    )


def numbered_lines(text: str) -> list[str]:
    """Return the lines as an editor counts them: a form feed does not begin a new one."""
    return text.replace("\u2028", "\n").replace("\u2029", "\n").split("\n")


def xml_safe(text: str) -> str:
    return text.replace("\ufffe", "").replace("\uffff", "")
