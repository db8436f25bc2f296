"""Years, periods, several choices with one's own, lists of people, videos; conditions, rules, reminders, the first save."""

import pytest
from django.template.loader import render_to_string

from forms_app.engine.checking import mistakes, problems, warnings
from forms_app.engine.conditions import active_fields
from forms_app.engine.context import FillingContext
from forms_app.engine.display import display
from forms_app.engine.forms import build_form
from forms_app.engine.kinds import KINDS
from forms_app.engine.schema import fields_of
from tests.factories.answers import default_schema


def field(key, kind, *, required=False, **options):
    return {
        "key": key,
        "kind": kind,
        "label": key,
        "help": "",
        "required": required,
        "public": True,
        "options": KINDS[kind].compiled(options),
    }


def form_of(*fields, rules=(), warnings=(), **section):
    first = {"key": "s1", "title": "一", "help": "", "fields": list(fields), **section}
    return {"sections": [first], "rules": list(rules), "warnings": list(warnings)}


def fill(schema, strict=True, **typed):
    data = {name.replace("__", "-"): value for name, value in typed.items()}
    return build_form(schema, answers={}, data=data, strict=strict)


def said(form):
    return {key: list(messages) for key, messages in form.errors.items()}


@pytest.mark.parametrize(
    ("typed", "answer", "message"),
    [
        ("2024", 2024, None),
        ("２０２４年度", 2024, None),
        ("去年", {"raw": "去年"}, "请填四位数的年份，如 2024；现在是“去年”"),
        ("1999", 1999, "不能早于 2000 年"),
        ("2031", 2031, "不能晚于 2030 年"),
    ],
)
def test_a_year(typed, answer, message):
    form = fill(form_of(field("since", "year", min=2000, max=2030)), **{"f-since": typed})

    assert form.answers["since"] == answer
    assert said(form).get("since") == (message and [message])


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("2024-03-01", "2024年3月2日", None),
        ("2024-03-01", "2024-03-01", "结束日期要晚于开始日期"),
        ("2024-03-01", "2024-02-01", "结束日期要晚于开始日期"),
        ("2024-03-01", "", "请填结束日期"),
        ("月初", "2024-03-01", "请填日期，如 2024-03-20；现在是“月初”"),
    ],
)
def test_a_period(start, end, message):
    schema = form_of(field("during", "date_range"))

    form = fill(schema, **{"f-during-from": start, "f-during-until": end})

    assert said(form).get("during") == (message and [message])
    page = render_to_string("forms_app/form/form.html", {"form": form})
    assert start in page  # nothing typed is lost


@pytest.mark.parametrize(
    "written",
    [
        "2024年3月20日至2024年11月30日",
        "2024年3月20日-11月30日",
        "2024.3.20-2024.11.30",
        "2024-03-20 - 2024-11-30",
        "２０２４/3/20～11/30",
        "2024年3月20日—2024年11月30日",
    ],
)
def test_a_period_is_read_from_paper_as_people_write_it(written):
    spec = field("during", "date_range")

    read = KINDS["date_range"].from_word(written, spec, FillingContext())

    assert read == {"from": "2024-03-20", "until": "2024-11-30"}


def test_a_period_of_one_day_where_the_form_allows_it():
    form = fill(
        form_of(field("during", "date_range", same_day=True)),
        **{"f-during-from": "2024-03-01", "f-during-until": "2024-03-01"},
    )

    assert form.is_valid()
    [section] = display(form.schema, form.answers)
    assert section.items[0].value == "2024年3月1日 — 2024年3月1日"


CHOICES = [{"code": "a", "label": "甲"}, {"code": "b", "label": "乙"}]


def test_several_choices_with_one_of_ones_own():
    schema = form_of(field("ways", "choices", choices=CHOICES, other=True, min_choices=2))
    both = {"f-ways": ["a", "__other__"], "f-ways-other": "线上直播"}

    form = fill(schema, **both)

    assert form.answers["ways"] == ["a", {"other": "线上直播"}]
    assert form.is_valid()
    assert display(schema, form.answers)[0].items[0].value == ["甲", "其他：线上直播"]
    assert said(fill(schema, **{"f-ways": ["a"]}))["ways"] == ["至少选 2 项，现在选了 1 项"]
    assert said(fill(schema, **both | {"f-ways-other": ""}))["ways"] == ["请写明“其他”是什么"]


@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_a_choice_that_is_gone_stays_in_the_input_until_it_is_changed(kind):
    schema = form_of(field("ways", kind, choices=CHOICES))
    held = {"raw": "旧选项"} if kind == "choice" else [{"raw": "旧选项"}]

    page = render_to_string(
        "forms_app/form/form.html", {"form": build_form(schema, answers={"ways": held})}
    )
    again = fill(schema, strict=False, **{"f-ways": ["旧选项"]})

    assert 'value="旧选项" checked' in page
    assert again.answers["ways"] == held


def test_people_are_asked_what_the_form_ticks_and_their_numbers_are_never_public():
    schema = form_of(field("team", "people", asks=["staff_no", "phone", "duty"]))
    row = {"name": "示例甲", "staff_no": "T1", "phone": "13800000001", "duty": "摄影"}

    form = fill(
        schema,
        **{"f-team-TOTAL_FORMS": "1", **{f"f-team-0-{key}": text for key, text in row.items()}},
    )
    [section] = display(schema, form.answers, public_only=True)

    assert form.is_valid(), form.errors
    assert form.answers["team"] == [row]
    assert [column["label"] for column in section.items[0].value["columns"]] == ["姓名", "分工"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("BV1xx411c7mD", "https://www.bilibili.com/video/BV1xx411c7mD"),
        (
            "https://www.bilibili.com/video/BV1xx411c7mD/?spm_id_from=333.999&vd_source=1",
            "https://www.bilibili.com/video/BV1xx411c7mD",
        ),
        ("https://example.com/v/9", "https://example.com/v/9"),
    ],
)
def test_a_video_is_named_by_its_number_or_its_address(typed, kept):
    form = fill(form_of(field("film", "video")), **{"f-film": typed})

    assert form.answers["film"] == kept
    assert form.is_valid()
    assert not fill(form_of(field("film", "video")), **{"f-film": "抖音搜我们"}).is_valid()


def test_the_summary_takes_the_number_of_a_film_for_its_link():
    [films] = [one for one in fields_of(default_schema("summary")) if one["key"] == "videos"]
    schema = form_of(films)
    row = {"f-videos-TOTAL_FORMS": "1", "f-videos-0-title": "晨练"}

    form = fill(schema, **row, **{"f-videos-0-url": "BV1xx411c7mD"})
    wrong = fill(schema, **row, **{"f-videos-0-url": "抖音上的"})

    address = "https://www.bilibili.com/video/BV1xx411c7mD"
    assert form.answers["videos"] == [{"title": "晨练", "url": address}]
    assert form.is_valid(), form.errors
    assert "BV 号" in str(wrong.errors)


def test_a_film_s_number_is_completed_wherever_a_link_is_asked():
    form = fill(form_of(field("page", "url")), **{"f-page": "ＢＶ1xx411c7mD"})

    assert form.answers["page"] == "https://www.bilibili.com/video/BV1xx411c7mD"


# --- conditions ---


def test_a_section_is_asked_only_under_its_condition_and_keeps_its_answers():
    schema = form_of(field("kind", "choice", choices=CHOICES))
    schema["sections"].append(
        {
            "key": "s2",
            "title": "延续",
            "help": "",
            "fields": [field("before", "text", required=True)],
            "only_if": {"field": "kind", "equals": "b"},
        }
    )

    assert [one["key"] for one in active_fields(schema, {"kind": "a"})] == ["kind"]
    assert [one.field_key for one in problems(schema, {"kind": "b"})] == ["before"]
    assert [one.title for one in display(schema, {"kind": "a", "before": "写过"})] == ["一"]
    form = fill(schema, strict=False, **{"f-kind": "a", "f-before": "写过"})
    assert form.answers["before"] == "写过"
    page = render_to_string("forms_app/form/form.html", {"form": form})
    assert 'id="s2" data-only-if="f-kind" data-only-if-equals="b"' in page


def test_of_several_choices_one_is_enough_for_a_condition():
    schema = form_of(
        field("how", "choices", choices=CHOICES),
        field("where", "text", required=True, only_if={"field": "how", "equals": "b"}),
    )

    assert problems(schema, {"how": ["a"]}) == []
    assert [one.field_key for one in problems(schema, {"how": ["a", "b"]})] == ["where"]


# --- required at sending, required at saving ---


def test_what_is_needed_from_the_beginning_is_told_on_saving_and_not_on_opening():
    schema = form_of(
        field("title", "text", required=True, needed_at_once=True),
        field("goal", "text", required=True),
    )

    opened = build_form(schema, answers={}, context=FillingContext(begun=False))
    saved = fill(schema, strict=False)

    assert opened.problems == []
    assert list(saved.errors) == ["title"]
    assert [one.field_key for one in mistakes(schema, {})] == ["title"]
    assert [one.field_key for one in problems(schema, {})] == ["title", "goal"]


# --- rules ---


def verdict(rule, answers, *fields):
    return [one.message for one in problems(form_of(*fields, rules=[rule]), answers)]


@pytest.mark.parametrize(("asked", "told"), [("5000.00", False), ("5000.01", True)])
def test_a_number_is_at_most_a_share_of_another(asked, told):
    rule = {
        "kind": "at_most",
        "field": "asked",
        "other": "whole",
        "percent": 50,
        "message": "不超过一半",
    }

    found = verdict(
        rule,
        {"asked": asked, "whole": "10000.00"},
        field("asked", "money"),
        field("whole", "money"),
    )

    assert found == (["不超过一半"] if told else [])


def test_at_least_one_of_several_is_filled_in():
    rule = {"kind": "at_least_one", "fields": ["a", "b"], "message": "至少留一种联系方式"}
    fields = (field("a", "text"), field("b", "text"))

    assert verdict(rule, {}, *fields) == ["至少留一种联系方式"]
    assert verdict(rule, {"b": "有"}, *fields) == []


def test_the_same_day_is_allowed_where_the_rule_says_so():
    rule = {"kind": "after", "field": "end", "other": "start", "message": "晚于"}
    days = {"start": "2024-03-01", "end": "2024-03-01"}
    fields = (field("start", "date"), field("end", "date"))

    assert verdict(rule, days, *fields) == ["晚于"]
    assert verdict(rule | {"or_same": True}, days, *fields) == []
    assert verdict(rule | {"or_same": True}, days | {"end": "2024-02-01"}, *fields) == ["晚于"]


def test_of_a_table_that_is_too_long_no_row_is_lost_and_dropped_ones_do_not_count():
    schema = form_of(field("list", "links"))
    typed = {f"f-list-{number}-title": f"第{number}条" for number in range(230)}
    dropped = {f"f-list-{number}-DELETE": "yes" for number in range(20)}

    form = fill(schema, strict=False, **{"f-list-TOTAL_FORMS": "230"}, **typed, **dropped)

    assert len(form.answers["list"]) == 210
    assert form.answers["list"][-1]["title"] == "第229条"
    assert said(form)["list"] == ["最多 200 行，请删去 10 行"]


# --- reminders ---


@pytest.mark.parametrize(
    ("kind", "options", "answer", "found"),
    [
        ("choices", {"choices": [{"code": "a", "label": "发礼品"}], "other": True}, ["a"], "礼品"),
        ("choices", {"choices": [], "other": True}, [{"other": "聚餐"}], "聚餐"),
        ("choice", {"choices": [{"code": "a", "label": "发礼品"}]}, "a", "礼品"),
        ("people", {"asks": ["duty"]}, [{"name": "示例甲", "duty": "买礼品"}], "礼品"),
        ("units", {}, ["c01"], ""),
        ("pictures", {}, [3, 4], ""),
        ("date_range", {}, {"from": {"raw": "聚餐那天"}}, "聚餐"),
        ("yes_no", {}, True, ""),
    ],
)
def test_words_are_found_in_what_is_read_whatever_its_kind(kind, options, answer, found):
    warning = {"field": "what", "words": ["礼品", "聚餐"], "message": "请再看一遍"}
    schema = form_of(field("what", kind, **options), warnings=[warning])

    assert [one.message for one in warnings(schema, {"what": answer})] == (
        [f"请再看一遍（{found}）"] if found else []
    )


def test_a_reminder_stands_at_its_field_and_is_hidden_until_its_words_are_typed():
    warning = {"field": "item", "words": ["餐费", "礼品"], "message": "请再看一遍"}
    schema = form_of(field("item", "text"), warnings=[warning])

    calm = render_to_string("forms_app/form/form.html", {"form": fill(schema)})
    told = fill(schema, **{"f-item": "活动礼品"})

    assert 'data-reminder="餐费|礼品" hidden' in calm
    page = render_to_string("forms_app/form/form.html", {"form": told})
    assert 'data-reminder="餐费|礼品">请再看一遍（<span data-found>礼品</span>）' in page
    assert told.is_valid()
