"""A project with a brand page, and the two who write it; a file may have others in their place."""

import pytest

from brands.models import Project
from tests.factories.forms import Cast
from tests.factories.projects import project_in


@pytest.fixture(scope="module")
def a_project(made_once):
    return made_once(project_in)


@pytest.fixture
def project(db, a_project):
    return Project.objects.get(pk=a_project.pk)


@pytest.fixture
def officer(project):
    return Cast(project.unit).officer


@pytest.fixture
def chair(project):
    return Cast(project.unit).chair
