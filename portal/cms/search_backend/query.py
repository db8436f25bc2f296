"""Asking the index: all words of a question, titles first, then the newest."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FloatField,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from modelsearch.backends.base import (
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
)
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from .index import Index, IndexEntry, Rebuilder
from .words import Term, terms_of_question

TABLE = IndexEntry._meta.db_table
NOTHING = Q(pk__in=[])

Columns = tuple[str, ...]


class Compiler(BaseSearchQueryCompiler):
    """Turns a question into a filter and an order of the query set."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    columns: Columns = ("body",)  # holds the title's words too
    columns_of_titles: Columns = ("title",)
    last_is_prefix = False

    def check(self) -> None:
        """Allow every filter and order of the query set: the database carries them out itself."""

    def search(self, start: int | None, stop: int | None, score_field: str | None) -> QuerySet:
        """Return the objects found."""
        if isinstance(self.query, MatchAll):
            return self.queryset[start:stop]
        only_titles = self.fields and set(self.fields) <= {"title", "name"}
        columns = self.columns_of_titles if only_titles else self.columns
        found = self.queryset.filter(self._condition(self.query, columns))
        in_title = Case(
            When(self._condition(self.query, ("title",)), then=Value(1.0)),
            default=Value(0.0),
            output_field=FloatField(),
        )
        if score_field:
            found = found.annotate(**{score_field: in_title})
        if self.order_by_relevance:
            found = found.order_by(*self._order(in_title))
        elif not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]

    def _order(self, in_title: Case) -> Iterable[Any]:
        yield in_title.desc()
        if any(field.name == "first_published_at" for field in self.queryset.model._meta.fields):
            yield F("first_published_at").desc(nulls_last=True)
        yield "-pk"

    def _condition(self, query: SearchQuery, columns: Columns) -> Q:
        if isinstance(query, MatchAll):
            return Q()
        if isinstance(query, PlainText | Phrase | Fuzzy):
            return self._words(query, columns)
        if isinstance(query, Boost):
            return self._condition(query.subquery, columns)
        if isinstance(query, Not):
            return (
                NOTHING
                if isinstance(query.subquery, MatchAll)
                else ~self._condition(query.subquery, columns)
            )
        if isinstance(query, And | Or):
            conditions = [self._condition(part, columns) for part in query.subqueries]
            together = Q(*conditions, _connector=Q.AND if isinstance(query, And) else Q.OR)
            return together if conditions else NOTHING
        raise TypeError(f"no way to ask the index for {query!r}")

    def _words(self, query: Any, columns: Columns) -> Q:
        operator = getattr(query, "operator", "and")
        questions = query.query_string.split() if operator == "or" else [query.query_string]
        asked = [terms for question in questions if (terms := terms_of_question(question))]
        if self.last_is_prefix and asked:
            asked[-1][-1] = asked[-1][-1]._replace(prefix=True)
        return Q(pk__in=_matching(asked, columns, self.queryset.model)) if asked else NOTHING


class AutocompleteCompiler(Compiler):
    """The same while somebody is still typing: the last word may be unfinished, and pinyin is understood.

    The boxes and choosers of the CMS ask this way also for what is typed to its end, so they find by all text as the site
    does; with `fields=["title"]` only titles are proposed.
    """

    columns = ("autocomplete", "body")
    columns_of_titles = ("autocomplete",)
    last_is_prefix = True


class Results(BaseSearchResults):
    """What was found; a query set's slice when it is asked for."""

    supports_facet = True

    def get_queryset(self) -> QuerySet:
        """Return the objects found between the limits, as a query set."""
        return self.query_compiler.search(self.start, self.stop, self._score_field)

    def _do_search(self) -> list[Model]:
        return list(self.get_queryset())

    def _do_count(self) -> int:
        return self.get_queryset().count()

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """Return how many of the objects found have each value of a field.

        Raises:
            FilterFieldError: the model declares no such filter.
        """
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(f'no FilterField("{field_name}")', field_name=field_name)
        found = self.query_compiler.search(None, None, None).order_by()
        counted = found.values_list(field_name).annotate(count=Count("pk")).order_by("-count")
        return OrderedDict(counted)


class Backend(BaseSearchBackend):
    """The search on the portal's database."""

    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index
    results_class = Results
    rebuilder_class = Rebuilder

    def __init__(self, params: Mapping[str, Any]) -> None:
        """Take the settings, of which there are none."""
        super().__init__(params)


def _matching(asked: list[list[Term]], columns: Columns, model: type[Model]) -> RawSQL:
    """Return a subquery of the keys of a model's objects that have all terms of one of the lists in one of the columns."""
    types = list(get_descendants_content_types_pks(model))
    places = ", ".join(["%s"] * len(types))
    key = f"CAST(e.object_id AS {model._meta.pk.rel_db_type(connection)})"
    if connection.vendor == "postgresql":
        questions = [_tsquery(asked)] * len(columns)
        condition = " OR ".join(f"e.{column} @@ %s::tsquery" for column in columns)
        source = f"{TABLE} e"
    else:
        questions = [" OR ".join(f"({{{column}}} : ({_fts(asked)}))" for column in columns)]
        condition = f"{TABLE}_fts MATCH %s"
        source = f"{TABLE}_fts JOIN {TABLE} e ON e.id = {TABLE}_fts.rowid"
    sql = f"SELECT {key} FROM {source} WHERE ({condition}) AND e.content_type_id IN ({places})"
    return RawSQL(sql, [*questions, *types], output_field=BooleanField())


def _fts(asked: list[list[Term]]) -> str:
    """Return the question in SQLite's words; a word holds letters and numbers only, nothing that FTS5 would read."""
    return _either_of(asked, " AND ", " OR ", '"{}"', "*")


def _tsquery(asked: list[list[Term]]) -> str:
    """The same in PostgreSQL's."""
    return _either_of(asked, " & ", " | ", "'{}'", ":*")


def _either_of(asked: list[list[Term]], both: str, either: str, quoted: str, prefix: str) -> str:
    lists = [
        both.join(quoted.format(term.word) + (prefix if term.prefix else "") for term in terms)
        for terms in asked
    ]
    return either.join(f"({terms})" for terms in lists)
