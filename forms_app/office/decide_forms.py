"""What the office types when it decides: beside one entry, or in a row of the board."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms_app.decision.deciding import mark_of, mark_of_draft

from ..models import Decision, Entry, Outcome
from .fields import YuanField


class SeenForm(forms.Form):
    """A step on a decision: which draft its page showed travels along, so that no colleague's is replaced unread."""

    # No id: the page of one entry holds two of them.
    seen = forms.CharField(
        required=False, empty_value=None, widget=forms.HiddenInput(attrs={"id": False})
    )

    def __init__(self, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = mark_of_draft(decision)

    def has_been_told(self, entry: Entry) -> None:
        """Take it that the person has read the draft as it is now: a refusal has just told him."""
        drafted = Decision.objects.filter(entry=entry).first()
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = mark_of_draft(drafted)


class DecideForm(SeenForm):
    """The draft of a decision: what, how much, and why."""

    outcome = forms.ChoiceField(
        label=_("结论"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        initial=Outcome.ESTABLISH,
    )
    amount = YuanField(label=_("批准经费（元）"), required=False)
    reason = forms.CharField(
        label=_("给单位的说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        super().__init__(*args, decision=decision, **kwargs)
        if decision:
            establishes = decision.outcome == Outcome.ESTABLISH
            self.initial |= {
                "outcome": decision.outcome,
                "amount": decision.amount_granted if establishes else None,
                "reason": decision.reason,
            }

    def clean(self) -> dict[str, Any]:
        """An establishment names its sum, a rejection its reason and no sum; each is refused where it is typed."""
        cleaned = super().clean()
        outcome, amount = cleaned.get("outcome"), cleaned.get("amount")
        if outcome == Outcome.ESTABLISH and amount is None and "amount" not in self.errors:
            self.add_error("amount", _("请填写批准经费，没有经费就写 0。"))
        if amount is not None and amount < 0:
            self.add_error("amount", _("批准经费不能是负数。"))
        if outcome == Outcome.REJECT:
            if amount:
                self.add_error("amount", _("不予立项的没有批准经费，请把金额清空。"))
            if not cleaned.get("reason"):
                self.add_error("reason", _("不予立项请写明理由，单位会收到。"))
        if "amount" in cleaned:
            cleaned["amount"] = amount or Decimal(0)
        return cleaned


class BoardRowForm(DecideForm):
    """One row of the decision board, on which a decision can also be left open."""

    outcome = forms.ChoiceField(
        label=_("结论"), choices=[("", _("未定")), *Outcome.choices], required=False
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(
            *args, decision=getattr(entry, "decision", None), prefix=f"e{entry.pk}", **kwargs
        )
        for name, label in (
            ("outcome", _("%(title)s的结论")),
            ("amount", _("%(title)s的批准经费")),
            ("reason", _("%(title)s的说明")),
        ):
            self.fields[name].widget.attrs["aria-label"] = label % {"title": entry}
        self.fields["outcome"].widget.attrs["data-outcome"] = ""
        self.fields["amount"].widget.attrs |= {"data-amount": "", "size": 10}
        self.fields["reason"].widget.attrs["rows"] = 1

    def has_changed(self) -> bool:
        """Return whether the row says something else than its screen showed, whatever a colleague has drafted since."""
        if not self.is_bound:
            return False
        seen = self.data.get(self.add_prefix("seen"))
        if seen is None:
            return bool({*self.changed_data} - {"seen"})
        if not self.is_valid():
            return True
        typed = {name: self.cleaned_data[name] for name in ("outcome", "amount", "reason")}
        left_open = not typed["outcome"] and (typed["amount"] or typed["reason"])
        return bool(left_open) or mark_of(**typed) != seen
