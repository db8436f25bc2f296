import pytest

from forms_app.models import EntryStatus
from tests.factories.forms import entry_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [s for s in EntryStatus if s != "evaluated"])
def test_app(status):
    assert entry_in(status).status == status


@pytest.mark.parametrize("status", ["evaluated", "returned"])
def test_sum(status):
    assert entry_in(status, kind="summary").status == status
