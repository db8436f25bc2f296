"""Characters are counted as people count them; the browser is held to the same list (tests/e2e/test_filling_in.py)."""

import pytest

from forms_app.engine.reading import length

COUNTED = {
    "太极晨光": 4,
    "𠮷野家": 3,
    "cafe\u0301": 4,
    "第一行\r\n第二行": 7,
    "👍🏽": 1,
    "👨‍👩‍👧": 1,
    "🇨🇳🇨🇳": 2,
    "❤️": 1,
    "か\u3099": 1,
    "一〇〇％": 4,
    "❤️‍🔥": 1,
    # What looks like one sign must not hide a book.
    "字\u200d字": 3,
    "a" + "\u0301" * 10: 7,
    "\u200d".join("👨👩👧👦👨👩👧👦"): 3,
}


@pytest.mark.parametrize(("text", "signs"), COUNTED.items())
def test_signs_are_counted_as_they_are_seen(text, signs):
    assert length(text) == signs
