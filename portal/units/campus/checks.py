"""Half-set settings of the campus sign-in stop `manage.py` with what is missing."""

from typing import Any

from django.core.checks import Error, register

from .configuring import problems


@register
def campus_settings(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return one error for each thing that is wrong."""
    return [Error(problem, id="units.E001") for problem in problems()]
