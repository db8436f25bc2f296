"""What a clerk leaves to the system: codes from names, names in the place of codes, flaws told where they are."""

import pytest

from forms_app.definitions.designing import STREAMS, copied, errors_at_blocks
from forms_app.engine.schema import compile_schema, drawn, fields_of
from forms_app.engine.schema_checks import flaws
from forms_app.engine.settling import code_for, settle, speak
from forms_app.models import FormDefinition
from tests.factories.answers import default_schema


def streams(schema):
    definition = FormDefinition(name="试", kind="application", **drawn(schema))
    return [getattr(definition, name) for name in STREAMS]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("项目名称", "title"),  # as the shipped forms call it
        ("预算明细", "budget_items"),
        ("场地照明", "changdizhaoming"),
        ("3D 打印 (台)", "f3ddayintai"),
        ("！？", "f"),
    ],
)
def test_a_code_is_taken_from_the_label(label, code):
    assert code_for(label) == code


def test_a_code_that_is_taken_gets_a_number_and_stays_short():
    assert code_for("场地照明", ["changdizhaoming"]) == "changdizhaoming_2"
    assert len(code_for("装" * 60, [code_for("装" * 60)])) <= 40


@pytest.mark.parametrize("kind", ["application", "summary"])
def test_names_and_codes_lead_to_each_other(kind):
    schema = default_schema(kind)
    drawing = streams(schema)

    speak(*drawing)
    spoken = compile_schema(*drawing)
    settle(*drawing)

    assert compile_schema(*drawing) == schema
    if kind == "application":
        total = next(one for one in fields_of(spoken) if one["key"] == "amount_total")
        assert total["options"]["formula"] == "申请校工会经费 + 单位配套经费 + 其他经费"
        earlier = next(one for one in fields_of(spoken) if one["key"] == "previous_project")
        assert earlier["options"]["only_if"] == {"field": "项目性质", "equals": "延续提升"}
        assert spoken["rules"][1]["field"] == "进度安排.结束"
        assert spoken["rules"][3]["field"] == "结束日期"
        assert spoken["rules"][5]["column"] == "金额（元）"
    else:
        balance = next(one for one in fields_of(spoken) if one["key"] == "balance")
        assert balance["options"]["formula"] == "下达经费 - 决算明细.支出（元）"


def test_a_name_that_occurs_twice_is_left_as_a_code():
    schema = default_schema("application")
    next(one for one in fields_of(schema) if one["key"] == "end_date")["label"] = "开始日期"
    drawing = streams(schema)

    speak(*drawing)

    assert compile_schema(*drawing)["rules"][0]["other"] == "start_date"


def test_empty_codes_are_filled_in_for_fields_columns_and_choices():
    schema = default_schema("application")
    for field in fields_of(schema):
        field["key"] = ""
        for one in (*field["options"].get("columns", []), *field["options"].get("choices", [])):
            one.update({"key": ""} if "key" in one else {"code": ""})
    schema["rules"], schema["warnings"] = [], []
    for field in fields_of(schema):
        field["options"].pop("only_if", None)
        field["options"].pop("total", None)
    drawing = streams(schema)

    settle(*drawing)

    fields = fields_of(compile_schema(*drawing))
    assert {"title", "category", "amount_requested"} <= {one["key"] for one in fields}
    assert len({one["key"] for one in fields}) == len(fields)
    assert all(one["key"] for field in fields for one in field["options"].get("columns", []))
    assert all(one["code"] for field in fields for one in field["options"].get("choices", []))


def test_each_flaw_is_told_at_its_block():
    schema = default_schema("application")
    fields = {one["key"]: one for one in fields_of(schema)}
    fields["slogan"]["key"] = "title"
    fields["budget_items"]["options"]["columns"][1]["key"] = "category"
    schema["sections"][1]["only_if"] = {"field": "nowhere", "equals": "x"}
    schema["rules"][0]["other"] = "nowhere"
    schema["warnings"][0]["field"] = "nowhere"

    errors = errors_at_blocks(schema, flaws(schema, kind="application"))

    body = errors["body"].block_errors
    slogan = body[0].block_errors["fields"].block_errors[4].block_errors
    assert "同一个代码" in slogan["key"].messages[0]
    assert "nowhere" in body[1].block_errors["only_if_field"].messages[0]
    budget = body[3].block_errors["fields"].block_errors[0].block_errors
    assert "两列" in budget["columns"].block_errors[1].block_errors["key"].messages[0]
    assert "nowhere" in errors["rules"].block_errors[0].block_errors["other"].messages[0]
    assert "nowhere" in errors["warnings"].block_errors[0].block_errors["field"].messages[0]


def test_what_concerns_the_whole_form_is_told_above_it():
    schema = default_schema("application")
    schema["sections"][0]["fields"] = []

    errors = errors_at_blocks(schema, flaws(schema, kind="application"))

    assert any("title" in message for message in errors[None].messages)


def test_what_the_designer_shows_is_a_copy():
    definition = FormDefinition(
        name="试", kind="application", **drawn(default_schema("application"))
    )

    speak(*[copied(definition, name) for name in STREAMS])

    assert definition.schema == default_schema("application")
