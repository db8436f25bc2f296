"""Drawings and kits are made when first asked for and kept privately, by what the page says at that moment."""

from collections.abc import Callable
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from portal.cms.models import Picture, SiteSettings

from ..models import Award, BrandPage
from .drawings import long_picture, poster, share_picture
from .kit import media_kit
from .telling import Told, told

# Goes up with every change of a drawing, so that kept ones are drawn anew.
EDITION = 2

# What a picture's own record adds to a drawing.
PICTURED = ("pk", "file_hash", "caption", "credit", "focal_point_x", "focal_point_y")

MAKERS: dict[str, Callable[[Told, SiteSettings], bytes]] = {
    "share.jpg": lambda brand, site: share_picture(brand),
    "poster.jpg": lambda brand, site: poster(brand, union=site.union_name or site.organiser),
    "long.jpg": lambda brand, site: long_picture(brand, union=site.union_name or site.organiser),
    "kit.zip": lambda brand, site: media_kit(brand, site=site),
}


def kept(page: BrandPage, name: str, *, site: SiteSettings) -> bytes:
    """Return a drawing or the kit of a live page, made anew only when something it shows has changed.

    Args:
        page: a live page; the caller has checked that the public may see it.
        name: a key of MAKERS.
        site: the school union's particulars.

    Side effects: a file in the private storage; older ones of the page and name are removed.
    """
    storage = storages["private"]
    folder, path = _folder(page), f"{_folder(page)}/{_state(page, site)}-{name}"
    if storage.exists(path):
        with storage.open(path) as file:
            return file.read()
    made = MAKERS[name](told(page), site)
    for old in _files(storage, folder):
        if old.endswith(f"-{name}"):
            storage.delete(f"{folder}/{old}")
    storage.save(path, ContentFile(made))
    return made


def drop_kept(page: BrandPage) -> None:
    """Remove all that is kept of a page, e.g. because it was taken down."""
    storage, folder = storages["private"], _folder(page)
    for name in _files(storage, folder):
        storage.delete(f"{folder}/{name}")


def _folder(page: BrandPage) -> str:
    return f"promotion/{page.pk}"


def _files(storage: Storage, folder: str) -> list[str]:
    try:
        return storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def _state(page: BrandPage, site: SiteSettings) -> str:
    """Return what the drawings depend on, as a short name: the published words, award, unit, consent, the union's words."""
    award = Award.objects.filter(project=page.project_id).values_list("level__name", flat=True)
    consent = Picture.objects.filter(materials__project=page.project_id, portrait_consent=True)
    parts = (
        EDITION,
        page.live_revision_id,
        page.project.unit.name,
        list(award),
        sorted(consent.values_list(*PICTURED).distinct()),
        (site.union_name, site.organiser, site.phone, site.email),
        page.full_url,
    )
    return sha256(repr(parts).encode()).hexdigest()[:20]
