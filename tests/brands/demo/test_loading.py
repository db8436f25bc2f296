"""The demo stays out of a database that somebody works with; what it holds, `tests/e2e/test_demo.py` looks at."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from brands.models import DemoStep
from portal.units.models import Unit
from tests.factories.units import UnitFactory


@pytest.mark.django_db
def test_a_database_with_real_data_is_left_alone():
    UnitFactory()

    with pytest.raises(CommandError, match="真实"):
        call_command("load_demo", stdout=StringIO())

    assert Unit.objects.count() == 1
    assert not DemoStep.objects.exists()
