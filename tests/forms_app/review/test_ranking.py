"""From scores to an order of merit (domain, section 5)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_app.review.ranking import in_order, mean_of

POINTS = st.decimals(0, 100, places=2)
TOTALS = st.lists(POINTS, max_size=9)


def places_of(totals):
    """Return the places of what has scores."""
    return in_order({key: (mean_of(given), sum(given)) for key, given in totals.items() if given})


@pytest.mark.parametrize(
    ("totals", "mean"),
    [
        ([], None),
        (["80"], "80.00"),
        (["80", "90"], "85.00"),
        (["60", "80", "90", "100"], "82.50"),
        (["0", "80", "80", "81", "100"], "80.33"),
        (["10", "10", "90", "90", "90"], "63.33"),
        (["80.005", "80.005"], "80.01"),
    ],
)
def test_highest_and_lowest_are_dropped_from_five_scores_on(totals, mean):
    assert mean_of([Decimal(one) for one in totals]) == (mean and Decimal(mean))


@given(TOTALS.filter(len))
def test_a_mean_lies_between_the_lowest_and_the_highest_score(totals):
    assert min(totals) <= mean_of(totals) <= max(totals)


@given(TOTALS.filter(len), st.randoms())
def test_a_mean_does_not_depend_on_who_came_first(totals, rng):
    shuffled = list(totals)
    rng.shuffle(shuffled)

    assert mean_of(shuffled) == mean_of(totals)


@given(st.lists(POINTS, min_size=5, max_size=9), POINTS)
def test_one_extreme_score_cannot_reach_beyond_the_other_scores(totals, extreme):
    assert min(totals) <= mean_of([*totals, extreme]) <= max(totals)


@given(st.dictionaries(st.integers(), TOTALS, max_size=12))
def test_everything_scored_has_a_place_and_better_means_come_first(totals):
    places = places_of(totals)

    assert {place.key for place in places} == {key for key, given in totals.items() if given}
    assert [place.mean for place in places] == sorted(
        (place.mean for place in places), reverse=True
    )
    for index, place in enumerate(places):
        better = [
            other
            for other in places
            if (other.mean, sum(totals[other.key])) > (place.mean, sum(totals[place.key]))
        ]
        assert place.place == len(better) + 1 <= index + 1


def test_equal_means_are_told_apart_by_the_untrimmed_total():
    totals = {
        "flat": [Decimal(80)] * 5,
        "wide": [Decimal(one) for one in (60, 80, 80, 80, 99)],
        "wider": [Decimal(one) for one in (60, 80, 80, 80, 100)],
        "even": [Decimal(one) for one in (60, 80, 80, 80, 100)],
    }

    assert [(one.place, one.key) for one in places_of(totals)] == [
        (1, "flat"),
        (1, "wider"),
        (1, "even"),
        (4, "wide"),
    ]
