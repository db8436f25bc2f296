"""The public search: what the question's words are found in, titles first, by kind and year; hits marked.

The words themselves are kept and compared by `search_backend`; here only live, unrestricted pages are asked for.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Page as PageOfKeys
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, When, Window
from django.utils.functional import cached_property
from wagtail.models import Page, get_page_models
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from .models import unrestricted
from .page_cache import kept_while_public_stays
from .search_backend import Backend, prepare
from .search_backend.words import CHINESE, folded, plain, terms_of_question
from .years import in_year, years_of

LONGEST_QUESTION = 200  # characters
SNIPPET = 90  # characters
BEFORE_HIT = 20  # characters
RESULTS = 20  # a page
SUGGESTIONS = 8
MOST_OF_A_SERVER = 500  # pages that a search server is asked for

Pieces = list[tuple[str, bool]]


def question_of(typed: str) -> str:
    """Return what was typed as a question: without control characters, at most LONGEST_QUESTION."""
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", typed)[:LONGEST_QUESTION].strip()


def kinds() -> dict[str, type[Page]]:
    """Return the kinds of page that the search filters by: those the feed tells of."""
    return {
        model._meta.model_name: model
        for model in get_page_models()
        if getattr(model, "in_feed", False)
    }


def years() -> list[int]:
    """Return the years to choose from, newest first: those in which public pages of these kinds belong."""
    return kept_while_public_stays("years", _years)


def _years() -> list[int]:
    found = {year for model in kinds().values() for year in years_of(model.objects.live())}
    return sorted(found, reverse=True)


@dataclass
class Search:
    """A question with its filters."""

    question: str
    kind: str = ""
    year: str = ""

    @cached_property
    def words(self) -> list[str]:
        """The question's words as hits are marked by, the longest first."""
        words = re.findall(r"[^\W_]+", folded(self.question))
        return sorted(set(words), key=lambda word: (-len(word), word))

    def keys(self) -> QuerySet:
        """Return the keys of the public pages that answer the question, those with all words in the title first, then the newest."""
        if not terms_of_question(self.question):
            return Page.objects.none()
        # Keys alone: to put thousands of whole rows in order takes a database twice as long.
        return found_in(self._filtered(), self.question).values_list("pk", flat=True)

    def page(self, number: str) -> PageOfKeys:
        """Return RESULTS of the keys and how many there are; the first page for what is no number, the last for one too high."""
        results = Paginator(self.keys(), RESULTS)
        if re.fullmatch(r"[1-9]\d{0,4}", number, re.ASCII):
            begin = (int(number) - 1) * RESULTS
            # Counted in the statement that reads, so that what answers is looked for once.
            counted = results.object_list.annotate(found=Window(Count("pk")))
            read = list(counted.values_list("pk", "found")[begin : begin + RESULTS])
            if read:
                results.count = read[0][1]
                return PageOfKeys([key for key, _ in read], int(number), results)
        return results.get_page(number)

    def meant(self) -> list[Page]:
        """Return the pages that may be meant by a question that found nothing: typed in Latin letters as pinyin, or not to its end."""
        # One letter begins the pinyin of every other title.
        says_nothing = CHINESE.search(self.question) or all(len(word) == 1 for word in self.words)
        return [] if says_nothing else suggestions(self.question)

    def _filtered(self) -> QuerySet[Page]:
        pages = public_pages()
        if not (self.kind or self.year):
            return pages
        chosen = [model for name, model in kinds().items() if self.kind in ("", name)]
        if not self.year:
            return pages.exact_type(*chosen) if chosen else pages.none()
        fitting = Q(pk__in=[])
        for model in chosen if self.year.isascii() and self.year.isdecimal() else []:
            of_year = in_year(model.objects.order_by(), int(self.year[:4]))
            fitting |= Q(pk__in=of_year.values("pk"))
        return pages.filter(fitting)


def public_pages() -> QuerySet[Page]:
    """Return the pages that everybody may read."""
    return unrestricted(Page.objects.live().filter(depth__gt=1))


def found_in(pages: QuerySet, question: str) -> QuerySet:
    """Return the pages of a query set that answer a question, in the order of the search."""
    return _found(get_search_backend().search, pages, question)


def suggestions(typed: str) -> list[Page]:
    """Return public pages whose title holds what somebody has typed so far, Chinese or pinyin; the newest first."""
    if not terms_of_question(typed):
        return []
    found = _found(get_search_backend().autocomplete, public_pages(), typed, fields=["title"])
    return list(found[:SUGGESTIONS])


def notes_on(pages: list[Page]) -> dict[int, str]:
    """Return by page what tells it from others of the same title (one query for each kind of page that says such a thing)."""
    kinds_of = {page.pk: page.specific_class for page in pages}
    notes: dict[int, str] = {}
    for kind in dict.fromkeys(kinds_of.values()):
        notes |= kind.notes_by_key([key for key, its in kinds_of.items() if its is kind])
    return notes


def _found(ask: Callable[..., Any], pages: QuerySet, question: str, **limits: Any) -> QuerySet:
    if isinstance(get_search_backend(), Backend):
        return ask(question, pages, **limits).get_queryset()
    # A search server knows nothing of our filters: it names keys, and the database says which of them are meant.
    found = ask(question, pages.model.objects.all(), operator="and", **limits)[:MOST_OF_A_SERVER]
    keys = [page.pk for page in found]
    order = Case(*(When(pk=key, then=place) for place, key in enumerate(keys)), default=0)
    return pages.filter(pk__in=keys).order_by(order)


def marked(text: str, words: list[str]) -> Pieces:
    """Return the text in pieces, each with whether it is a hit."""
    pieces, done = [], 0
    for begin, end in _hits(text, words):
        pieces += [(text[done:begin], False), (text[begin:end], True)]
        done = end
    return [piece for piece in [*pieces, (text[done:], False)] if piece[0]]


def snippet(text: str, words: list[str]) -> str:
    """Return the part of the text around the first hit, or its beginning."""
    hits = _hits(text, words)
    begin = max(hits[0][0] - BEFORE_HIT, 0) if hits else 0
    # 2025年 is not begun in its middle, and no line with the mark that ends another.
    while begin and text[begin - 1 : begin + 1].isalnum() and text[begin - 1 : begin + 1].isascii():
        begin -= 1
    begin += len(text[begin:]) - len(text[begin:].lstrip("，。；：、！？…）》” "))
    part = text[begin : begin + SNIPPET]
    return ("…" if begin else "") + part + ("…" if begin + SNIPPET < len(text) else "")


class Result(NamedTuple):
    """A page that was found, in pieces, each with whether it is a hit."""

    page: Page
    title: Pieces
    text: Pieces
    beside: Pieces
    """Of what the page is kept under beside title and text, that which holds a word of the question found in neither."""


def results_of(pages: list[Page], words: list[str]) -> list[Result]:
    """Return found pages as a reader sees them and why they were found; no query per page."""
    texts = [text_of(page) for page in pages]
    unseen = [
        _not_in(f"{page.title} {text}", words) for page, text in zip(pages, texts, strict=True)
    ]
    prepare([page for page, lacking in zip(pages, unseen, strict=True) if lacking])
    return [
        Result(
            page,
            marked(page.title, words),
            marked(snippet(text, words), words),
            marked(snippet(_beside(page, lacking), lacking), words) if lacking else [],
        )
        for page, text, lacking in zip(pages, texts, unseen, strict=True)
    ]


def _not_in(text: str, words: list[str]) -> list[str]:
    compared = folded(text)
    return [word for word in words if word not in compared]


def _beside(page: Page, words: list[str]) -> str:
    told: list[str] = []
    for value in (field.get_value(page) for field in _fields(page, own=False)):
        for one in map(plain, value if isinstance(value, list) else [value]):
            # A short name says nothing more where the full one has said it.
            if len(_not_in(one, words)) < len(words) and not any(one in other for other in told):
                told.append(one)
    return " · ".join(told)


def text_of(page: Page) -> str:
    """Return the text of a page's own search fields without the title, no blank after Chinese punctuation."""
    values = (plain(field.get_value(page)) for field in _fields(page, own=True))
    text = " ".join(filter(None, values))
    return re.sub(r"(?<=[，。；：！？、）》”]) +", "", text)


def _fields(page: Page, *, own: bool) -> list[index.SearchField]:
    """Return the search fields without the title: those that are columns of the page, or the others."""
    columns = {column.name for column in page._meta.get_fields()}
    return [
        field
        for field in type(page).get_search_fields()
        if isinstance(field, index.SearchField)
        and field.field_name != "title"
        and (field.field_name in columns) == own
    ]


def _hits(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where the words stand in the text, compared as the search compares."""
    if not words:
        return []
    compared, places = folded(text), None
    if len(compared) != len(text):  # a character that folds into several, such as ㎡
        compared, places = "", []
        for place, character in enumerate(text):
            compared += (short := folded(character))
            places += [place] * len(short)
    pattern = "|".join(map(re.escape, words))
    spans = [found.span() for found in re.finditer(pattern, compared)]
    if places is None:
        return spans
    return [(places[begin], places[end - 1] + 1) for begin, end in spans]


def indexed(page: Any) -> None:
    """Write a page's words anew: of what is public now, its activities and pictures included."""
    index.insert_or_update_object(page)
