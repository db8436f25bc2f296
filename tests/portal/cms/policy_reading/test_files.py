"""Which files can be read, how their text comes out, and what is said of those that cannot."""

import struct
import zipfile
import zlib
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from portal.cms.policy_reading import BlockKind, NoteKind, UnreadableDocument, read_policy

TEXT = "关于报送材料的通知\n各二级工会：\n请按时报送。\n示例大学工会\n2031年4月5日"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def body_text(document) -> list[str]:
    return [block.number + block.lead + block.text for block in document.body]


def remarks(document) -> str:
    return " ".join(note.message for note in document.notes if note.kind is NoteKind.ATTENTION)


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def picture() -> BytesIO:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_text_file_reads_the_same_in_every_usual_encoding(read_bytes, encoding, line_end):
    document = read_bytes(TEXT.replace("\n", line_end).encode(encoding), "通知.TXT")
    assert (document.title, document.signer) == ("关于报送材料的通知", "示例大学工会")
    assert body_text(document) == ["请按时报送。"]
    assert document.notes[2].lines == (1,)


@pytest.mark.parametrize(
    ("make", "filename", "words"),
    [
        (lambda: b"", "通知.txt", "文件是空的"),
        (lambda: b"", "通知.docx", "文件是空的"),
        (lambda: b" \r\n\r\n", "通知.txt", "没有文字"),
        (lambda: b"MZ\x90\x00" + bytes(300), "通知.docx", "不是完好的 Word 文档"),
        (lambda: b"MZ\x90\x00" + bytes(300), "通知.txt", "不是文本文件"),
        (lambda: TEXT.encode(), "通知.docx", "不是完好的 Word 文档"),
        (lambda: OLE, "通知.doc", "另存为 .docx"),
        (lambda: OLE, "通知.docx", "另存为 .docx"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "通知.docx", "取消密码"),
        (lambda: b"%PDF-1.7 ...", "通知.docx", "PDF"),
        (lambda: b"{\\rtf1 ...}", "通知.docx", "RTF"),
        (lambda: TEXT.encode(), "通知", "只能读取"),
        (lambda: zipped({"a.txt": b"a"}), "通知.docx", "不是完好的 Word 文档"),
        (lambda: zipped({"a.txt": b"a"}), "通知.txt", "改回 .docx"),
        (lambda: zipped({"[Content_Types].xml": b"<a"}), "通知.docx", "不是完好的 Word 文档"),
        (lambda: zipped({"word/document.xml": b" " * 30_000_000}), "通知.docx", "展开后过大"),
        (lambda: zipped({"word/media/a.bmp": bytes(110_000_000)}), "通知.docx", "展开后过大"),
        (lambda: zipped({f"{part}.txt": b"" for part in range(2100)}), "通知.docx", "展开后过大"),
        (lambda: bytes(50 * 1024 * 1024), "通知.docx", "超过20 MB"),
        (lambda: b"\x81\x20\xff\xff\x81", "通知.txt", "编码"),
        (lambda: ("字" * 200_001).encode(), "通知.txt", "超过20万字"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(read_bytes, make, filename, words):
    data = make()
    with pytest.raises(UnreadableDocument, match=words):
        read_bytes(data, filename)


def test_a_cut_off_word_file_is_refused(read_bytes, save_docx):
    data = save_docx(docx.Document()).getvalue()
    with pytest.raises(UnreadableDocument, match="不是完好"):
        read_bytes(data[: len(data) // 2], "通知.docx")


def test_a_word_file_whose_content_is_spoilt_is_refused(read_bytes, save_docx):
    data = bytearray(save_docx(docx.Document()).getvalue())
    start = data.index(b"word/document.xml") + 40
    data[start : start + 60] = bytes(60)
    with pytest.raises(UnreadableDocument, match="不是完好"):
        read_bytes(bytes(data), "通知.docx")


def test_a_locked_zip_is_refused(read_bytes, save_docx):
    data = bytearray(save_docx(docx.Document()).getvalue())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableDocument, match="密码"):
        read_bytes(bytes(data), "通知.docx")


def test_the_file_is_left_at_its_beginning_to_be_stored():
    file = BytesIO(TEXT.encode())
    file.read()
    assert read_policy(file, "通知.txt").title == "关于报送材料的通知"
    assert file.tell() == 0


def test_a_table_keeps_its_rows_in_its_place(read_bytes, save_docx):
    word = docx.Document()
    word.add_paragraph("请按下表报送。")
    table = word.add_table(rows=2, cols=3)
    for cell, text in zip(
        table._cells, ["单位", "时间", "", "图书馆", "四月", "五月"], strict=True
    ):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    word.add_paragraph("逾期不再补报。")
    document = read_bytes(save_docx(word).getvalue(), "通知.docx")
    assert [block.kind for block in document.body] == [
        BlockKind.PARAGRAPH,
        BlockKind.TABLE,
        BlockKind.PARAGRAPH,
    ]
    assert document.body[1].rows == (("单位", "时间", ""), ("图书馆", "四月", "五月"))


def test_head_and_imprint_drawn_as_tables_are_read_as_fields(read_bytes, save_docx):
    word = docx.Document()
    word.add_table(rows=1, cols=1).cell(0, 0).text = "示例大学工会文件\n示大工〔2031〕7号"
    for line in TEXT.split("\n"):
        word.add_paragraph(line)
    imprint = word.add_table(rows=2, cols=2)
    imprint.cell(0, 0).text = "抄送：教务处。"
    imprint.cell(1, 0).text = "示例大学工会办公室"
    imprint.cell(1, 1).text = "2031年4月6日印发"
    document = read_bytes(save_docx(word).getvalue(), "通知.docx")
    assert (document.issuer_mark, document.doc_number) == ("示例大学工会文件", "示大工〔2031〕7号")
    assert (document.cc, document.print_office) == ("教务处。", "示例大学工会办公室")
    assert body_text(document) == ["请按时报送。"]


def test_word_headings_and_title_are_taken_from_their_styles(read_bytes, save_docx):
    word = docx.Document()
    word.add_paragraph("午间讲堂", style="Title")
    word.add_paragraph("怎样报名", style="Heading 2")
    word.add_paragraph("请在四月报名。")
    document = read_bytes(save_docx(word).getvalue(), "通知.docx")
    assert document.title == "午间讲堂"
    assert [(block.kind, block.level) for block in document.body] == [
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_numbers_that_word_counts_by_itself_are_written_out(read_bytes, save_docx):
    word = docx.Document()
    for text in ("先报名。", "后开讲。"):
        word.add_paragraph(text, style="List Number")
    document = read_bytes(save_docx(word).getvalue(), "通知.docx")
    assert [(block.number, block.text) for block in document.body] == [
        ("1.", "先报名。"),
        ("2.", "后开讲。"),
    ]


def test_text_in_links_insertions_and_boxes_is_read_and_deleted_text_is_not(read_bytes, save_docx):
    word = docx.Document()
    paragraph = word.add_paragraph("请按")._p
    for inner in (
        "<w:hyperlink {0}><w:r><w:t>办法</w:t></w:r></w:hyperlink>",
        '<w:ins {0} w:id="1" w:author="甲"><w:r><w:t>按时</w:t></w:r></w:ins>',
        '<w:del {0} w:id="2" w:author="甲"><w:r><w:delText>随时</w:delText></w:r></w:del>',
        "<w:sdt {0}><w:sdtContent><w:r><w:t>报送。</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:r {0}><w:pict><w:txbxContent><w:p><w:r><w:t>盒中文字。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    ):
        paragraph.append(parse_xml(inner.format(nsdecls("w"))))
    document = read_bytes(save_docx(word).getvalue(), "通知.docx")
    assert body_text(document) == ["盒中文字。", "请按办法按时报送。"]
    assert "修订痕迹" in remarks(document)


def test_pictures_and_headers_are_left_out_and_the_editor_is_told(read_bytes, save_docx):
    word = docx.Document()
    word.add_paragraph("请看下图。")
    word.add_picture(picture())
    word.sections[0].header.paragraphs[0].text = "示例大学工会文件"
    word.sections[0].footer.paragraphs[0].text = "— 1 —"
    document = read_bytes(save_docx(word).getvalue(), "通知.docx")
    assert body_text(document) == ["请看下图。"]
    assert "1张图片没有读入" in remarks(document)
    assert "页眉、页脚的文字没有读入：示例大学工会文件" in remarks(document)
