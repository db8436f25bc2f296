"""The one door through which every state change of an entry or a project goes."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.dispatch import Signal
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .table import Table, Transition

Subject = TypeVar("Subject", bound=Model)

# Sent inside the transaction, after the event is written: receivers write messages and what follows on upper floors.
# Arguments: sender (the subject's class), subject, event, details.
carried_out = Signal()


class Refused(Exception):
    """An action that was not carried out. `str()` is the reason, in words for the person who tried.

    Attributes:
        code: "forbidden" (not this person), "wrong_state" (not now) or "guard" (something is missing).
    """

    def __init__(self, reason: object, *, code: str) -> None:
        super().__init__(str(reason))
        self.code = code


_tables: dict[type[Model], Callable[[Any], Table]] = {}


def register_table(model: type[Model], choose: Callable[[Any], Table]) -> None:
    """Tell the door which table the objects of a class follow.

    Args:
        model: the class of the subjects; it has `status` and `events` (the related manager of its LifecycleEvent).
        choose: returns the table of one object.
    """
    _tables[model] = choose


def table_of(subject: Model) -> Table:
    """Return the table an object follows."""
    return _tables[type(subject)](subject)


def carry_out(
    subject: Subject, action: str, *, actor: Any, comment: str = "", **details: Any
) -> Subject:
    """Carry out an action on an object that has a lifecycle.

    Opens a transaction, locks the row, checks permission, table and guards, applies the effect, saves the new state,
    appends the event and sends `carried_out`. From the effect on, whatever is kept is in the portal's own language.

    Args:
        subject: the object, possibly stale; only its class and key are used.
        action: the code of the action.
        actor: the person who acts.
        comment: what he says; kept with the event.
        details: what the action needs; handed to guards, effect and receivers.

    Returns:
        The object as it is now, read again under the lock.

    Raises:
        Refused: the action is not possible, not now, or not for this person. Nothing was changed.
    """
    with transaction.atomic():
        locked = type(subject)._base_manager.select_for_update().get(pk=subject.pk)
        transition = _admit(locked, action, actor, details)
        before = locked.status
        target = table_of(locked).landing(transition, locked, **details)
        now = timezone.now()
        # What is kept is content, and content is Chinese, whoever acts; refusals above speak his language.
        with translation.override(settings.LANGUAGE_CODE):
            if transition.effect:
                transition.effect(
                    locked, actor=actor, at=now, to=target, comment=comment, **details
                )
            locked.status = target
            locked.save()
            event = locked.events.create(
                from_status=before,
                to_status=target,
                action=action,
                actor=actor,
                comment=comment,
                at=now,
            )
            carried_out.send(sender=type(locked), subject=locked, event=event, details=details)
    return locked


def why_not(subject: Model, action: str, *, actor: Any, **details: Any) -> Refused | None:
    """Return why an action would be refused now, or None where it is possible. Changes nothing."""
    try:
        _admit(subject, action, actor, details)
    except Refused as refused:
        return refused
    return None


def _admit(subject: Model, action: str, actor: Any, details: dict[str, Any]) -> Transition:
    table = table_of(subject)
    rows = list(table.rows(action))
    if not rows:
        raise ValueError(f"{table.name} has no action {action}")
    transition = table.find(subject.status, action)
    if not (transition or rows[0]).may(actor, subject):
        raise Refused(
            _("只有%(who)s可以%(action)s。") % {"who": rows[0].who, "action": rows[0].label},
            code="forbidden",
        )
    if transition is None:
        if table.ends_in(subject.status):
            raise Refused(
                _("已经是“%(state)s”，到此为止，不能再%(action)s。")
                % {"state": subject.get_status_display(), "action": rows[0].label},
                code="wrong_state",
            )
        states = [str(table.states(one).label) for row in rows for one in row.sources]
        raise Refused(
            _("现在的状态是“%(state)s”，到“%(states)s”时才能%(action)s。")
            % {
                "state": subject.get_status_display(),
                "states": _("”或“").join(dict.fromkeys(states)),
                "action": rows[0].label,
            },
            code="wrong_state",
        )
    for guard in transition.guards:
        if reason := guard(subject, actor=actor, **details):
            raise Refused(reason, code="guard")
    return transition
