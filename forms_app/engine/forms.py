"""From a schema and answers to a form to fill in, and from what is posted back to neutral answers."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from . import sources
from .checking import Problem, mistakes, problems, words_found
from .context import FillingContext
from .kinds import kind_of
from .kinds.files import Pictures
from .reading import is_blank
from .rules import AFTER
from .schema import Schema, fields_of

PREFIX = "f"


def build_form(
    schema: Schema,
    *,
    answers: Mapping[str, Any],
    data: Any = None,
    strict: bool = False,
    context: FillingContext | None = None,
    remarks: Mapping[str, Sequence[str]] | None = None,
) -> "AnswerForm":
    """Return the form of a schema.

    Args:
        schema: a FormVersion's neutral schema.
        answers: what has been answered so far.
        data: what was posted, or None to open the form. Uploaded files are stored before, and stand in the context.
        strict: check as for sending (required fields, minima, rules); otherwise as for a draft (types and maxima).
        context: unit, year, attachments: see FillingContext.
        remarks: field key → remarks of a return, shown at the field.

    Returns:
        A form. `form.answers` are the neutral answers at any time, valid or not: a draft is saved from them even when
        `form.is_valid()` is false, nothing typed is lost. `form.details` holds what was typed about pictures.
    """
    return AnswerForm(
        schema,
        answers=answers,
        data=data,
        strict=strict,
        context=context or FillingContext(),
        remarks=remarks or {},
    )


def prefilled(schema: Schema, context: FillingContext) -> dict[str, Any]:
    """Return the answers a new entry starts with: what the fields' prefill sources give."""
    found = {
        one["key"]: sources.prefill(one["options"]["prefill"], context)
        for one in fields_of(schema)
        if "prefill" in one["options"]
    }
    return {key: value for key, value in found.items() if not is_blank(value)}


def with_computed(
    schema: Schema, answers: Mapping[str, Any], context: FillingContext
) -> dict[str, Any]:
    """Return answers with the values of the system computed anew, in the order of the form; locked cells first."""
    found = dict(answers)
    for spec in fields_of(schema):
        rows, options = found.get(spec["key"]), spec["options"]
        given = rows and options.get("given_by") and sources.prefill(options["prefill"], context)
        if given:
            found[spec["key"]] = kind_of(spec).with_given(rows, spec, given)
    for spec in fields_of(schema):
        if spec["kind"] == "computed":
            value = kind_of(spec).value(spec, found, context)
            if not is_blank(value):
                found[spec["key"]] = value
    return found


class AnswerWidget(forms.Widget):
    """Reads an answer of its kind; rendering is the form's."""

    def __init__(self, spec: dict[str, Any], before: Any, context: FillingContext) -> None:
        super().__init__()
        self.spec, self.before, self.context = spec, before, context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return kind_of(self.spec).read(data, name, self.spec, self.before, self.context)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


@dataclass(frozen=True)
class Line:
    """One field as its template needs it."""

    spec: dict[str, Any]
    name: str
    template: str
    grouped: bool
    answered: bool
    input: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    remarks: Sequence[str] = ()
    only_if: Mapping[str, str] | None = None
    reminders: Sequence[Mapping[str, str]] = ()
    orders: Sequence[Mapping[str, Any]] = ()

    @property
    def kind_label(self) -> str:
        """What the designer calls the field's kind."""
        return str(kind_of(self.spec).label)

    @property
    def wide(self) -> bool:
        """Whether the field takes the page's whole width."""
        return "columns" in self.spec["options"] or kind_of(self.spec).wide

    @property
    def described_by(self) -> str:
        """The ids of what explains the input, for aria-describedby."""
        parts = [
            ("help", self.spec["help"]),
            (
                "count",
                self.spec["options"].get("max_characters")
                or self.spec["options"].get("min_characters"),
            ),
            ("remarks", self.remarks),
            ("reminders", self.reminders or self.orders),
            ("errors", self.errors),
        ]
        return " ".join(f"{self.name}-{part}" for part, there in parts if there)


@dataclass(frozen=True)
class SectionLines:
    """One section with its fields."""

    key: str
    title: str
    help: str
    lines: list[Line]
    only_if: Mapping[str, str] | None = None

    @property
    def error_count(self) -> int:
        """How many things of the section are to mend."""
        return sum(len(line.errors) for line in self.lines)


class AnswerForm(forms.Form):
    """The form of a schema. Field names are the keys, inputs are named `f-<key>`, cells `f-<key>-<row>-<column>`."""

    template_name = "forms_app/form/form.html"
    use_required_attribute = False

    def __init__(
        self,
        schema: Schema,
        *,
        answers: Mapping[str, Any],
        data: Any,
        strict: bool,
        context: FillingContext,
        remarks: Mapping[str, Sequence[str]],
    ) -> None:
        if data is not None and not hasattr(data, "getlist"):
            data = MultiValueDict(
                {
                    name: value if isinstance(value, list) else [value]
                    for name, value in data.items()
                }
            )
        super().__init__(data, prefix=PREFIX, auto_id="%s", initial=dict(answers))
        self.schema, self.strict, self.remarks = schema, strict, remarks
        self.before = dict(answers)
        self.details = self._read_details(context)
        self.context = replace(
            context,
            attachments=[self._with_details(one) for one in context.attachments],
            added_row=self.data.get("add_row", ""),
        )
        for spec in fields_of(schema):
            if kind_of(spec).answered:
                self.fields[spec["key"]] = forms.Field(
                    label=spec["label"],
                    required=False,
                    widget=AnswerWidget(spec, self.before.get(spec["key"]), self.context),
                )

    @property
    def changes_rows(self) -> str:
        """The key of the table in which "再加一行" was pressed; "" otherwise. Then render this form again."""
        pressed = self.data.get("add_row", "")
        return pressed if pressed in self.fields else ""

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The neutral answers: as posted, or as opened; values of the system computed anew."""
        answers = dict(self.before)
        for spec in fields_of(self.schema):
            key, kind = spec["key"], kind_of(spec)
            if self.is_bound and key in self.fields:
                answers[key] = self[key].data
            elif kind.holds_files:
                answers[key] = kind.read({}, "", spec, None, self.context)
        answers = with_computed(self.schema, answers, self.context)
        return {key: value for key, value in answers.items() if not is_blank(value)}

    @cached_property
    def problems(self) -> list[Problem]:
        """What is to mend: everything when strict, otherwise what is wrong already in a draft."""
        if not (self.strict or self.is_bound or self.context.begun):
            return []
        look = problems if self.strict else mistakes
        return look(self.schema, self.answers, self.context.attachments)

    def clean(self) -> dict[str, Any]:
        """Put every problem at its field."""
        for problem in self.problems:
            self.add_error(problem.field_key, problem.message)
        return self.cleaned_data

    @cached_property
    def sections(self) -> list[SectionLines]:
        """The form for its template."""
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(problem.field_key, []).append(problem)
        return [
            SectionLines(
                section["key"],
                section["title"],
                section["help"],
                [self._line(spec, found.get(spec["key"], [])) for spec in section["fields"]],
                self._condition(section),
            )
            for section in self.schema["sections"]
        ]

    def _line(self, spec: dict[str, Any], found: list[Problem]) -> Line:
        kind, name = kind_of(spec), self.add_prefix(spec["key"])
        shown = kind.widget(self.answers.get(spec["key"]), spec, self.context)
        for number, problem in enumerate(found):
            kind.mark(shown, problem.row, problem.column, reason=f"{name}-error-{number}")
        return Line(
            spec=spec,
            name=name,
            template=kind.template,
            grouped=kind.grouped,
            answered=kind.answered,
            input=shown,
            errors=[problem.message for problem in found],
            remarks=self.remarks.get(spec["key"], ()),
            only_if=self._condition(spec["options"]),
            reminders=[
                {
                    "message": one["message"],
                    "words": "|".join(one["words"]),
                    "found": "、".join(words_found(one, spec, self.answers.get(spec["key"]))),
                }
                for one in self.schema.get("warnings", [])
                if one["field"] == spec["key"]
            ],
            orders=self._orders(spec["key"], found),
        )

    def _orders(self, key: str, found: list[Problem]) -> list[dict[str, Any]]:
        """Return which day of a field has to follow which other, for the page's script; not what is told already."""
        hints = [
            AFTER.hint(rule)
            for rule in self.schema.get("rules", [])
            if rule["kind"] == AFTER.code and AFTER.told_at(rule)[0] == key
        ]
        return [
            hint | {part: self.add_prefix(hint[part]) for part in ("field", "other")}
            for hint in hints
            if not any(hint["message"].rstrip("。") in problem.message for problem in found)
        ]

    def _condition(self, held: Mapping[str, Any]) -> Mapping[str, str] | None:
        """Return the condition of a field or section as the page's script reads it."""
        condition = held.get("only_if")
        return condition and {
            "name": self.add_prefix(condition["field"]),
            "equals": condition["equals"],
        }

    def _read_details(self, context: FillingContext) -> dict[int, dict[str, Any]]:
        """Return what was posted about pictures: attachment id → caption, credit, taken_on, consent."""
        if not self.is_bound:
            return {}
        pictures = {
            spec["key"]: kind_of(spec)
            for spec in fields_of(self.schema)
            if isinstance(kind_of(spec), Pictures)
        }
        return {
            one.pk: pictures[one.field_key].read_details(
                self.data, self.add_prefix(one.field_key), one
            )
            for one in context.attachments
            if one.field_key in pictures
            and f"{self.add_prefix(one.field_key)}-{one.pk}-caption" in self.data
        }

    def _with_details(self, attachment: Any) -> Any:
        """Return the attachment as it will be once the posted details are saved."""
        if attachment.pk not in self.details:
            return attachment
        changed = copy(attachment)
        changed.details = {**attachment.details, **self.details[attachment.pk]}
        return changed
