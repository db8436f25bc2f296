"""Choosing between what somebody typed and what was saved meanwhile: one page for every form that saves itself.

Both contents travel in that page, signed, until he has chosen; nothing of his is saved before. What the parts are called
and how one is shown is each app's own (`workspace/choosing.html`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from django.core import signing
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.lifecycle.door import Refused
from portal.merging import having_seen, joined

from . import keeping
from .autosaving import Page
from .refusals import STATUS

HELD = "held"  # the name of the hidden input


class Side(Protocol):
    """A part as one of the two has it, to read; what shows it (`body`) knows the rest."""

    key: str
    label: str


@dataclass(frozen=True)
class Choice:
    """What somebody is asked to choose between.

    Attributes:
        mine: what he typed, part → answer; may hold more than the parts to choose about.
        saved: the parts to choose about, as they were saved meanwhile; None where nothing was answered.
        both: those of them of which both can be kept.
        who: saved them, as he is told.
        page: the name of the page he typed on.
        seen: what that page has seen, where `mine` holds more than is chosen about.
        then: the app's own word for the way to go on.
    """

    mine: dict[str, Any]
    saved: dict[str, Any]
    both: list[str] = field(default_factory=list)
    who: str = ""
    page: str = ""
    seen: str = ""
    then: str = ""

    def taken(
        self,
        data: QueryDict,
        *,
        labels: Mapping[str, object],
        join: Callable[[Any, Any], Any] = joined,
    ) -> dict[str, Any]:
        """Return part → the answer he chose; None: no answer.

        Args:
            data: what he sent; the first of the two where he did not say.
            labels: what the parts are called.
            join: makes one answer of (saved, mine).

        Raises:
            Refused: nothing that was offered.
        """
        return {
            part: self._one(part, data.get(f"take-{part}", "mine"), labels.get(part, part), join)
            for part in self.saved
        }

    def sheet(self, seen: str) -> Page:
        """Return the page that his choice is saved from.

        Args:
            seen: fingerprint of what he has seen of all other parts.
        """
        return Page(name=self.page, seen=having_seen(seen, self.saved), has_chosen=True)

    def _one(self, part: str, take: str, label: object, join: Callable[[Any, Any], Any]) -> Any:
        mine, saved = self.mine.get(part), self.saved[part]
        if take == "mine":
            return mine
        if take == "saved":
            return saved
        if take == "both" and part in self.both:
            return join(saved, mine)
        raise Refused(
            _("“%(field)s”只能在两边里选一边，没有保存。请重新选择。") % {"field": label},
            code="guard",
        )


def between(
    parts: Iterable[str],
    *,
    mine: Mapping[str, Any],
    saved: Mapping[str, Any],
    can_join: Callable[[str], bool],
    who: str,
    page: str = "",
    seen: str = "",
    then: str = "",
) -> Choice:
    """Return the choice between two people's answers.

    Args:
        parts: those that both have changed.
        mine: his answers by part, all that is saved with his choice.
        saved: the other's by part.
        can_join: whether both answers to a part can be kept; not asked where one of them says nothing.
        who, page, seen, then: as of `Choice`.
    """
    theirs = {part: saved.get(part) for part in parts}
    both = [part for part in theirs if mine.get(part) and theirs[part] and can_join(part)]
    return Choice(dict(mine), theirs, both, who=who, page=page, seen=seen, then=then)


def asked(request: HttpRequest, about: Model) -> Choice | None:
    """Return the choice that somebody was asked for: he has answered it, or was signed out when he did (`keeping`).

    None where he came by the address alone.

    Raises:
        Http404: no page of ours about this has asked for it.
    """
    data = request.POST if request.method == "POST" else keeping.kept(request)
    if data is None:
        return None
    try:
        return Choice(**signing.loads(data.get(HELD, ""), salt=_salt(about)))
    except signing.BadSignature:
        raise Http404 from None


def choice_page(
    request: HttpRequest,
    template: str,
    about: Model,
    choice: Choice,
    *,
    sides: Iterable[tuple[Side, Side]],
    action: str,
    back: str,
    merged: str = "",
    refusal: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    """Show what both have changed side by side, to choose: 409, or by the refusal's code.

    Args:
        template: has the app's frame and head, and includes `workspace/choosing.html`.
        about: what is written; the choice counts for nothing else.
        sides: each part as it was saved and as he typed it.
        action: where the choice is sent to.
        back: the page to go to instead.
        merged: in words, what was changed elsewhere and is kept beside.
        refusal: why what he had chosen was not saved; both contents then stand here still.
        more: what the template needs besides.
    """
    context = {
        "choices": [(saved, mine, saved.key in choice.both) for saved, mine in sides],
        "who": choice.who,
        "held": signing.dumps(asdict(choice), salt=_salt(about), compress=True),
        "action": action,
        "back": back,
        "merged": merged,
        "refusal": refusal,
        **more,
    }
    return render(request, template, context, status=STATUS[refusal.code] if refusal else 409)


def _salt(about: Model) -> str:
    return f"portal.workspace.choosing:{about._meta.label_lower}:{about.pk}"
