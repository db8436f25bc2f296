"""The office's side: what a drawing may not contain, freezing, and versions that never change."""

from copy import deepcopy

import pytest

from forms_app.definitions.freezing import freeze
from forms_app.engine.display import display
from forms_app.engine.schema import digest, drawn, fields_of
from forms_app.engine.schema_checks import faults
from forms_app.models import FormDefinition, FormVersion
from forms_app.set_up import set_up_forms
from portal.append_only import AppendOnly
from portal.lifecycle.door import Refused
from tests.factories.answers import default_schema
from tests.factories.units import UserFactory


def drawing(schema, kind="application"):
    return FormDefinition(name="试", kind=kind, **drawn(schema))


def changed(key, /, **over):
    """Return the default application form with one field changed."""
    schema = default_schema("application")
    for field in fields_of(schema):
        if field["key"] == key:
            field.update(over)
    return schema


def choice(code, label):
    return {"code": code, "label": label}


@pytest.mark.parametrize("kind", ["application", "summary"])
def test_the_default_forms_survive_drawing_and_compiling(kind):
    schema = default_schema(kind)

    definition = drawing(schema, kind)

    assert definition.schema == schema
    assert faults(schema, kind=kind) == []
    assert digest(definition.schema) == digest(schema)


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        (
            changed("slogan", key="title"),
            "“项目名称”“品牌口号”用了同一个代码 title，请改掉其中一个",
        ),
        (
            changed("slogan", key="Slogan"),
            "“品牌口号”的代码 Slogan 要以小写字母开头，只用小写字母、数字和下划线",
        ),
        (
            changed("category", kind="text"),
            "这种表单必须有代码为 category 的“项目类别”栏目",
        ),
        (
            changed("title", options={"max_characters": 31}),
            "“项目名称”最多字数要填，并且不超过 30",
        ),
        (
            changed("goals", options={"min_characters": 600, "max_characters": 500}),
            "“建设目标”的下限 600 大于上限 500",
        ),
        (
            changed("slogan", label="项目名称"),
            "“基本信息”里有两个栏目都叫“项目名称”，填的人分不清，请改掉其中一个",
        ),
        (changed("kind", options={"choices": []}), "“项目性质”还没有选项"),
        (
            changed("kind", options={"choices": [choice("new", "新建"), choice("old", "新建")]}),
            "“项目性质”有两个选项都是“新建”",
        ),
        (changed("leader_phone", public=True), "“负责人手机”是个人联系方式，不能公开"),
        (changed("goals", kind="hologram"), "“建设目标”的类型已经没有了，请删去重建"),
        (
            changed("slogan", options={"only_if": {"field": "goals", "equals": "x"}}),
            "“品牌口号”的显示条件要用排在它前面的栏目，没有找到 goals",
        ),
        (
            changed("end_date", options={"only_if": {"field": "kind", "equals": "延续"}}),
            "“结束日期”的显示条件：“项目性质”没有“延续”这个选项",
        ),
        (
            changed("end_date", options={"only_if": {"field": "kind", "equals": ""}}),
            "“结束日期”的显示条件：没有写“项目性质”等于什么",
        ),
        (
            changed("goals", options={"only_if": {"field": "members", "equals": "x"}}),
            "“建设目标”的显示条件：不能按“项目成员”来定，请改用单选、多选或是否",
        ),
        (
            changed("kind", options={"choices": [choice("new", "新建"), choice("old", "旧")]}),
            "规则“延续提升的项目，请选出延续的是哪个项目”：“项目性质”没有“continued”这个选项",
        ),
        (
            changed("amount_total", options={"source": "formula", "formula": "title + nothing"}),
            "“经费总额”的算式里，title 不是数字栏目",
        ),
        (
            changed("amount_total", options={"source": "formula", "formula": "2 * 3"}),
            "“经费总额”的算式看不懂，请写成 a + b - c 的样子",
        ),
        (
            changed("end_date", key="last_day"),
            "规则“结束日期要晚于开始日期”用到的栏目 end_date 不存在",
        ),
        (changed("end_date", kind="text"), "规则“结束日期要晚于开始日期”：结束日期 不是日期"),
        (
            changed("amount_other", kind="text"),
            "规则“预算明细要等于经费来源之和”：其他经费 不是数字",
        ),
    ],
)
def test_a_fault_in_a_drawing_is_said_in_words(schema, fault):
    assert fault in faults(schema, kind="application")


def test_an_empty_drawing_has_a_fault():
    schema = {"sections": [], "rules": [], "warnings": []}

    assert faults(schema, kind="summary") == ["表单里还没有栏目"]


def test_columns_of_a_table_are_checked_too():
    schema = default_schema("application")
    budget = next(field for field in fields_of(schema) if field["key"] == "budget_items")
    budget["options"]["total"] = "item"
    budget["options"]["columns"].append(deepcopy(budget["options"]["columns"][0]))

    assert faults(schema, kind="application") == [
        "表格“预算明细”有两列用了同一个代码 category",
        "表格“预算明细”有两列都叫“科目”",
        "表格“预算明细”没有可以合计的列 item",
    ]


@pytest.mark.django_db
def test_a_faulty_drawing_is_kept_as_a_draft_and_never_frozen():
    definition = drawing(changed("slogan", key="title"))
    definition.save()

    with pytest.raises(Refused, match="表单还不能发布"):
        freeze(definition, actor=None)


def test_set_up_publishes_both_forms_as_version_1(forms):
    assert {kind: one.latest_version.number for kind, one in forms.items()} == {
        "application": 1,
        "summary": 1,
    }
    assert all(one.live for one in forms.values())


def test_set_up_again_touches_nothing_the_office_has_edited(forms):
    form = forms["application"]
    form.name = "我们的申报表"
    form.save_revision().publish()

    set_up_forms()

    assert sorted(FormDefinition.objects.values_list("name", flat=True)) == [
        "我们的申报表",
        "项目总结表",
    ]
    assert FormVersion.objects.count() == 2


def redraw(form, schema, **publish):
    """Draw a form anew and publish it."""
    form = FormDefinition.objects.get(pk=form.pk)
    for name, text in drawn(schema).items():
        setattr(form, name, form._meta.get_field(name).to_python(text))
    form.save_revision(**publish).publish()
    return FormDefinition.objects.get(pk=form.pk)


def test_publishing_a_change_freezes_the_next_version_with_its_author(forms):
    author = UserFactory()
    schema = changed("title", label="品牌名称")

    form = redraw(forms["application"], schema, user=author)

    version = form.latest_version
    assert (version.number, version.created_by, version.schema) == (2, author, schema)


def test_publishing_the_same_content_again_makes_no_version(forms):
    form = redraw(forms["application"], default_schema("application"))

    assert form.versions.count() == 1


def test_going_back_to_an_earlier_drawing_brings_its_version_back(forms):
    redraw(forms["application"], changed("title", label="品牌名称"))

    form = redraw(forms["application"], default_schema("application"))

    assert form.versions.count() == 2
    assert form.latest_version.number == 1


def test_saving_a_draft_changes_nothing_for_new_entries(forms):
    form = FormDefinition.objects.get(pk=forms["application"].pk)
    text = drawn(changed("title", label="品牌名称"))["body"]
    form.body = form._meta.get_field("body").to_python(text)
    form.save_revision()

    assert FormDefinition.objects.get(pk=form.pk).latest_version.number == 1


def test_a_frozen_version_is_never_changed_or_deleted(forms):
    version = forms["application"].latest_version
    version.number = 7

    for change in (
        version.save,
        version.delete,
        FormVersion.objects.all().delete,
        lambda: FormVersion.objects.update(number=7),
    ):
        with pytest.raises(AppendOnly):
            change()


def test_an_entry_is_read_with_the_labels_it_was_written_under(forms):
    version = forms["application"].latest_version
    redraw(forms["application"], changed("title", label="品牌名称"))

    version = FormVersion.objects.get(pk=version.pk)

    assert [
        item.label
        for section in display(version.schema, {"title": "太极晨光"}, public_only=True)
        for item in section.items
    ] == ["项目名称"]


def test_what_has_no_name_yet_is_called_by_what_it_is():
    schema = default_schema("application")
    blank = {"key": "", "label": "", "help": "", "required": False, "public": False}
    two = [{"label": "线下", "code": "offline"}, {"label": "", "code": ""}]
    budget = next(field for field in fields_of(schema) if field["key"] == "budget_items")
    budget["options"]["columns"].append({**blank, "kind": "text", "options": {}})
    schema["sections"][0]["fields"] += [
        {**blank, "kind": "integer", "options": {}},
        {**blank, "kind": "integer", "options": {}},
        {**blank, "key": "how", "label": "开展方式", "kind": "choice", "options": {"choices": two}},
    ]

    assert faults(schema, kind="application") == [
        "“基本信息”里有一个“整数”栏目还没有名称",
        "“基本信息”里有一个“整数”栏目还没有名称",
        "“开展方式”有一个选项还没有文字",
        "表格“预算明细”有一列还没有列名",
    ]
