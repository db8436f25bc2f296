"""Two texts side by side: what changed is told apart the way people see it."""

import pytest

from forms_app.entries.differences import pieces


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("每周二练习 40 场", "每周四练习 46 场", ["二", "40"], ["四", "46"]),
        # A character that both share by chance does not cut a phrase in two.
        ("身心舒展", "心旷神怡", ["身心舒展"], ["心旷神怡"]),
        ("", "晨练", [], ["晨练"]),
        ("晨练", "晨练", [], []),
    ],
)
def test_what_only_one_side_has(before, after, gone, come):
    left, right = pieces(before, after)

    assert [piece.text for piece in left if piece.changed] == gone
    assert [piece.text for piece in right if piece.changed] == come
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (
        before,
        after,
    )
