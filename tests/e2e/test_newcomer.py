"""What somebody sees who has just typed `make run`."""

import json
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

pytestmark = pytest.mark.e2e


def test_home_page_shows_and_nothing_is_loaded_from_elsewhere(page):
    answer = page.goto("/")

    assert answer.status == 200
    assert "一会一品" in page.title()


def test_everything_behind_the_portal_works(page):
    page.goto("/health/ready")

    checks = json.loads(page.locator("body").inner_text())["checks"]
    assert set(checks.values()) == {"ok"}


@pytest.mark.parametrize("username", ["officer", "chair", "party"])
def test_unit_people_reach_their_work(page_as, username):
    page = page_as(username)

    assert page.goto("/my/").status == 200


def test_expert_reaches_the_reviews(page_as):
    assert page_as("expert1", width=390).goto("/review/").status == 200


@pytest.mark.parametrize("username", ["office", "reviewer1", "auditor", "admin"])
def test_office_reaches_the_cms(page_as, username):
    assert page_as(username).goto("/admin/").status == 200


def test_the_portal_follows_the_clock(portal, clock, page):
    before = clock.now()
    clock.forward(days=1)

    page.goto("/health/live")
    shown = parsedate_to_datetime(page.request.get("/").headers["date"])
    assert shown > before + timedelta(hours=23)
    page.wait_for_timeout(5_000)
    page.goto("/health/ready")
    assert json.loads(page.locator("body").inner_text())["checks"]["worker"] == "ok"
