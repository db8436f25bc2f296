"""What somebody sees who has just typed `make run`."""

import json

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


def test_processes_follow_the_clock(portal, clock, page):
    before = page.request.get("/").headers["date"]
    clock.forward(days=1)

    # The worker's heartbeat is a day old until it has beaten again: web server and worker both see the new time.
    page.wait_for_function("async () => (await fetch('/health/ready')).status === 200") if page.goto("/health/live") else None
    assert page.request.get("/").headers["date"] != before
