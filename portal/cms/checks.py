"""What `manage.py check` says of the bucket: its address always, with `--deploy` whether it answers."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.core.files.storage import storages

from portal.bucket_address import problems_of


@register
def bucket_address(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return one error for each thing that is wrong with STORAGE_URL."""
    found = problems_of(settings.STORAGE_URL) if settings.STORAGE_URL else []
    return [Error(f"STORAGE_URL {problem}.", id="cms.E001") for problem in found]


@register(deploy=True)
def bucket_answers(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error where the bucket cannot be reached, or not with this key."""
    if not settings.STORAGE_URL or problems_of(settings.STORAGE_URL):
        return []
    trouble = storages["private"].trouble()
    return [Error(f"The bucket of STORAGE_URL: {trouble}.", id="cms.E002")] if trouble else []
