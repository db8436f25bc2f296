"""The office's screens for designing forms, tried as the office, as others, and as nobody."""

import pytest
from django.urls import reverse

from portal.units.models import Role
from tests.factories.units import person_with

LIST = "wagtailsnippets_forms_app_formdefinition:list"
EDIT = "wagtailsnippets_forms_app_formdefinition:edit"


@pytest.fixture
def office(client, forms):
    client.force_login(person_with(Role.SCHOOL_UNION))
    return client


def test_the_office_sees_its_forms_with_their_versions(office, forms):
    page = office.get(reverse(LIST)).content.decode()

    for form in forms.values():
        assert form.name in page


def test_the_office_opens_a_form_to_design_it(office, forms):
    response = office.get(reverse(EDIT, args=[forms["application"].pk]))

    assert response.status_code == 200
    assert "栏目之间的规则" in response.content.decode()


def test_every_part_of_a_shipped_form_can_be_folded(forms):
    for form in forms.values():
        sections = list(form.body)
        fields = [field for section in sections for field in section.value["fields"]]
        columns = [one for field in fields for one in field.value.get("columns", [])]
        ids = [one.id for one in [*sections, *fields, *columns]]
        assert all(ids)
        assert len(set(ids)) == len(ids)


def test_the_preview_shows_the_form_as_a_unit_sees_it(forms, rf):
    request = rf.get("/")
    page = forms["application"].make_preview_request(request, "").rendered_content

    assert 'name="f-title"' in page
    assert "项目申报表" in page


@pytest.mark.parametrize("role", [Role.EXPERT, Role.AUDITOR, Role.FIRST_REVIEW])
def test_others_cannot_design_forms(client, forms, role):
    client.force_login(person_with(role))

    assert client.get(reverse(EDIT, args=[forms["application"].pk])).status_code in (302, 403)
