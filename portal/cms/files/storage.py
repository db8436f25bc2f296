"""Where private files live: outside the public media root, without an address."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="portal.cms.files.storage.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Keeps files that only a permission-checked view hands out."""

    def __init__(self) -> None:
        super().__init__(location=settings.PRIVATE_ROOT, base_url=None)

    def url(self, name: str | None) -> str:
        """Refuse: `base_url=None` alone would still build an address.

        Raises:
            ValueError: always.
        """
        raise ValueError("a private file has no address")
