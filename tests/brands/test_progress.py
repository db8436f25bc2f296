"""How far the year has come, as everybody reads it on the home page: only what is public counts."""

import pytest

from brands.cultivation.progress import public_progress
from brands.models import BrandPageActivity
from forms_app.steps import AWARD, CULTIVATE, ESTABLISH
from tests.factories.forms import YearFactory
from tests.factories.projects import activity_of, project_in, public_page

pytestmark = pytest.mark.django_db


def test_what_was_established_is_told_at_its_step(client):
    project = project_in("cultivating")

    assert public_progress(project.programme_year) == {ESTABLISH: "已立项 1 项"}
    assert "已立项 1 项" in client.get("/").content.decode()


def test_awards_are_told_at_theirs():
    project = project_in("awarded")

    assert public_progress(project.programme_year)[AWARD] == "已表彰 1 项"


def test_an_activity_counts_once_a_public_page_shows_it():
    page = public_page(project_in("cultivating"))
    activity = activity_of(page.project)
    year = page.project.programme_year
    assert CULTIVATE not in public_progress(year)

    BrandPageActivity.objects.create(
        page=page, activity=activity, date="2026-05-01", name="示例开班", participants=3
    )

    assert public_progress(year)[CULTIVATE] == "已公开活动 1 场"


def test_a_project_that_was_revoked_counts_no_more():
    project = project_in("revoked")

    assert public_progress(project.programme_year) == {}


def test_before_anything_has_come_of_it_a_year_says_nothing():
    assert public_progress(YearFactory()) == {}
