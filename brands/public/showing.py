"""What a brand page shows: gathered for the template in a number of queries that does not grow with the page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Prefetch, Q, QuerySet, When

from portal.cms.models import Document, Picture, know_their_site, unrestricted

from ..films import videos_in
from ..models import BrandPage, Project
from ..pictures import (
    CARD,
    COVER,
    LARGE,
    OF_A_PAGE,
    copies_of,
    height_of_focus,
    pictures_by_key,
    responsive,
    scaled,
    tile,
)

# As many different landscapes stand in for missing covers.
STAND_INS = 48
RELATED = 3
ON_FRONT = 6  # brands below the home page's window
NEWEST = ("-first_published_at", "-pk")
LONGEST_LINE = 12  # years of a brand that its page names


def stand_in(project: Project) -> dict[str, Any]:
    """Return the drawn landscape that stands in for a missing cover, as an image's url, width and height."""
    return {
        "url": f"/brands/stand-in/{project.category.hue}/{project.pk % STAND_INS}.jpg",
        "width": 1200,
        "height": 750,
    }


def card(page: BrandPage, spec: str = CARD) -> dict[str, Any]:
    """Return a brand as components/brand_card.html takes it (joined and prefetched by `wall_pages` of the same spec)."""
    project = page.project
    award = getattr(project, "award", None)
    return {
        "title": page.title,
        "url": page.get_url(),
        "slogan": page.slogan,
        "unit": project.unit.name,
        "year": str(project.programme_year),
        "category": project.category,
        "picture": responsive(page.cover, spec) or stand_in(project),
        "award": award.level.name if award else "",
    }


def cards(pages: Iterable[BrandPage]) -> list[dict[str, Any]]:
    """Return the cards of a list."""
    several = list(pages)
    know_their_site(several)
    return [card(page) for page in several]


def public_pages() -> QuerySet[BrandPage]:
    """Return the public brand pages with the words of their cards, newest year first."""
    return (
        unrestricted(BrandPage.objects.live())
        .select_related(*BrandPage.SHOWN_OF_PROJECT)
        .order_by("-project__programme_year__year", "-first_published_at", "-pk")
    )


def wall_pages(*specs: str) -> QuerySet[BrandPage]:
    """Return the public brand pages with everything that a card shows, newest year first.

    Args:
        specs: the sizes of the covers; that of a card on the wall by default.
    """
    copies = [copy for spec in specs or (CARD,) for copy in copies_of(spec)]
    scaled_covers = Picture.get_rendition_model().objects.filter(filter_spec__in=copies)
    return (
        public_pages()
        .select_related("cover")
        .prefetch_related(
            Prefetch("cover__renditions", scaled_covers, to_attr="prefetched_renditions")
        )
    )


def front_pages(window: str) -> list[BrandPage]:
    """Return what the home page shows of the brands: the newest, and the newest with a cover, with and without an award.

    Args:
        window: the size of the picture in the home page's window.
    """
    newest = BrandPage.objects.live().order_by(*NEWEST)
    with_cover = unrestricted(newest).filter(cover__isnull=False)
    awarded = with_cover.filter(project__award__isnull=False)
    chosen = [several.values("pk")[:1] for several in (with_cover, awarded)]
    latest = unrestricted(newest).values("pk")[
        : ON_FRONT + 1
    ]  # one of them may stand in the window
    found = list(
        wall_pages(window, CARD)
        .filter(Q(pk__in=latest) | Q(pk__in=chosen[0]) | Q(pk__in=chosen[1]))
        .order_by(*NEWEST)
    )
    know_their_site(found)
    return found


def parts_of(page: BrandPage) -> dict[str, Any]:
    """Return everything that the public page of a brand shows, of a live page or of a draft's preview.

    Below the cover each picture stands once, where it comes first: story, timeline, gallery.
    """
    project = page.project
    activities, gallery = list(page.shown_activities.all()), list(page.shown_pictures.all())
    raw = list(page.story.raw_data)
    line, related = _line_and_related(page)
    know_their_site([page, *line, *related])
    pictures = pictures_by_key(
        [
            page.cover_id,
            *(activity.picture_id for activity in activities),
            *(chosen.picture_id for chosen in gallery),
            *(block["value"].get("picture") for block in raw if block["type"] == "picture"),
            *(block["value"].get("poster") for block in raw if block["type"] == "video"),
            *(other.cover_id for other in related),
        ],
        *OF_A_PAGE,
    )
    videos = videos_in(raw)
    seen = {block["value"].get("picture") for block in raw if block["type"] == "picture"}

    def once(key: int | None, caption: str = "") -> list[dict[str, Any]]:
        """Return a picture for the page, or nothing where it stands there already."""
        found = None if key in seen else tile(pictures.get(key), caption)
        seen.add(key)
        return [found] if found else []

    for other in related:
        other.cover = pictures.get(other.cover_id)
    return {
        "project": project,
        "award": getattr(project, "award", None),
        "cover": scaled(pictures.get(page.cover_id), COVER),
        "cover_height": height_of_focus(pictures.get(page.cover_id)),
        "cover_shown": responsive(pictures.get(page.cover_id), COVER),
        "cover_picture": pictures.get(page.cover_id),
        "stand_in": stand_in(project),
        "story": [_told(block["type"], block["value"], pictures, videos) for block in raw],
        "timeline": [
            {
                "date": activity.date,
                "title": activity.name,
                "text": activity.sentence,
                "pictures": once(activity.picture_id),
            }
            for activity in activities
        ],
        "gallery": [it for chosen in gallery for it in once(chosen.picture_id, chosen.caption)],
        "press": list(page.shown_press.all()),
        "activity_count": len(activities),
        "participants": sum(activity.participants for activity in activities),
        "line": line,
        "related": [card(other) for other in related],
    }


def _line_and_related(page: BrandPage) -> tuple[list[BrandPage], list[BrandPage]]:
    """Return the brand's other years, and the newest brands of its category (one query for both)."""
    project = page.project
    own = Q(project__brand=project.brand)
    found = (
        public_pages()
        .filter(own | Q(project__category=project.category))
        .exclude(pk=page.pk)
        .order_by(
            Case(When(own, then=0), default=1),
            "-project__programme_year__year",
            "-first_published_at",
            "-pk",
        )[: LONGEST_LINE + RELATED]
    )
    line = [other for other in found if other.project.brand_id == project.brand_id]
    related = [other for other in found if other.project.brand_id != project.brand_id]
    return line[:LONGEST_LINE], related[:RELATED]


def _told(
    kind: str, value: Any, pictures: dict[int, Picture], videos: dict[int, Document]
) -> dict[str, Any]:
    """Return a block of the story as templates/brands/story.html takes it."""
    if kind == "picture":
        picture = pictures.get(value.get("picture"))
        return {
            "kind": kind,
            "large": scaled(picture, LARGE),
            "shown": responsive(picture, LARGE),
            "alt": value.get("caption") or (picture.caption if picture else ""),
            "caption": value.get("caption") or (picture.caption if picture else ""),
            "credit": picture.credit if picture else "",
            "may_pass_on": bool(picture and picture.portrait_consent),
        }
    if kind == "video":
        bv = value.get("bv") or ""
        return {
            "kind": kind,
            "title": value.get("title") or "",
            "address": f"https://www.bilibili.com/video/{bv}" if bv else value.get("url") or "",
            "player": f"https://player.bilibili.com/player.html?bvid={bv}&autoplay=1" if bv else "",
            "file": videos.get(value.get("file")),
            "poster": scaled(pictures.get(value.get("poster")), LARGE),
        }
    return {"kind": kind, "text": value}
