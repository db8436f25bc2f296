"""What people bring along: documents, pictures, and a programme under a harmless name. All invented."""

import io
from typing import TypedDict

import docx
from PIL import Image, ImageDraw

SENTENCE = (
    "每周二晚上，会计学院的老教师带着年轻同事打算盘，讲旧账本里的故事，也让久坐的身体歇一歇。"
)
POLICY = """中国教育工会示例大学委员会文件

示大工〔2031〕9号

关于建设2031年度“一会一品”
文化品牌的通知

各二级工会、教职工文体协会：

为了让每个工会都有一个叫得响的文化品牌，校工会决定开展本年度的建设，请各单位认真准备，按时申

报。

一、怎样申报

1. 选定类别。从六个类别中选一个，写明做法和预期。

二、怎样评审

（一）形式审查

由校工会办公室对照要求逐项核对。

附件：1. 项目申报表
2. 项目总结表

示例大学工会

2031年3月5日

抄送：校党政办公室。

示例大学工会办公室

2031年3月6日印发
"""


class Upload(TypedDict):
    """A file as Playwright takes it."""

    name: str
    mimeType: str
    buffer: bytes


def prose(characters: int) -> str:
    """Return Chinese text of a length."""
    return (SENTENCE * (characters // len(SENTENCE) + 1))[:characters]


def word(name: str, text: str) -> Upload:
    """Return a .docx with a paragraph for each line."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": name, "mimeType": kind, "buffer": buffer.getvalue()}


def program_called(name: str) -> Upload:
    """Return a Windows programme under a harmless name."""
    return {"name": name, "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + bytes(300)}


def photo(name: str, *, seed: int = 0) -> Upload:
    """Return a JPEG of a morning on the sports ground, different for each seed."""
    sheet = Image.new("RGB", (1200, 800), (214, 226, 219))
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 520, 1200, 800), fill=(92, 128, 96))
    draw.ellipse((900 - 40 * seed, 90, 1040 - 40 * seed, 230), fill=(233, 170, 98))
    for place in range(5 + seed):
        x = 90 + place * 200 + 17 * seed
        draw.ellipse((x, 400, x + 50, 450), fill=(66, 52, 44))
        draw.rectangle((x - 10, 450, x + 60, 620), fill=(156, 60 + 20 * seed, 52))
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=80)
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}
