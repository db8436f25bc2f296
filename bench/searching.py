"""The search on 100 and on 20,000 pages: what it finds against what stands in the texts, and how long the first page takes."""

import re
import statistics
import time
from datetime import timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from bench import Figure
from bench.fragments import notice, questions
from portal.cms.models import NoticeIndexPage, NoticePage
from portal.cms.search_backend.words import folded
from portal.cms.searching import Search

FEW, MANY = 100, 20_000
QUESTIONS = 200
LIMIT = 50 if connection.vendor == "postgresql" else 100  # milliseconds


def run():
    """Measure recall and precision (%), the median and 95th percentile (ms) of finding and counting, and of the whole page."""
    asked = questions(QUESTIONS)
    _add_pages(0, FEW)
    few = _times(asked)
    _add_pages(FEW, MANY)
    recall, precision = _truth(asked)
    many = _times(asked)
    client = Client()
    pages = [_timed(lambda q=question: client.get("/search/", {"q": q})) for question in asked]
    return [
        Figure(f"search {MANY} pages: hits missed", 100 - recall, "%", limit=0),
        Figure(f"search {MANY} pages: precision", precision, "%"),
        Figure(
            f"search {MANY} pages: first page median", statistics.median(many), "ms", limit=LIMIT
        ),
        Figure(f"search {MANY} pages: first page p95", _p95(many), "ms"),
        Figure(f"search {FEW} pages: first page median", statistics.median(few), "ms"),
        Figure(
            f"search growth {FEW} to {MANY}", statistics.median(many) / statistics.median(few), "×"
        ),
        Figure(f"/search/ {MANY} pages: median", statistics.median(pages), "ms"),
        Figure(f"/search/ {MANY} pages: p95", _p95(pages), "ms"),
    ]


@transaction.atomic
def _add_pages(begin, end):
    index = NoticeIndexPage.objects.get()
    now = timezone.now()
    pages = []
    for n in range(begin, end):
        title, text = notice(n)
        page = NoticePage(
            title=title,
            draft_title=title,
            slug=f"bench-{n}",
            url_path=f"{index.url_path}bench-{n}/",
            path=f"{index.path}{_step(index, n)}",
            depth=index.depth + 1,
            live=True,
            locale=index.locale,
            content_type=NoticePage().cached_content_type,
            first_published_at=now - timedelta(hours=n),
            last_published_at=now,
            body=[("text", f"<p>{text}</p>")],
        )
        pages.append(page)
    _insert(pages)
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _step(index, n):
    return NoticePage._int2str(50_000 + n).rjust(NoticePage.steplen, "0")


def _insert(pages):
    """Insert rows of both tables in bulk; a tree of 20,000 saved one by one takes minutes."""
    fields = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    parents = Page.objects.bulk_create(
        [Page(**{name: getattr(page, name) for name in fields}) for page in pages], batch_size=500
    )
    own = [
        field.attname for field in NoticePage._meta.local_concrete_fields if not field.primary_key
    ]
    with connection.cursor() as cursor:
        columns = ", ".join(["page_ptr_id", *own])
        places = ", ".join(["%s"] * (len(own) + 1))
        cursor.executemany(
            f"INSERT INTO {NoticePage._meta.db_table} ({columns}) VALUES ({places})",
            [
                [parent.pk, *(_column(page, name) for name in own)]
                for parent, page in zip(parents, pages, strict=True)
            ],
        )


def _column(page, name):
    field = NoticePage._meta.get_field(name)
    return field.get_db_prep_save(getattr(page, name), connection)


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
        found = set(Search(question).pages().values_list("pk", flat=True)) & set(texts)
        right += len(true & found)
        wrong += len(found - true)
        missed += len(true - found)
    return 100 * right / (right + missed), 100 * right / (right + wrong)


def _begins(word, text):
    """Return whether the word stands in the text; a number only where it begins one (12 is not in 2012)."""
    if not word[0].isascii():
        return word in text
    return re.search(rf"(?<![0-9a-z]){re.escape(word)}", text) is not None


def _times(asked):
    return [_timed(lambda q=question: _first_page(q)) for question in asked]


def _first_page(question):
    pages = Search(question).pages()
    return pages.count(), list(pages[:20])


def _timed(act):
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _p95(times):
    return statistics.quantiles(times, n=20)[-1]
