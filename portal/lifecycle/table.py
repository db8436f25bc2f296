"""Declared tables of transitions: (state, action) → state, with who may and what must hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

Permission = Callable[[Any, Any], bool]
Guard = Callable[..., Promise | str | None]
Effect = Callable[..., None]


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One row of a table.

    Attributes:
        action: ASCII code of the verb.
        sources: states it leaves.
        target: state it reaches, before steps that are switched off are skipped; or a function of (subject, **details).
        label: what the button says.
        may: pure function (actor, subject) → bool.
        who: whom a refused person is told to turn to, e.g. "单位工会主席".
        guards: functions (subject, actor=, **details) → None, or the reason why not, in words a person understands.
        effect: writes what belongs to the change on the locked subject and beside it (stamps, snapshots).
    """

    action: str
    sources: tuple[str, ...]
    target: str | Callable[..., str]
    label: Promise | str
    may: Permission
    who: Promise | str
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None


@dataclass(frozen=True)
class Skip:
    """A state that is passed over while `off(subject)` holds; `onward` is the next state to look at."""

    off: Callable[[Any], bool]
    onward: str


@dataclass(frozen=True)
class Table:
    """All transitions of one kind of object.

    Attributes:
        name: the noun, e.g. "application entry".
        states: the choices class of the states.
        transitions: the rows; at most one per (state, action).
        skips: state → Skip, for steps that can be switched off.
    """

    name: str
    states: Any
    transitions: tuple[Transition, ...]
    skips: dict[str, Skip] = field(default_factory=dict)

    def __post_init__(self) -> None:
        seen: set[tuple[str, str]] = set()
        for transition in self.transitions:
            for source in transition.sources:
                if (source, transition.action) in seen:
                    raise ValueError(
                        f"{self.name}: {source} + {transition.action} is declared twice"
                    )
                seen.add((source, transition.action))

    def find(self, status: str, action: str) -> Transition | None:
        """Return the row for a state and an action, or None where the table has none."""
        for transition in self.transitions:
            if transition.action == action and status in transition.sources:
                return transition
        return None

    def ends_in(self, status: str) -> bool:
        """Return whether nothing leads on from a state."""
        return not any(status in transition.sources for transition in self.transitions)

    def rows(self, action: str) -> Iterable[Transition]:
        """Return every row of an action, to tell a refused person from which states it is possible."""
        return (transition for transition in self.transitions if transition.action == action)

    def landing(self, transition: Transition, subject: Model, **details: Any) -> str:
        """Return the state a transition reaches, with the steps that are switched off passed over."""
        state = (
            transition.target(subject, **details)
            if callable(transition.target)
            else transition.target
        )
        while (skip := self.skips.get(state)) and skip.off(subject):
            state = skip.onward
        return state
