"""Evenly random assignment: nobody who is barred, loads as even as can be."""

import random

from hypothesis import given
from hypothesis import strategies as st

from forms_app.review.assigning import spread


@st.composite
def rounds(draw):
    """A round: how many experts each entry needs, who can be given it, what everybody has already."""
    experts = [f"expert{n}" for n in range(draw(st.integers(1, 8)))]
    entries = list(range(draw(st.integers(0, 12))))
    each = draw(st.integers(0, 6))
    eligible = {entry: draw(st.sets(st.sampled_from(experts))) for entry in entries}
    load = {expert: draw(st.integers(0, 3)) for expert in experts}
    return dict.fromkeys(entries, each), eligible, load, random.Random(draw(st.integers()))


def loads_after(given_, load):
    return {
        expert: before + sum(expert in people for people in given_.values())
        for expert, before in load.items()
    }


@given(rounds())
def test_nobody_gets_what_he_is_barred_from_and_every_entry_gets_what_can_be_had(case):
    wanted, eligible, load, rng = case

    given_ = spread(wanted, eligible, load, rng)

    for entry, people in given_.items():
        assert people <= eligible[entry]
        assert len(people) == min(wanted[entry], len(eligible[entry]))


@given(rounds())
def test_nothing_can_be_passed_on_to_make_the_loads_more_even(case):
    wanted, eligible, load, rng = case

    given_ = spread(wanted, eligible, load, rng)

    after = loads_after(given_, load)
    reachable = {expert: {expert} for expert in after}
    for _step in after:
        for reached in reachable.values():
            for entry, people in given_.items():
                if people & reached:
                    reached |= eligible[entry] - people
    for giver, takers in reachable.items():
        assert all(after[taker] >= after[giver] - 1 for taker in takers)


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 5), st.integers())
def test_where_nobody_is_barred_loads_differ_by_one_at_most(entries, experts, each, seed):
    everybody = {f"expert{n}" for n in range(experts)}

    given_ = spread(
        dict.fromkeys(range(entries), each),
        {entry: set(everybody) for entry in range(entries)},
        dict.fromkeys(everybody, 0),
        random.Random(seed),
    )

    after = loads_after(given_, dict.fromkeys(everybody, 0))
    assert max(after.values()) - min(after.values()) <= 1


def test_chance_decides_among_equals():
    everybody = {f"expert{n}" for n in range(6)}
    drawn = {
        frozenset(
            spread(
                {"entry": 1}, {"entry": everybody}, dict.fromkeys(everybody, 0), random.Random(seed)
            )["entry"]
        )
        for seed in range(50)
    }

    assert len(drawn) == 6
