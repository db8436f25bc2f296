"""What the API says of a brand page: its published words, and nothing of a person but the leader's name."""

from typing import Any

from django.conf import settings
from wagtail.api import APIField

from portal.cms.models.told import Told, scaled_said

from .pictures import shot


def picture(page: Any, key: int | None, caption: str = "") -> dict[str, Any] | None:
    """Return a picture of the page with the addresses of its scaled copies, or None."""
    found = shot(page.api_parts.pictures.get(key), caption)
    return found and {
        "id": key,
        "caption": found["caption"],
        "credit": found["credit"],
        "thumbnail": scaled_said(found["thumb"]),
        "large": scaled_said(found["large"]),
    }


def _block(page: Any, block: dict[str, Any]) -> dict[str, Any]:
    kind, value = block["type"], block["value"]
    if kind == "picture":
        value = picture(page, value.get("picture"), value.get("caption") or "")
    elif kind == "video":
        value = {
            **{name: value.get(name) or "" for name in ("title", "bv", "url")},
            "file": _film(page.api_parts.videos.get(value.get("file"))),
            "poster": picture(page, value.get("poster")),
        }
    return {"type": kind, "value": value}


def _film(video: Any) -> dict[str, Any] | None:
    return video and {
        "id": video.pk,
        "url": video.url,
        "full_url": f"{settings.BASE_URL}{video.url}",
        "type": video.content_type,
        "size": video.file_size,
    }


def _activity(page: Any, told: Any) -> dict[str, Any]:
    return {
        "date": told.date.isoformat(),
        "name": told.name,
        "participants": told.participants,
        "sentence": told.sentence,
        "picture": picture(page, told.picture_id),
    }


def _report(told: Any) -> dict[str, Any]:
    return {
        "title": told.title,
        "media": told.media,
        "date": told.dated.isoformat() if told.dated else None,
        "url": told.url,
    }


def _award(page: Any) -> str | None:
    award = getattr(page.project, "award", None)
    return award.level.name if award else None


_VALUES = {
    "year": lambda page: page.project.programme_year.year,
    "category": lambda page: {
        "code": page.project.category.code,
        "name": page.project.category.name,
    },
    "unit": lambda page: {"code": page.project.unit.code, "name": page.project.unit.name},
    "project_no": lambda page: page.project.project_no,
    "leader": lambda page: page.project.leader_name,
    "award": _award,
    "cover": lambda page: picture(page, page.cover_id),
    "story": lambda page: [_block(page, block) for block in page.story.raw_data],
    "activities": lambda page: [_activity(page, told) for told in page.api_parts.activities],
    "pictures": lambda page: [
        found
        for chosen in page.api_parts.gallery
        if (found := picture(page, chosen.picture_id, chosen.caption))
    ],
    "press": lambda page: [_report(told) for told in page.api_parts.press],
}
API_FIELDS = [
    APIField("slogan"),
    APIField("intro"),
    *[APIField(name, serializer=Told(value)) for name, value in _VALUES.items()],
]
API_FILTERS = {
    "year": "project__programme_year__year",
    "category": "project__category__code",
    "unit": "project__unit__code",
    "award": "project__award__level__name",
}
