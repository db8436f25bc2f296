"""Forms as files: the shipped ones, a way to another installation, and what is said of a file that is none."""

import json

import pytest

from forms_app.definitions import copying, form_file
from forms_app.engine.schema_checks import faults
from forms_app.set_up import DEFAULTS
from tests.factories.answers import default_schema


def written(change=None, **over):
    data = json.loads(form_file.write("申报表", "application", default_schema("application")))
    data.update(over)
    if change:
        change(data)
    return json.dumps(data, ensure_ascii=False).encode()


@pytest.mark.parametrize("kind", ["application", "summary"])
def test_the_shipped_forms_are_files_like_any_other(kind):
    content = (DEFAULTS / f"{kind}.json").read_bytes()

    found = form_file.read(content)

    assert found.kind == kind
    assert faults(found.schema, kind=kind) == []
    assert form_file.write(found.name, found.kind, found.schema) == content
    assert form_file.definition_of(found).schema == found.schema


def first_field(data):
    return data["sections"][0]["fields"][3]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xfe\x00", "这不是表单文件"),
        (b"[1, 2]", "这不是表单文件"),
        (b"[" * 3000, "这不是表单文件"),
        (written(format="else"), "这不是表单文件"),
        (written(format_version=9), "更新的版本（9）"),
        (written(name=""), "没有表单名称"),
        (written(kind="menu"), "表单类型“menu”不认识"),
        (written(sections="x"), "“sections”应当是一列内容"),
        (written(sections=[{"title": "一"}]), "第 1 部分没有栏目"),
        (written(sections=[{"title": "一", "fields": [7]}]), "第 1 部分第 1 个栏目看不懂"),
        (written(lambda data: first_field(data).pop("key")), "“项目名称”不完整，缺少：key"),
        (
            written(lambda data: first_field(data).update(kind="hologram")),
            "“项目名称”的类型“hologram”这里没有",
        ),
        (
            written(lambda data: first_field(data)["options"].update(colour="red")),
            "栏目“项目名称”有这里不认识的设置",
        ),
        (
            written(lambda data: first_field(data)["options"].update(max_characters="many")),
            "内容：",
        ),
        (written(lambda data: first_field(data).update(key="Ti tle")), "代码以小写字母开头"),
        (written(rules=[{"kind": "magic"}]), "第 1 条规则的类型“magic”这里没有"),
        (b"x" * (1024 * 1024 + 1), "超过 1 MB"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong_and_where(content, fault):
    with pytest.raises(form_file.BadFile) as refused:
        form_file.read(content)

    assert any(fault in message for message in refused.value.faults), refused.value.faults


def test_a_column_of_an_unknown_kind_is_named():
    def change(data):
        data["sections"][1]["fields"][-1]["options"]["columns"][0]["kind"] = "hologram"

    with pytest.raises(form_file.BadFile, match="“项目成员”第 1 列“姓名”的类型“hologram”这里没有"):
        form_file.read(written(change))


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("项目申报表", "项目申报表（2027年度）"),
        ("2026年度项目申报表", "2027年度项目申报表"),
        ("申报表（2025–2026）", "申报表（2026–2027）"),
    ],
)
def test_next_years_form_is_called_after_this_years(name, following):
    assert copying.next_name(name, 2027) == following
