"""Whatever stands in an address gets an answer: never an error of the server."""

import pytest

from forms_app.review.reviewing import assign
from portal.units.models import Role
from tests.factories.units import UserFactory, person_with

pytestmark = pytest.mark.django_db

VALUES = (
    "\x00",
    "'\"><script>",
    "-1",
    "9" * 30,
    "²",
    "abc",
    "2026-13-45",
    "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    "😀" * 50,
    "../../etc/passwd",
    "\u202e",
    "(((*{}",
    "a\r\nb",
    "x" * 3000,
)
PUBLIC = {
    "/": ["page", "q"],
    "/notices/": ["page", "year"],
    "/policies/": ["page", "year"],
    "/calls/": ["page", "year", "kind"],
    "/brands/": ["page", "year", "category", "unit", "award", "q"],
    "/search/": ["q", "page"],
    "/feed/": ["page"],
    "/feed/rss/": ["page"],
    "/sitemap.xml": ["p"],
    "/accounts/login/": ["next"],
    "/api/v2/pages/": [
        *("limit", "offset", "order", "fields", "search", "child_of", "descendant_of"),
        *("ancestor_of", "type", "id", "slug", "title", "first_published_at", "site", "locale"),
    ],
    "/api/v2/pages/find/": ["id", "html_path"],
    "/api/v2/preview/": ["token", "fields"],
    "/api/v2/images/": ["limit", "offset", "order", "fields", "id", "title", "width"],
    "/api/v2/documents/": ["limit", "offset", "order", "fields", "id", "title"],
}
PUBLIC_PATHS = (
    "/{}/",
    "/brands/{}/",
    "/brands/awards/{}/",
    "/brands/stand-in/culture/{}.jpg",
    "/brands/stand-in/{}/1.jpg",
    "/objection/{}/",
    "/media/{}",
    "/documents/1/{}",
    "/documents/{}/x",
    "/api/v2/pages/{}/",
    "/api/v2/images/{}/",
    "/accounts/password/reset/key/{}-x/",
)


@pytest.mark.both
@pytest.mark.parametrize("value", VALUES)
def test_of_the_public(client, db, value):
    for path, names in PUBLIC.items():
        for name in names:
            assert client.get(path, {name: value}).status_code < 500, (path, name)
    for name in ("year", "category", "unit"):
        query = {"type": "brands.BrandPage", name: value}
        assert client.get("/api/v2/pages/", query).status_code < 500, name
    for path in PUBLIC_PATHS:
        assert client.get(path.format(value)).status_code < 500, path


@pytest.mark.both
def test_of_a_unit(client, world):
    client.force_login(world.cast.officer)
    entry, project = f"/my/entries/{world.draft.pk}/", f"/my/projects/{world.project.project_no}/"
    lists = ("/my/", "/my/entries/", "/my/projects/", "/my/messages/", f"{entry}edit/")
    lists += (f"{project}page/", f"{project}activities/add/", f"{project}materials/", entry)
    for value in VALUES:
        for path in lists:
            query = {"page": value, "kept": value, "check": value, "unit": value}
            assert client.get(path, query).status_code < 500, (path, value)
        for path in (
            "/my/entries/{}/",
            f"{entry}versions/{{}}/",
            "/my/files/{}/",
            "/my/calls/{}/start/",
            "/my/projects/{}/",
            f"{project}activities/{{}}/",
            f"{project}materials/{{}}/",
        ):
            assert client.get(path.format(value)).status_code in (400, 404), (path, value)


@pytest.mark.both
def test_numbers_that_a_browser_would_not_send(client, world):
    client.force_login(world.cast.officer)
    entry, project = f"/my/entries/{world.draft.pk}/", f"/my/projects/{world.project.project_no}/"
    for value in ("²", "9" * 5000, "-1", "abc", "\x00"):
        for path, data in (
            (f"{entry}edit/", {"save_count": value, "remove_file": value}),
            (f"{entry}autosave/", {"save_count": value}),
            (f"{entry}send/", {"seen": value}),
            (f"{project}page/", {"story-TOTAL_FORMS": value, "do": f"up-{value}"}),
            (f"{project}page/", {"story-TOTAL_FORMS": value, "do": "save", "cover": value}),
            (
                f"{project}page/autosave/",
                {"slogan": value, "page": value, "seen": f"intro:{value}"},
            ),
            (f"{project}page/autosave/", {"intro": value, "page": value, "save_count": value}),
            (f"{project}page/present/", {"screen": value}),
            (f"{project}page/choose/", {"held": value}),
            (f"{project}page/forget/", {"turn": value}),
            (f"{project}activities/add/", {"uploaded": value, "participants": value}),
        ):
            assert client.post(path, data).status_code < 500, (path, data)


@pytest.mark.both
def test_of_the_experts(client, world):
    expert = person_with(Role.EXPERT)
    given = assign(world.in_review, experts=[expert], actor=world.cast.office)[0]
    client.force_login(expert)
    for value in VALUES:
        for path in ("/review/{}/", "/review/{}/confirm/", "/review/?page={}"):
            assert client.get(path.format(value)).status_code < 500, (path, value)
        points = {f"points-{line.pk}": value for line in given.entry.call.rubric.criteria.all()}
        page = f"/review/{given.pk}/"
        shown = client.get(page).context
        answer = client.post(page, {**points, "seen": shown["seen"], "do": "hand_in"})
        assert answer.status_code == 422, value
        for path, data in (
            (page, {**points, "page": value, "seen": value}),
            (f"{page}save/", {**points, "page": value, "seen": value}),
            (f"{page}choose/", {"mine": value}),
            (f"{page}confirm/", {"seen": value}),
            ("/review/overview/", {"take": given.pk, f"seen-{given.pk}": value}),
        ):
            assert client.post(path, data).status_code < 500, (path, data)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: person_with(Role.SCHOOL_UNION), marks=pytest.mark.both, id="office"),
        pytest.param(UserFactory, id="nobody"),  # is stopped at the door, whatever he asks for
    ],
)
def test_of_the_office(client, world, make):
    client.force_login(make())
    for value in VALUES:
        for path in (
            f"/admin/office/calls/{world.call.pk}/queue/",
            f"/admin/office/calls/{world.call.pk}/queue.xlsx",
            f"/admin/office/entries/{world.in_review.pk}/",
            "/admin/units/person/",
        ):
            query = dict.fromkeys(("p", "q", "status", "category", "kind", "version"), value)
            assert client.get(path, query).status_code < 500, (path, value)
        for path in (
            "/admin/office/calls/{}/",
            "/admin/office/calls/{}/queue/",
            "/admin/office/calls/{}/merit/",
            "/admin/office/entries/{}/",
            "/admin/office/objections/{}/",
            "/admin/projects/{}/",
            "/admin/review/{}/",
        ):
            assert client.get(path.format(value)).status_code < 500, (path, value)
