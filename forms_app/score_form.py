"""What an expert types about an entry: points by criterion, and two comments. It validates; `reviewing` writes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Criterion, Review


def _plain(points: Decimal) -> str:
    """Return points without zeros behind the point: 20, 12.5."""
    return f"{points.normalize():f}"


class ScoreForm(forms.Form):
    """Points for each criterion, and two comments for two readers."""

    for_office = forms.CharField(
        label=gettext_lazy("给校工会的意见"),
        help_text=gettext_lazy("只有校工会看得到"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    for_unit = forms.CharField(
        label=gettext_lazy("给申报单位的意见"),
        help_text=gettext_lazy("会转给单位，不署名"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, review: Review, data: Any = None, *, complete: bool = False) -> None:
        given = {score.criterion_id: score.points for score in review.scores.all()}
        super().__init__(
            data, initial={"for_office": review.for_office, "for_unit": review.for_unit}
        )
        self.criteria = list(review.assignment.entry.call.rubric.criteria.all())
        for criterion in self.criteria:
            self.fields[self.name_of(criterion)] = forms.DecimalField(
                label=criterion.name,
                initial=_plain(given[criterion.pk]) if criterion.pk in given else None,
                required=complete,
                min_value=Decimal(0),
                max_value=criterion.points,
                decimal_places=1,
                widget=forms.NumberInput(
                    attrs={"inputmode": "decimal", "step": "0.5", "data-points": ""}
                ),
                error_messages={
                    "required": _("还没有打分"),
                    "min_value": _("最低 0 分"),
                    "max_value": _("最高 %(most)s 分") % {"most": _plain(criterion.points)},
                    "invalid": _("请填数字，如 12 或 12.5"),
                    "max_decimal_places": _("最多一位小数"),
                },
            )

    def name_of(self, criterion: Criterion) -> str:
        """Return the name of a criterion's input."""
        return f"points-{criterion.pk}"

    @property
    def lines(self) -> list[tuple[Criterion, forms.BoundField]]:
        """The rubric with its inputs."""
        return [(criterion, self[self.name_of(criterion)]) for criterion in self.criteria]

    @property
    def full_points(self) -> Decimal:
        """What the criteria add up to."""
        return sum((criterion.points for criterion in self.criteria), Decimal(0))

    @property
    def points(self) -> dict[Criterion, Decimal | None]:
        """The valid points, by criterion."""
        return {
            criterion: self.cleaned_data[self.name_of(criterion)]
            for criterion in self.criteria
            if self.name_of(criterion) in self.cleaned_data
        }
