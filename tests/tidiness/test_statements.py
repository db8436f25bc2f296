"""The second database is asked everything that the first was asked."""

from tests.statements import chosen, shape

NOTES = {
    "a long way": (400, ["start", "send", "decide"]),
    "a short way": (100, ["start", "send"]),
    "the same way": (100, ["start", "send"]),
    "the end": (90, ["decide", "release"]),
}


def test_together_they_ask_everything():
    assert chosen(NOTES, set()) == {"a short way", "the end"}


def test_who_asks_in_any_case_is_not_asked_for_again():
    assert chosen(NOTES, {"a long way"}) == {"a long way", "the end"}


def test_whom_those_after_him_have_made_needless_is_not_asked():
    notes = {
        "first": (0, ["start", "send", "decide"]),
        "second": (50, ["start", "send", "open", "close"]),
        "third": (60, ["decide", "release"]),
    }

    assert chosen(notes, set()) == {"second", "third"}


def test_a_test_without_notes_runs_too():
    assert chosen({}, {"new"}) == {"new"}


def test_other_values_do_not_make_another_statement():
    several = "SELECT a FROM b WHERE c IN (%s, %s) LIMIT 21"

    assert shape(several) == shape("SELECT a FROM b WHERE c IN (%s) LIMIT 5")
    assert shape(several) != shape("SELECT a FROM b WHERE d IN (%s) LIMIT 5")
