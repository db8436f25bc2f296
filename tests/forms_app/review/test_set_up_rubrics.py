"""Installing anew gives the default rubrics words for their levels, and never touches what the office wrote."""

import pytest
from django.urls import reverse

from forms_app.models import Criterion, FormKind, Rubric
from forms_app.set_up import LEVEL_FIELDS, set_up_rubrics
from portal.units.models import Role
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def rubric():
    """A default rubric from before levels had words."""
    rubric = Rubric.objects.get(kind=FormKind.APPLICATION)
    rubric.criteria.update(**dict.fromkeys(LEVEL_FIELDS, ""))
    return rubric


def words(rubric):
    """Return all words of all levels, in order."""
    return [word for row in rubric.criteria.values_list(*LEVEL_FIELDS) for word in row]


@pytest.mark.parametrize("kind", FormKind)
def test_every_level_of_a_default_rubric_has_words(kind):
    assert all(words(Rubric.objects.get(kind=kind)))


def test_a_default_rubric_of_old_gets_words_once(rubric):
    set_up_rubrics()
    first = words(rubric)
    set_up_rubrics()

    assert all(first)
    assert words(rubric) == first


def test_what_the_office_has_written_stays_and_nothing_is_added(rubric):
    Criterion.objects.filter(rubric=rubric, name="工作基础").update(good="我们的说法")

    set_up_rubrics()

    assert [word for word in words(rubric) if word] == ["我们的说法"]


def test_a_rubric_the_office_has_saved_without_words_stays_without(rubric, client):
    client.force_login(person_with(Role.SCHOOL_UNION))
    edit = reverse("rubric:edit", args=[rubric.pk])
    form = client.get(edit).context["form"]
    lines = form.formsets["criteria"]
    posted = {form.add_prefix(name): value for name, value in form.initial.items()}
    for part in (lines.management_form, *lines.initial_forms):
        posted |= {part.add_prefix(name): part[name].value() for name in part.fields}
    posted = {name: "" if value is None else value for name, value in posted.items()}
    assert client.post(edit, posted).status_code == 302

    set_up_rubrics()

    assert not any(words(rubric))


@pytest.mark.parametrize("change", [{"name": "我校的评分标准"}, {"kind": FormKind.SUMMARY}])
def test_a_rubric_of_the_offices_own_stays_without(rubric, change):
    Rubric.objects.filter(pk=rubric.pk).update(**change)

    set_up_rubrics()

    assert not any(words(rubric))


def test_a_line_the_office_added_is_left_as_it_is(rubric):
    own = Criterion.objects.create(rubric=rubric, name="校内影响", points=5, order=9)

    set_up_rubrics()

    own.refresh_from_db()
    assert not any(getattr(own, level) for level in LEVEL_FIELDS)
