"""When something breaks, people read so and what to do next."""

import pytest
from django.test import Client

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "系统出了点问题"), ("en", "Something")]
)
def test_without_a_database_a_page_still_says_what_to_do(language, words):
    # No `db` here: each question to the database is an error, of the page that was asked for and of the one that tells it.
    reader = Client(raise_request_exception=False, headers={"Accept-Language": language})

    answer = reader.get("/notices/")

    assert answer.status_code == 500
    assert words in answer.text
    assert 'href="/"' in answer.text
