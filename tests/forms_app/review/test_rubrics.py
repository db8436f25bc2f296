"""A rubric adds up to 100 points, and keeps its lines once experts have scored by it."""

import pytest
from django.urls import reverse

from forms_app.models import FormKind, Rubric
from portal.units.models import Role
from tests.factories.forms import entry_in
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def rubric():
    return Rubric.objects.filter(kind=FormKind.APPLICATION).first()


def saved(client, rubric, **over):
    """Post the rubric's own page with some values of its first line changed; return the answer."""
    lines = list(rubric.criteria.all())
    data = {"name": rubric.name, "kind": rubric.kind}
    for part, number in (("TOTAL", len(lines)), ("INITIAL", len(lines))):
        data[f"criteria-{part}_FORMS"] = str(number)
    for number, line in enumerate(lines):
        for name in ("name", "points", "guidance", "excellent", "good", "fair", "poor"):
            data[f"criteria-{number}-{name}"] = str(getattr(line, name))
        data[f"criteria-{number}-id"] = str(line.pk)
        data[f"criteria-{number}-order"] = str(number + 1)
    data |= {f"criteria-0-{name}": value for name, value in over.items()}
    client.force_login(person_with(Role.SCHOOL_UNION))
    return client.post(reverse("rubric:edit", args=[rubric.pk]), data)


def test_points_that_do_not_add_up_to_100_are_refused_with_their_sum(client, rubric):
    line = rubric.criteria.first()

    answer = saved(client, rubric, points=str(line.points + 35))

    assert "现在是 135 分" in answer.text
    assert rubric.criteria.first().points == line.points


def test_words_are_changed_at_any_time(client, rubric):
    entry_in("deciding")

    answer = saved(client, rubric, guidance="看是否切合本单位实际")

    assert answer.status_code == 302
    assert rubric.criteria.first().guidance == "看是否切合本单位实际"


@pytest.mark.parametrize(("name", "value"), [("name", "别的"), ("DELETE", "on")])
def test_what_experts_have_scored_by_keeps_its_lines(client, rubric, name, value):
    entry_in("deciding")
    lines = list(rubric.criteria.values_list("name", "points"))

    answer = saved(client, rubric, **{name: value})

    assert answer.status_code == 200
    assert list(rubric.criteria.values_list("name", "points")) == lines


def test_before_anybody_has_scored_its_lines_may_change(client, rubric):
    assert saved(client, rubric, name="切合实际").status_code == 302
    assert rubric.criteria.first().name == "切合实际"
