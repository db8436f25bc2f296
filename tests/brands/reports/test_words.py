"""What stands beside a report's figures: in English one thing is told from many."""

import pytest
from django.utils import translation

from brands.measures import of_times
from brands.reports.table import items

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("language", "count", "item", "time"),
    [("en", 1, "item", "time"), ("en", 2, "items", "times"), ("en", 0, "items", "times")]
    + [("zh-hans", count, "项", "次") for count in (0, 1, 2)],
)
def test_one_is_told_from_many(language, count, item, time):
    with translation.override(language):
        assert (items("立项", count).unit, of_times(count)) == (item, time)
