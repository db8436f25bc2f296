"""The search and the public pages on 100 and on 20,000 pages: what is found against what stands in the texts, and what an answer costs.

On SQLite in ms of the processor; on PostgreSQL by the clock, for there another process searches.
"""

import re
import statistics
from dataclasses import replace
from datetime import timedelta

from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page

from bench import Figure
from bench.bulk import index_all, pages_below
from bench.fragments import notice, questions
from bench.measuring import clock, get, processor
from bench.on_postgres import figures_of
from portal.cms.models import NoticeIndexPage, NoticePage
from portal.cms.search_backend.words import folded
from portal.cms.searching import Search

FEW, MANY = 100, 20_000
QUESTIONS = 200
# For counting and the first twenty, in ms, and how they are measured.
AT_MOST = {"sqlite": (100, processor), "postgresql": (50, clock)}
ANSWERED = 200  # ms for the page
# Pages that show a part of all there are, uncached.
GROWING = (
    "/",
    "/notices/",
    "/notices/?page=4",
    "/feed/",
    "/api/v2/pages/",
    "/api/v2/pages/?type=cms.NoticePage&fields=*",
)
ROUNDS = 9


def run():
    """Measure recall and precision (%), and finding, the whole page and what proposes titles (ms), on both databases."""
    for name, found in {"SQLite": figures, "PostgreSQL": lambda: figures_of("searching")}.items():
        yield from (replace(figure, name=f"{name}: {figure.name}") for figure in found())


def figures():
    """Measure on the database that Django is bound to."""
    most, measure = AT_MOST[connection.vendor]
    asked, client = questions(QUESTIONS), Client()
    _add_pages(0, FEW)
    few = statistics.median(_times(measure, _first_page, asked))
    yield Figure(f"found and counted, {FEW} pages, median", few, "ms")
    pages_of_few = _pages(measure, client)
    built = measure(lambda: _add_pages(FEW, MANY)) / 1000
    yield Figure(f"writing and indexing {MANY} pages", built, "s")
    _settle()
    many = _times(measure, _first_page, asked)
    median = statistics.median(many)
    yield Figure(f"found and counted, {MANY} pages, median", median, "ms", limit=most)
    yield Figure(f"found and counted, {MANY} pages, p95", _p95(many), "ms")
    yield Figure(f"growth from {FEW} to {MANY} pages", median / few, "×")
    for address, cost in _pages(measure, client).items():
        name = f"{address}: growth from {FEW} to {MANY} pages"
        note = f"{pages_of_few[address]:.0f} → {cost:.0f} ms"
        yield Figure(name, cost / pages_of_few[address], "×", note=note)
    for name, path in {
        "/search/": "/search/?q=",
        "proposals while typing": "/search/suggest/?q=",
    }.items():
        get(client, f"{path}{asked[0]}")
        times = _times(measure, lambda question, path=path: get(client, f"{path}{question}"), asked)
        yield Figure(
            f"{name}, {MANY} pages, median", statistics.median(times), "ms", limit=ANSWERED
        )
        yield Figure(f"{name}, {MANY} pages, p95", _p95(times), "ms", limit=ANSWERED)
        yield Figure(f"{name}, {MANY} pages, slowest", max(times), "ms")
    recall, precision = _truth(asked)
    yield Figure("what has all the words but was missed", 100 - recall, "%", limit=0)
    yield Figure("what was found and has all the words", precision, "%")


def _settle():
    """Do at once what PostgreSQL does by itself within a minute after many pages were written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@transaction.atomic
def _add_pages(begin, end):
    now = timezone.now()
    pages_below(
        NoticeIndexPage.objects.get(),
        NoticePage,
        (
            {
                "title": title,
                "slug": f"bench-{n}",
                "first_published_at": now - timedelta(hours=n),
                "dated": timezone.localdate(now - timedelta(hours=n)),
                "body": [("text", f"<p>{text}</p>")],
            }
            for n in range(begin, end)
            for title, text in [notice(n)]
        ),
    )
    index_all()


def _truth(asked):
    """Return recall and precision in %, the truth being that every word stands in title or text."""
    texts = {
        page.pk: folded(f"{page.title} {re.sub('<[^>]+>', '', page.body.raw_data[0]['value'])}")
        for page in NoticePage.objects.filter(slug__startswith="bench-")
    }
    right = wrong = missed = 0
    for question in asked:
        words = re.findall(r"[^\W_]+", folded(question))
        true = {pk for pk, text in texts.items() if all(_begins(word, text) for word in words)}
        found = set(Search(question).keys()) & set(texts)
        right += len(true & found)
        wrong += len(found - true)
        missed += len(true - found)
    return 100 * right / (right + missed), 100 * right / (right + wrong)


def _begins(word, text):
    """Return whether the word stands in the text; a number only where it begins one (12 is not in 2012)."""
    if not word[0].isascii():
        return word in text
    return re.search(rf"(?<![0-9a-z]){re.escape(word)}", text) is not None


def _times(measure, ask, asked):
    return [measure(lambda q=question: ask(q)) for question in asked]


@override_settings(PAGE_CACHE=False)
def _pages(measure, client):
    """Return what each of the growing pages costs uncached, in ms (median)."""
    for address in GROWING:
        get(client, address)
    return {
        address: statistics.median(_times(measure, lambda it: get(client, it), [address] * ROUNDS))
        for address in GROWING
    }


def _first_page(question):
    found = Search(question).page("1")
    return found.paginator.count, Page.objects.in_bulk(list(found))


def _p95(times):
    return statistics.quantiles(times, n=20)[-1]
