"""The figures of the ranking against an independent calculation: fractions, no decimals, rounded by hand."""

from decimal import Decimal
from fractions import Fraction
from math import isqrt

from hypothesis import given
from hypothesis import strategies as st

from forms_app.models import Vote
from forms_app.review.ranking import ExpertTotal, ballot_of, in_order, merits

EXPERTS = range(9)
PART = st.builds(
    lambda total, locked, recused, held: (total, locked, recused, held),
    st.decimals(0, 100, places=1),
    st.sampled_from([True, True, True, False]),
    st.sampled_from([False, False, False, True]),
    st.sampled_from([False, False, False, True]),
)
# entry → expert → what became of his part; experts who were not given the entry are missing.
PANELS = st.dictionaries(
    st.integers(0, 9), st.dictionaries(st.sampled_from(EXPERTS), PART, max_size=9), max_size=8
)


def valid(panel):
    """Return what counts, as the product picks it."""
    rows = {
        entry: [
            ExpertTotal(expert, f"专家{expert}", total, "at" if locked else None, recused, "", held)
            for expert, (total, locked, recused, held) in parts.items()
        ]
        for entry, parts in panel.items()
    }
    return {
        entry: {row.expert_id: row.total for row in parts if row.counts}
        for entry, parts in rows.items()
    }


def expected(panel):
    """Return what counts, picked once more: entry → expert → exact total."""
    found = {}
    for entry, parts in panel.items():
        found[entry] = {}
        for expert, (total, locked, recused, held) in parts.items():
            if locked and not (recused or held):
                found[entry][expert] = Fraction(str(total))
    return found


def rounded(number):
    """Return a fraction to two decimals, halves away from zero, as text."""
    sign = "-" if number < 0 else ""
    cents = (abs(number) * 200 + 1) // 2
    return f"{sign if cents else ''}{cents // 100}.{cents % 100:02d}"


def mean(numbers):
    return sum(numbers, Fraction(0)) / len(numbers)


def square_deviation(numbers):
    return sum((one - mean(numbers)) ** 2 for one in numbers) / len(numbers)


def root(number):
    """Return a square root to thirty places."""
    return Fraction(isqrt(int(number * 10**60)), 10**30)


@given(PANELS)
def test_every_figure_equals_the_independent_calculation(panel):
    found, truth = merits(valid(panel)), expected(panel)
    marks = {}
    for parts in truth.values():
        for expert, total in parts.items():
            marks.setdefault(expert, []).append(total)

    assert found.keys() == {entry for entry, parts in truth.items() if parts}
    for entry, merit in found.items():
        totals = sorted(truth[entry].values())
        n = len(totals)
        trimmed = totals[1:-1] if n >= 5 else totals
        assert str(merit.by_rule) == rounded(mean(trimmed))
        assert str(merit.mean) == rounded(mean(totals))
        assert str(merit.median) == rounded((totals[(n - 1) // 2] + totals[n // 2]) / 2)
        assert (merit.trimmed is None) == (n < 5)
        assert merit.trimmed in (None, merit.by_rule)
        assert Fraction(str(merit.spread)) == totals[-1] - totals[0]
        assert Fraction(str(merit.total)) == sum(totals)
        assert merit.count == n
        assert abs(Fraction(str(merit.deviation)) - root(square_deviation(totals))) <= Fraction(
            501, 10**5
        )
        standards = [
            (total - mean(marks[expert])) / root(square_deviation(marks[expert]))
            if square_deviation(marks[expert])
            else 0
            for expert, total in truth[entry].items()
        ]
        assert abs(Fraction(str(merit.standard)) - mean(standards)) <= Fraction(501, 10**5)


@given(PANELS)
def test_the_order_is_by_the_rule_and_ties_by_the_untrimmed_total(panel):
    found, truth = merits(valid(panel)), expected(panel)
    places = in_order({key: (one.by_rule, one.total) for key, one in found.items()})

    for one in places:
        better = [
            other
            for other in places
            if (other.mean, sum(truth[other.key].values()))
            > (one.mean, sum(truth[one.key].values()))
        ]
        assert one.place == len(better) + 1


def test_a_strict_expert_counts_like_a_mild_one_in_the_standardised_score():
    scores = {
        "a": {"mild": Decimal(95), "strict": Decimal(60)},
        "b": {"mild": Decimal(90), "strict": Decimal(70)},
    }

    assert {key: str(one.standard) for key, one in merits(scores).items()} == {
        "a": "0.00",
        "b": "0.00",
    }


@given(st.lists(st.tuples(st.sampled_from(Vote.values), st.booleans()), max_size=9))
def test_votes_count_where_they_are_valid_and_abstentions_are_votes(votes):
    rows = [
        ExpertTotal(key, f"专家{key}", Decimal(0), "at", recused, vote)
        for key, (vote, recused) in enumerate(votes)
    ]
    ballot = ballot_of(rows)
    given = [vote for vote, recused in votes if not recused]

    assert (ballot.yes, ballot.count) == (given.count("yes"), len(given))
    if given:
        assert str(ballot.share) == rounded(Fraction(100 * given.count("yes"), len(given)))
