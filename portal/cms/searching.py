"""The public search: every word has to occur, as people type it; titles first, hits marked."""

import re
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.search import index

from .models import SearchText

MOST_WORDS = 8
WORD_LENGTH = 40  # characters
SNIPPET = 90  # characters


def words_of(query: str) -> list[str]:
    """Return the words of a query: at most MOST_WORDS, without control characters, each cut at WORD_LENGTH."""
    cleaned = re.sub(r"[\x00-\x1f\x7f]", " ", query)
    return [word[:WORD_LENGTH] for word in cleaned.split()][:MOST_WORDS]


def find(words: list[str]) -> QuerySet[SearchText]:
    """Return the live pages in which every word occurs, those with all of them in the title first, then the newest."""
    if not words:
        return SearchText.objects.none()
    everywhere, in_title = Q(), Q()
    for word in words:
        everywhere &= Q(title__icontains=word) | Q(text__icontains=word)
        in_title &= Q(title__icontains=word)
    return (
        SearchText.objects.filter(everywhere, page__live=True)
        .annotate(
            rank=Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
        )
        .select_related("page")
        .order_by("rank", "-page__first_published_at", "-pk")
    )


def marked(text: str, words: list[str]) -> list[tuple[str, bool]]:
    """Return the text in pieces, each with whether it is a hit."""
    if not words:
        return [(text, False)]
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pieces = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return [(piece, bool(position % 2)) for position, piece in enumerate(pieces) if piece]


def snippet(text: str, words: list[str]) -> str:
    """Return the part of the text around the first hit, or its beginning."""
    lowered = text.lower()
    hits = [at for word in words if (at := lowered.find(word.lower())) >= 0]
    begin = max(min(hits, default=0) - 20, 0)
    part = text[begin : begin + SNIPPET]
    return ("…" if begin else "") + part + ("…" if begin + SNIPPET < len(text) else "")


def remember(page: Page) -> None:
    """Write a live page's words for the search."""
    texts = [
        text
        for field in type(page).get_search_fields()
        if isinstance(field, index.SearchField) and field.field_name != "title"
        for text in _texts(field.get_value(page))
    ]
    SearchText.objects.update_or_create(
        page_id=page.pk, defaults={"title": page.title, "text": " ".join(texts)}
    )


def forget(page: Page) -> None:
    """Remove a page's words from the search."""
    SearchText.objects.filter(page_id=page.pk).delete()


def _texts(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    text = re.sub(r"\s+", " ", strip_tags(str(value or ""))).strip()
    return [text] if text else []
