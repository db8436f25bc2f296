"""What an expert types about an entry: points by criterion or a vote, and two comments. It validates; `saving` writes."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_app.models import Criterion, Review, Vote
from portal.plain_text import PlainText, tidy
from portal.typed_numbers import FigureField

from .judgement import WORDS, held_by, name_of, plain, shown

STEP = Decimal("0.5")
LONGEST = 20  # characters that are kept of what stands in the place of points
HALVES = gettext_lazy("半分一档，如 7 或 7.5")
# The levels of a criterion, best first: its field, its name, and from which share of the full points it reaches down
# (domain section 5: 90, 80 and 60 of 100).
LEVELS: tuple[tuple[str, Promise, Decimal], ...] = (
    ("excellent", gettext_lazy("优"), Decimal("0.9")),
    ("good", gettext_lazy("良"), Decimal("0.8")),
    ("fair", gettext_lazy("中"), Decimal("0.6")),
    ("poor", gettext_lazy("差"), Decimal(0)),
)


def in_steps(criterion: Criterion) -> Callable[[Decimal], None]:
    """Return a validator of points in half steps; the full points can always be given.

    Raises (the validator): ValidationError, for points between two steps.
    """

    def validate(given: Decimal) -> None:
        # What is out of range is said by others; a remainder of 1E400 cannot be computed.
        if 0 <= given < criterion.points and given % STEP:
            raise ValidationError(HALVES, code="step")

    return validate


@dataclass(frozen=True)
class Level:
    """One anchor of a criterion.

    Attributes:
        least, most: the points it spans, in words' form ("18", "20").
        typical: the points that choosing the level gives; to be moved by hand.
    """

    name: str
    least: str
    most: str
    typical: str
    words: str


def levels_of(criterion: Criterion) -> list[Level]:
    """Return a criterion's levels, best first, in steps of half a point."""
    found, most = [], criterion.points
    for field, name, share in LEVELS:
        least = (criterion.points * share / STEP).to_integral_value(ROUND_CEILING) * STEP
        if least > most:
            continue
        typical = ((least + most) / 2 / STEP).to_integral_value(ROUND_CEILING) * STEP
        found.append(
            Level(str(name), plain(least), plain(most), plain(typical), getattr(criterion, field))
        )
        most = least - STEP
    return found


@dataclass(frozen=True)
class Line:
    """One criterion with its input and its levels."""

    criterion: Criterion
    field: forms.BoundField
    levels: list[Level]

    @property
    def has_words(self) -> bool:
        """Whether the office has written what a level looks like."""
        return any(level.words for level in self.levels)


class ScoreForm(PlainText, forms.Form):
    """Points for each criterion or a vote, and two comments for two readers.

    Without data it shows what the review holds; what cannot be given is said at its line, as when it was typed.
    """

    vote = forms.ChoiceField(
        label=gettext_lazy("我的表决"),
        choices=Vote.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("还没有表决")},
    )
    for_office = forms.CharField(
        label=gettext_lazy("给校工会的意见"),
        help_text=gettext_lazy("只有校工会看得到"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    for_unit = forms.CharField(
        label=gettext_lazy("给申报单位的意见"),
        help_text=gettext_lazy("有结果时转给单位，不署名"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, review: Review, data: Any = None, *, complete: bool = False) -> None:
        held = shown(held_by(review))
        if data is None and review.refused:
            data = held
        super().__init__(data, initial=held)
        call = review.assignment.entry.call
        self.votes = call.votes
        self.criteria = [] if call.votes else list(call.rubric.criteria.all())
        if call.votes:
            self.fields["vote"].required = complete
        else:
            del self.fields["vote"]
        for criterion in self.criteria:
            words = {
                "required": _("还没有打分"),
                "min_value": _("最低 0 分"),
                "max_value": _("最高 %(most)s 分") % {"most": plain(criterion.points)},
                "invalid": _("请填数字，如 12 或 12.5"),
                "step": HALVES,
            }
            self.fields[name_of(criterion)] = FigureField(
                label=criterion.name,
                required=complete,
                min_value=Decimal(0),
                max_value=criterion.points,
                validators=[in_steps(criterion)],
                widget=forms.TextInput(
                    attrs={
                        "data-points": plain(criterion.points),
                        "data-every": str(STEP),
                        # score-total.js says the same while it is typed.
                        "data-low": words["min_value"],
                        "data-high": words["max_value"],
                        "data-step": words["step"],
                        "data-text": words["invalid"],
                    }
                ),
                error_messages=words,
            )

    def clean_for_office(self) -> str:
        """Browsers and scripts send line ends in two ways."""
        return tidy(self.cleaned_data["for_office"], lines=True)

    def clean_for_unit(self) -> str:
        """As of the other comment."""
        return tidy(self.cleaned_data["for_unit"], lines=True)

    @property
    def lines(self) -> list[Line]:
        """The rubric with its inputs."""
        return [
            Line(criterion, self[name_of(criterion)], levels_of(criterion))
            for criterion in self.criteria
        ]

    @property
    def full_points(self) -> Decimal:
        """What the criteria add up to."""
        return sum((criterion.points for criterion in self.criteria), Decimal(0))

    @property
    def total(self) -> Decimal:
        """The sum of the points as they stand in the inputs; what is not valid does not count."""
        return sum((Decimal(given) for given in self._points.values() if given), Decimal(0))

    @property
    def left(self) -> list[forms.BoundField]:
        """The inputs without points that count."""
        return [self[name] for name, given in self._points.items() if given is None]

    @property
    def leaves_out(self) -> bool:
        """Whether points stand in the inputs that cannot count."""
        return self.is_bound and any(
            self.has_error(name) and self[name].data for name in map(name_of, self.criteria)
        )

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the inputs, for `saving.save`; a comment or vote that cannot be kept is left out, and stays as it was."""
        self.is_valid()
        found: dict[str, Any] = {}
        for name, given in self._points.items():
            text = str(self[name].value() or "").strip()[:LONGEST]
            found[name] = {"raw": text} if given is None and text else given
        return found | {
            name: self.cleaned_data[name] or None for name in WORDS if name in self.cleaned_data
        }

    @property
    def _points(self) -> dict[str, str | None]:
        """Input's name → its points as `judgement.plain` writes them, None where there are none or they are not valid."""
        names = [name_of(criterion) for criterion in self.criteria]
        if not self.is_bound:
            return {name: self.initial.get(name) for name in names}
        self.is_valid()
        given = {name: self.cleaned_data.get(name) for name in names}
        return {name: None if one is None else plain(one) for name, one in given.items()}
