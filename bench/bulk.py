"""Many rows at once: pages of a tree saved one by one take minutes, and nothing is asked of their signals."""

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

FIRST_STEP = 50_000  # places in the tree that no demo reaches


def pages_below(parent, model, rows):
    """Write live pages below a page, with bulk inserts into both tables of the model.

    Args:
        parent: the page that holds them.
        model: their class.
        rows: the fields of each (title, slug and the model's own).

    Returns the pages in the order of `rows`, their keys set. The search index is left as it is: see `index_all`.
    """
    now, first = timezone.now(), FIRST_STEP + parent.get_children_count()
    pages = [
        model(
            **{
                "draft_title": fields["title"],
                "url_path": f"{parent.url_path}{fields['slug']}/",
                "path": f"{parent.path}{_step(first + place)}",
                "depth": parent.depth + 1,
                "live": True,
                "locale_id": parent.locale_id,
                "content_type": model().cached_content_type,
                "first_published_at": now,
                "last_published_at": now,
                **fields,
            }
        )
        for place, fields in enumerate(rows)
    ]
    _insert(model, pages)
    Page.objects.filter(pk=parent.pk).update(numchild=first - FIRST_STEP + len(pages))
    return pages


def index_all():
    """Write the search index anew, once for all that was inserted, and let the database look at its tables."""
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _step(number):
    return Page._int2str(number).rjust(Page.steplen, "0")


def _insert(model, pages):
    names = _columns(Page)
    parents = Page.objects.bulk_create(
        [Page(**{name: getattr(page, name) for name in names}) for page in pages], batch_size=500
    )
    own = _columns(model)
    places = ", ".join(["%s"] * (len(own) + 1))
    for page, parent in zip(pages, parents, strict=True):
        page.pk = page.id = parent.pk
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} (page_ptr_id, {', '.join(own)}) VALUES ({places})",
            [[page.pk, *(_stored(page, name) for name in own)] for page in pages],
        )


def _columns(model):
    return [field.attname for field in model._meta.local_concrete_fields if not field.primary_key]


def _stored(page, name):
    field = page._meta.get_field(name)
    return field.get_db_prep_save(getattr(page, name), connection)
