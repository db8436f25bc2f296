"""Writing the index: one row for each object in Wagtail's own table, with the words of its title and of all its text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Func, Manager, Model, TextField, Value
from django.db.models.functions import Cast
from modelsearch.backends.base import BaseIndex
from modelsearch.conf import get_app_config
from modelsearch.index import AutocompleteField, RelatedFields, SearchField, get_indexed_models
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from portal.pinyin import spellings

from .words import plain, words_of_text

IndexEntry = get_app_config().get_model("IndexEntry", require_ready=False)

Values = Iterator[tuple[Any, str]]


def prepare(items: Iterable[Model]) -> None:
    """Have what the search fields of several objects need read at once, where their class declares `prepare_for_search(objects)`."""
    of_class = defaultdict(list)
    for item in items:
        of_class[type(item)].append(item)
    for model, several in of_class.items():
        if hasattr(model, "prepare_for_search"):
            model.prepare_for_search(several)


class Index(BaseIndex):
    """The index in the portal's database."""

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        """Write the rows of objects of one model, new or changed."""
        if not model.get_search_fields():
            return
        content_type, items = get_content_type_pk(model), list(items)
        prepare(items)
        rows = [
            IndexEntry(content_type_id=content_type, object_id=str(item.pk), **_columns(item))
            for item in items
        ]
        IndexEntry.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete"],
        )

    def delete_item(self, item: Model) -> None:
        """Remove an object's row."""
        IndexEntry.objects.filter(
            content_type_id=get_content_type_pk(type(item)), object_id=str(item.pk)
        ).delete()

    def reset(self) -> None:
        """Remove all rows."""
        IndexEntry.objects.all().delete()

    def delete_stale_entries(self) -> None:
        """Remove the rows of objects that are gone."""
        for model in get_indexed_models():
            if not model._meta.parents:
                left = model._default_manager.annotate(key=Cast("pk", TextField())).values("key")
                IndexEntry.objects.filter(
                    content_type_id__in=get_descendants_content_types_pks(model)
                ).exclude(object_id__in=left).delete()


class Rebuilder:
    """Rebuilds the index in one transaction: a search sees the old one or the new one."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.transaction = transaction.atomic()

    def start(self) -> Index:
        """Begin; returns the index to be filled."""
        self.transaction.__enter__()
        self.index.delete_stale_entries()
        return self.index

    def finish(self) -> None:
        """Make it visible."""
        self.transaction.__exit__(None, None, None)


def _columns(item: Model) -> dict[str, Any]:
    titles, texts, typed = [], [], []
    for search_field in item.get_search_fields():
        for field, text in _values(item, search_field):
            if isinstance(field, AutocompleteField):
                typed += [*words_of_text(text), *spellings(text)]
            else:
                (titles if field.field_name in {"title", "name"} else texts).append(text)
    title, body = " ".join(titles), " ".join([*titles, *texts])
    return {
        "title": _stored(words_of_text(title)),
        "body": _stored(words_of_text(body)),
        "autocomplete": _stored(list(dict.fromkeys(typed))),
    }


def _values(item: Any, field: Any) -> Values:
    if isinstance(field, SearchField | AutocompleteField):
        yield field, plain(field.get_value(item))
    elif isinstance(field, RelatedFields):
        related = field.get_value(item)
        if isinstance(related, Manager):
            several = list(related.all())
        else:
            several = [] if related is None else [related]
        for one in several:
            for inner in field.fields:
                yield from _values(one, inner)


def _stored(words: list[str]) -> Any:
    if connection.vendor == "postgresql":
        # Without positions: half the size, and nothing that PostgreSQL's parser could split otherwise than the question.
        return Func(Value(words), template="array_to_tsvector(%(expressions)s::text[])")
    return " ".join(words)
