"""The rules between fields: a small closed set. Each has its designer's block, its look at the drawing, its verdict."""

from .base import Rule
from .days import After
from .numbers import AtMost, SumEquals
from .presence import AtLeastOne, RequiredIf

AFTER = After()
RULES: dict[str, Rule] = {
    rule.code: rule for rule in (AFTER, SumEquals(), AtMost(), RequiredIf(), AtLeastOne())
}
