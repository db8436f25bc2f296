"""The unit's lists below /my/projects/: its own projects only, and as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.forms import Cast, YearFactory
from tests.factories.projects import activity_of, picture_of, project_in, public_page, quick_call
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db
MOST = 20  # queries of any of these pages, session and tabs included


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(client, unit):
    client.force_login(Cast(unit).officer)
    return Cast(unit).officer


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def years_of(unit, *years):
    for year in years:
        call = quick_call(programme_year=YearFactory(year=year))
        public_page(project_in(unit=unit, call=call, answers={"title": f"示例{year}"}))


def test_a_person_sees_his_units_projects_newest_year_first(client, unit, officer):
    years_of(unit, 2020, 2021)
    project_in(answers={"title": "别的单位的"})

    response = client.get("/my/projects/")

    titles = [project.title for project, _tone in response.context["rows"]]
    assert titles == ["示例2021", "示例2020"]


def test_people_without_a_unit_find_an_empty_list(client):
    project_in()
    client.force_login(person_of(UnitFactory()))

    assert client.get("/my/projects/").context["rows"] == []


def test_the_lists_only_read(client, unit, officer):
    project = project_in(unit=unit)

    assert client.post("/my/projects/").status_code == 405
    assert client.post(project.my_path).status_code == 405


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/my/projects/").url.startswith("/accounts/login/")


def test_the_list_of_projects_asks_the_same_for_any_number(client, unit, officer):
    years_of(unit, 2020)
    few = queries_of(client, "/my/projects/")
    years_of(unit, 2021, 2022)

    assert queries_of(client, "/my/projects/") == few <= MOST


def test_a_projects_pages_ask_the_same_for_any_number_of_activities(client, unit, officer):
    project = project_in(unit=unit)
    picture_of(project, activity=activity_of(project))
    picture_of(project)
    addresses = [
        f"{project.my_path}{page}" for page in ("", "materials/", "page/", "page/preview/")
    ]
    few = {address: queries_of(client, address) for address in addresses}
    for _ in range(3):
        picture_of(project, activity=activity_of(project))
        picture_of(project)

    assert {address: queries_of(client, address) for address in addresses} == few
    assert max(few.values()) <= MOST + 11


def test_the_desk_asks_the_same_for_any_number_of_projects(client, unit, officer):
    def one_of_each(*years):
        for year, status in zip(years, ("established", "summarising", "rectifying"), strict=True):
            call = quick_call(programme_year=YearFactory(year=year))
            project_in(status, unit=unit, call=call)

    one_of_each(2020, 2021, 2022)
    few = queries_of(client, "/my/")
    one_of_each(2023, 2024, 2025)

    assert queries_of(client, "/my/") == few
