"""What a published brand page says, gathered once for drawings and press text; no address of a person, no contact."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from brands.drawing import stand_in
from portal.cms.models import Rendition
from portal.cms.typesetting import MIDDLE

from ..models import BrandPage
from ..pictures import PRINT, focus_of, scaled
from ..public.showing import STAND_INS, parts_of


@dataclass
class Shown:
    """A picture that the page shows and that may be passed on (its people agreed)."""

    rendition: Rendition
    caption: str
    credit: str

    def image(self) -> Image.Image:
        """Return the picture itself."""
        return opened(self.rendition)

    def for_print(self) -> Rendition:
        """Return the copy that is handed out: as large as a newspaper needs, or as it came where it is smaller."""
        return scaled(self.rendition.image, PRINT) or self.rendition


@dataclass
class Told:
    """A brand as it is published now."""

    title: str
    slogan: str
    intro: str
    unit: str
    category: str
    hue: str
    mark: str
    year: int
    award: str
    address: str
    activity_count: int
    participants: int
    cover: Image.Image
    cover_is_own: bool = False
    cover_credit: str = ""
    cover_focus: tuple[float, float] = MIDDLE
    published: date | None = None
    story: list[dict[str, Any]] = field(default_factory=list)
    timeline: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)

    @property
    def has_film(self) -> bool:
        """Whether the page shows a film."""
        return any(block["kind"] == "video" for block in self.story)


def opened(rendition: Rendition) -> Image.Image:
    """Return a scaled copy as an image in memory."""
    with rendition.file.open("rb") as file:
        return Image.open(BytesIO(file.read())).convert("RGB")


def told(page: BrandPage) -> Told:
    """Return what the live page says.

    Pictures without consent are left out, though the review would not have let them pass: consent may be taken back.
    """
    project = page.project
    parts = parts_of(page)
    own = parts["cover_picture"]
    if own and not (own.portrait_consent and parts["cover"]):
        own = None
    if own:
        image = opened(parts["cover"])
    else:
        seed = project.pk % STAND_INS
        image = Image.open(BytesIO(stand_in(project.category.hue, seed))).convert("RGB")
    return Told(
        title=page.title,
        slogan=page.slogan,
        intro=page.intro,
        unit=project.unit.name,
        category=project.category.name,
        hue=project.category.hue,
        mark=project.category.mark,
        year=project.programme_year.year,
        award=parts["award"].level.name if parts["award"] else "",
        address=page.full_url or "",
        activity_count=parts["activity_count"],
        participants=parts["participants"],
        cover=image,
        cover_is_own=bool(own),
        cover_credit=own.credit if own else "",
        cover_focus=focus_of(own) or MIDDLE,
        published=timezone.localdate(page.last_published_at) if page.last_published_at else None,
        story=[
            block for block in parts["story"] if block["kind"] != "picture" or block["may_pass_on"]
        ],
        timeline=parts["timeline"],
        pictures=_pictures(parts),
    )


def _pictures(parts: dict[str, Any]) -> list[Shown]:
    """Return the pictures that may be passed on, each once: cover, story, timeline, gallery."""
    found: dict[int, Shown] = {}
    if parts["cover"] and parts["cover_picture"].portrait_consent:
        picture = parts["cover_picture"]
        found[picture.pk] = Shown(parts["cover"], picture.caption or picture.title, picture.credit)
    shots = [it for entry in parts["timeline"] for it in entry["pictures"]]
    told_in_story = [block for block in parts["story"] if block["kind"] == "picture"]
    for it in [*told_in_story, *shots, *parts["gallery"]]:
        if it["may_pass_on"] and it["large"]:
            key = it["large"].image_id
            found.setdefault(key, Shown(it["large"], it["caption"] or it["alt"], it["credit"]))
    return list(found.values())
