"""Files in an S3-compatible bucket instead of two folders: public uploads below `media/`, private ones below `private/`.

Nothing in the bucket has a public address: the portal's own views hand files out, as they do from a disk.
"""

import io
import posixpath
from typing import Any
from urllib.parse import urljoin

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files import File
from django.core.files.storage import Storage
from django.utils.crypto import get_random_string
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

BLOCK = 1024 * 1024  # bytes that one question to the bucket fetches
WAITING = {"connect_timeout": 5, "read_timeout": 30}  # seconds


class Bucket(S3Storage):
    """What both storages share: nothing is ever overwritten unasked, and reading begins where it is asked for."""

    def get_default_settings(self) -> dict[str, Any]:
        """Return the settings of every bucket; key, host, name and the rest come from STORAGE_URL."""
        return super().get_default_settings() | {
            "file_overwrite": False,
            "querystring_auth": False,
            # A pool of threads for each upload would help nobody on a campus network.
            "transfer_config": TransferConfig(use_threads=False),
        }

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = Config(
            signature_version="s3v4",
            s3={"addressing_style": self.addressing_style},
            retries={"total_max_attempts": 3},
            # Many compatible servers do not know the checksums that Amazon added later.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            **WAITING,
        )

    @property
    def connection(self) -> Any:
        """The thread's connection.

        Raises:
            ImproperlyConfigured: the address was wrong; nothing is then kept anywhere, least of all on the local disk.
        """
        if not self.bucket_name:
            raise ImproperlyConfigured("STORAGE_URL is wrong: manage.py check says in what.")
        return super().connection

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            return super()._open(name, mode)
        return StoredFile(self, name)

    def trouble(self) -> str:
        """Return what keeps the bucket from being used, in English for who installs; "" where it answers."""
        try:
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
        except (BotoCoreError, ClientError) as error:
            return str(error)
        return ""

    def key_of(self, name: str) -> str:
        """Return where a file stands in the bucket."""
        return self._normalize_name(clean_name(name))


@deconstructible(path="portal.cms.files.buckets.MediaBucket")
class MediaBucket(Bucket):
    """Public uploads, which `/media/` and `/documents/` hand out while a live page shows them."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name in a folder of its own: of two files that come at once under one name, a bucket would keep one."""
        folder, file = posixpath.split(clean_name(name))
        # The folders first, so that the name is what gives way where both are too long.
        return Storage.get_available_name(
            self, posixpath.join(folder, get_random_string(8).lower(), file), max_length
        )

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Return the portal's own address of a file."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))


@deconstructible(path="portal.cms.files.buckets.PrivateBucket")
class PrivateBucket(Bucket):
    """Files that only a permission-checked view hands out. Their names are random where they come from people."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Refuse.

        Raises:
            ValueError: always.
        """
        raise ValueError("a private file has no address")


class StoredFile(File):
    """A file of a bucket, open for reading, as Django's own of a disk: it can be closed and opened again."""

    def __init__(self, storage: Bucket, name: str) -> None:
        self._storage = storage
        super().__init__(self._reader(name), name)

    def open(self, mode: str | None = None, *args: Any, **kwargs: Any) -> "StoredFile":
        """Begin at the beginning again."""
        if self.closed:
            self.file = self._reader(self.name)
        self.seek(0)
        return self

    def _reader(self, name: str) -> io.BufferedReader:
        return io.BufferedReader(Reader(self._storage, name), BLOCK)


class Reader(io.RawIOBase):
    """Reads an object of a bucket piece by piece: a film of 200 MB is never fetched for the sake of its last minute.

    Raises:
        FileNotFoundError: there is none of this name.
    """

    def __init__(self, storage: Bucket, name: str) -> None:
        super().__init__()
        self._client = storage.connection.meta.client
        self._object = {"Bucket": storage.bucket_name, "Key": storage.key_of(name)}
        try:
            self._size = self._client.head_object(**self._object)["ContentLength"]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from error
            raise
        self._at = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return where reading goes on, in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go on elsewhere; asks the bucket for nothing yet. Returns the new place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError("before the beginning of the file")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with one question to the bucket. Returns how many bytes there were."""
        piece = self._fetch(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def readall(self) -> bytes:
        """Return the rest with one question."""
        return self._fetch(self._size - self._at)

    def _fetch(self, length: int) -> bytes:
        last = min(self._at + length, self._size) - 1
        if last < self._at:
            return b""
        answer = self._client.get_object(**self._object, Range=f"bytes={self._at}-{last}")
        with answer["Body"] as body:
            piece = body.read()
        self._at += len(piece)
        return piece
