"""One kind of message that these tests post."""

import pytest

from portal.messaging import kinds
from portal.messaging.posting import post
from tests.factories.units import UserFactory


@pytest.fixture(autouse=True)
def tea_kind(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register_kind("tea", subject="{what}好了", text="请{name}来喝{what}。")


@pytest.fixture
def tell(db):
    """Return a function that posts one message about tea."""

    def tell(*people, about="tea:1"):
        return post("tea", to=people or [UserFactory()], about=about, path="/my/", what="茶")

    return tell
