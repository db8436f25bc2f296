"""A kind whose module is gone: what was answered is still shown, as raw text, and never lost."""

import json
from typing import Any

from .base import Kind, Labels, Spec


class Unknown(Kind):
    """Stands in for a kind that is no longer registered."""

    code = ""
    label = ""
    template = "forms_app/form/kinds/computed.html"
    answered = False

    def widget(self, answer: Any, field: Spec, context: Any) -> dict[str, Any]:
        return {"value": "" if answer is None else self.text(answer)}

    def text(self, answer: Any) -> str:
        """Return text as it is, anything else as JSON."""
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        return "lines", self.text(answer)
