"""Tables in notices: readable on a phone, and what they name by its number is a link."""

import pytest

from portal.cms.models import NoticePage
from portal.cms.tables import table_of
from tests.factories.forms import entry_in
from tests.factories.pages import live_notice, published

HEAD = ["立项编号", "项目名称", "单位"]


def table(*rows, **more):
    return {"data": [HEAD, *rows], "first_row_is_table_header": True, **more}


def test_on_a_phone_every_cell_says_its_column():
    shown = table_of(table(["一", "二", None]))

    assert shown.as_cards
    assert [(cell.label, cell.text) for cell in shown.rows[0]] == list(
        zip(HEAD, ["一", "二", ""], strict=True)
    )


@pytest.mark.parametrize(
    "value",
    [
        {"data": [HEAD, ["一", "二", "三"]], "first_row_is_table_header": False},
        {"data": [["甲", "乙"], ["一", "二"]], "first_row_is_table_header": True},
        table(["一", "", "三"], mergeCells=[{"row": 1, "col": 0, "rowspan": 1, "colspan": 2}]),
    ],
)
def test_what_would_not_make_cards_stays_a_table(value):
    assert not table_of(value).as_cards


def test_merged_cells_stay_merged():
    value = table(
        ["一", "", "三"],
        mergeCells=[{"row": 1, "col": 0, "rowspan": 1, "colspan": 2}],
        cell=[{"row": 1, "col": 1, "hidden": True}],
    )

    assert [(cell.text, cell.columns) for cell in table_of(value).rows[0]] == [("一", 2), ("三", 1)]


def test_a_projects_name_leads_to_its_public_page(db, client):
    project = entry_in("approved").project
    notice = live_notice("示例名单")
    row = [project.project_no, project.title, str(project.unit)]
    NoticePage.objects.filter(pk=notice.pk).update(
        body=[{"type": "table", "value": table(row, ["没有-1", "无此项目", "无"])}]
    )

    assert f">{project.title}</a>" not in client.get(notice.url).text
    page = published(project.page)
    assert f'<a href="{page.url}">{project.title}</a>' in client.get(notice.url).text
