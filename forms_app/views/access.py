"""Finding the entry a person asks for, and telling him why something is not possible."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.lifecycle.door import Refused, why_not
from portal.units.models import User
from portal.workspace.refusals import refusal_page

from ..engine.display import Item
from ..models import Entry
from ..permissions import visible_to
from ..showing import read_fields
from ..standing import standing


def entry_for(request: HttpRequest, pk: int) -> Entry:
    """Return the entry with what its pages show.

    Raises:
        Http404: there is none, or the person may not know of it.
    """
    entry = (
        visible_to(request.user)
        .select_related(
            "call__programme_year",
            "unit",
            "category",
            "form_version__definition__template",
            "saved_by",
        )
        .filter(pk=pk)
        .first()
    )
    if entry is None:
        raise Http404
    return entry


def refused(
    request: HttpRequest,
    entry: Entry,
    refusal: Refused,
    *,
    typed: Mapping[str, Any] | None = None,
    opinion: str = "",
) -> HttpResponse:
    """Show why an act on an entry was not carried out, where the entry stands now, and the way on.

    Args:
        typed: answers that could not be saved; shown, to be copied.
        opinion: as typed, of somebody who would have signed; so too.
    """
    items = [item for (item,) in read_fields(entry, typed, typed)] if typed else []
    if opinion:
        items.append(Item("text", _("您写的意见"), "long_text", "lines", opinion))
    entry.refresh_from_db(fields=["status", "returned_at", "submitted_at"])
    return refusal_page(
        request,
        refusal,
        subject=str(entry),
        back=reverse("forms_app:entry", args=[entry.pk]),
        back_label=_("看这份表"),
        template="forms_app/refused.html",
        unsaved=[item for item in items if item.shape != "blank"],
        entry=entry,
        standing=standing(entry),
        may_take_back=may_take_back(entry, request.user),
    )


def may_take_back(entry: Entry, actor: User) -> bool:
    """Return whether the person can take back what was sent, to go on with it."""
    return why_not(entry, "take_back", actor=actor) is None
