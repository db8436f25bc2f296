"""Documents written for these tests, read as .txt and as .docx alike."""

from io import BytesIO

import docx
import pytest

from portal.cms.policy_reading import read_policy

# A whole document of a university that does not exist, with the traps of a real one: three names
# for the issuer, words cut by page breaks, attachments, a list of copies, an imprint.
WHOLE = """
中国教育工会示例大学委员会文件

示大工〔2031〕7号

关于开展教职工午间讲堂
“一月一讲” 活动的通知

各二级工会、教职工社团：

为了让更多同事在午间歇一歇、学一点，校工会决定开办午间讲堂，请各单位推荐讲题和“主

讲人”名单，并做好组织工作。

一、讲什么

1. 生活常识。急救、营养和家庭理财，每讲不超过四十分钟，讲完留十分钟提问，由主持的二级工会收集大家的意见后转给主讲人，供下一次改

进时参考。

2. 校史故事。

（一）报名

请于3-4月报名，材料包括讲题、提纲和音像、图片等相关

资料的清单，逾期不再补报。

附件：1. 午间讲堂报名表
2. 午间讲堂讲题参考

示例大学工会

2031年4月5日

抄送：校党政办公室，教务处。

示例大学工会办公室

2031年4月6日印发
"""


def docx_of(text: str) -> BytesIO:
    """Return a .docx with one paragraph for every line of `text`, open at its beginning."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def saved(document) -> BytesIO:
    """Return a python-docx document as a file open at its beginning."""
    file = BytesIO()
    document.save(file)
    file.seek(0)
    return file


def read_txt(text: str):
    return read_policy(BytesIO(text.encode()), "通知.txt")


def read_docx(text: str):
    return read_policy(docx_of(text), "通知.docx")


@pytest.fixture(params=[read_txt, read_docx], ids=["txt", "docx"])
def read(request):
    """Read a text that came as .txt, then the same text that came as .docx."""
    return request.param


@pytest.fixture
def whole() -> str:
    return WHOLE


@pytest.fixture
def save_docx():
    """Save a python-docx document into a file open at its beginning."""
    return saved


@pytest.fixture
def read_bytes():
    """Read the bytes of an upload under a file name."""
    return lambda data, filename: read_policy(BytesIO(data), filename)
