"""What the tests of the brands share."""

import pytest

from tests.factories.forms import set_up_tree


@pytest.fixture
def site_tree(db):
    """The pages that every site has."""
    set_up_tree()
