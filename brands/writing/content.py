"""What a unit writes on its brand page, apart from Wagtail: read from a revision, compared, checked, written as a new one."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cms.models import Document, Picture
from portal.lifecycle.door import Refused
from portal.plain_text import named
from portal.units.models import User

from ..models import (
    Activity,
    BrandPage,
    BrandPageActivity,
    BrandPagePicture,
    BrandPagePress,
    ChangeAspect,
    ChangeStatus,
    Material,
    MaterialKind,
    Project,
)

# What a page consists of, in the order of its editor: the fields of PageContent.
PART_LABELS: dict[str, Promise] = {
    "slogan": gettext_lazy("品牌口号"),
    "intro": gettext_lazy("公开简介"),
    "cover": gettext_lazy("封面图片"),
    "gallery": gettext_lazy("图集"),
    "story": gettext_lazy("品牌故事的次序"),
    "activities": gettext_lazy("活动"),
    "press": gettext_lazy("媒体报道"),
}
# What stands before a block's id in the name of its part.
_IN_STORY = "story."
# The kinds of the story, as the unit calls them.
BLOCK_LABELS: dict[str, Promise] = {
    "text": gettext_lazy("文字"),
    "heading": gettext_lazy("小标题"),
    "quote": gettext_lazy("引语"),
    "picture": gettext_lazy("图片"),
    "video": gettext_lazy("视频"),
}


def block_part(key: str) -> str:
    """Return the name of the part that a block of the story is, by its id."""
    return f"{_IN_STORY}{key}"


def is_block(part: str) -> bool:
    """Whether a part is a block of the story."""
    return part.startswith(_IN_STORY)


def _new_id() -> str:
    return str(uuid.uuid4())


@dataclass
class Block:
    """One block of the story.

    Attributes:
        kind: a key of BLOCK_LABELS.
        text: the words of a text, heading or quote; the caption of a picture; the title of a video.
        picture: key of a Picture, for a picture.
        bv: Bilibili's number of a video.
        url: the address of a video elsewhere.
        video: key of a Document, for a film of one's own; `picture` is its poster.
        id: stays with it wherever it is moved, as in the StreamField; it says nothing, so two are alike without.
    """

    kind: str
    text: str = ""
    picture: int | None = None
    bv: str = ""
    url: str = ""
    video: int | None = None
    id: str = field(default_factory=_new_id, compare=False)

    def value(self) -> Any:
        """Return the value of the StreamField's block of this kind, as JSON holds it."""
        if self.kind == "picture":
            return {"picture": self.picture, "caption": self.text}
        if self.kind == "video":
            return {
                "title": self.text,
                "bv": self.bv,
                "url": self.url,
                "file": self.video,
                "poster": self.picture,
            }
        return self.text

    @property
    def is_empty(self) -> bool:
        """Whether the block says nothing yet."""
        return not (self.text.strip() or self.picture or self.bv or self.url or self.video)


@dataclass
class PageContent:
    """Everything the unit decides about its page.

    Attributes:
        slogan: at most 40 characters.
        intro: at most 300 characters.
        cover: key of a Picture.
        story: the blocks in order.
        activities: keys of the chosen Activity records, by date.
        gallery: keys of the chosen Pictures, in order.
        press: keys of the chosen Materials that are press reports, newest first.
    """

    slogan: str = ""
    intro: str = ""
    cover: int | None = None
    story: list[Block] = field(default_factory=list)
    activities: list[int] = field(default_factory=list)
    gallery: list[int] = field(default_factory=list)
    press: list[int] = field(default_factory=list)

    def picture_keys(self) -> set[int]:
        """Return the keys of all pictures the page would show, those of activities aside."""
        keys = {self.cover, *self.gallery, *(block.picture for block in self.story)}
        return {key for key in keys if key}

    def video_keys(self) -> set[int]:
        """Return the keys of all films the page would show."""
        return {block.video for block in self.story if block.video}

    def answers(self) -> dict[str, Any]:
        """Return what is said as JSON by part; a part that says nothing has no key.

        Each block of the story is a part of its own (`block_part`); `story` holds their ids in order.
        """
        said = asdict(self)
        blocks, said["story"] = said["story"], [block.id for block in self.story]
        for block in blocks:
            part = block_part(block.pop("id"))
            said[part] = {name: value for name, value in block.items() if value}
        return {part: value for part, value in said.items() if value}

    @classmethod
    def of(cls, answers: Mapping[str, Any]) -> "PageContent":
        """Return the content that `answers` gave; None among them: the part says nothing."""
        said = {part: answer for part, answer in answers.items() if answer is not None}
        story = [
            Block(**said[block_part(key)], id=key)
            for key in said.get("story", [])
            if block_part(key) in said
        ]
        return cls(**{part: said[part] for part in PART_LABELS if part in said} | {"story": story})

    def without_empty_blocks(self) -> "PageContent":
        """Return the content as a revision keeps it."""
        return replace(self, story=[block for block in self.story if not block.is_empty])


class Offered(NamedTuple):
    """What a page may show, by key, in the order of its editor: what was gathered for its project."""

    pictures: dict[int, Picture]
    activities: dict[int, Activity]
    press: dict[int, Material]
    videos: dict[int, Document]

    def put_in_order(self, content: PageContent) -> PageContent:
        """Return the content in the order in which its editor lists things, without what is not there any more.

        Two contents that the editor shows alike are alike then.
        """
        by_day = sorted(self.activities, key=lambda key: (self.activities[key].date, key))
        return replace(
            content,
            cover=content.cover if content.cover in self.pictures else None,
            gallery=[key for key in self.pictures if key in content.gallery],
            activities=[key for key in by_day if key in content.activities],
            press=[key for key in self.press if key in content.press],
        )


def content_of(page: BrandPage) -> PageContent:
    """Return what the page's latest revision says (the draft, where there is a later one than the public page).

    It is read from the revision as stored: also what has been removed since, until `Offered.put_in_order` leaves it out.
    No query where the page came with its revision.
    """
    told = page.latest_revision.content
    return PageContent(
        slogan=told["slogan"],
        intro=_plain_lines(told["intro"]),
        cover=told["cover"],
        story=[_block(raw, place) for place, raw in enumerate(json.loads(told["story"]))],
        activities=[it["activity"] for it in told["shown_activities"] if it["activity"]],
        gallery=[it["picture"] for it in told["shown_pictures"]],
        press=[it["material"] for it in told["shown_press"] if it["material"]],
    )


def write(
    page: BrandPage, content: PageContent, *, actor: User, offered: Offered | None = None
) -> int:
    """Write the content as the page's next revision; nothing becomes public by it.

    Args:
        page: the page, possibly stale.
        content: keys of pictures and activities must belong to the page's project (`offered_to`).
        actor: the author of the revision.
        offered: what the page may show, where it has been asked already.

    Returns:
        The revision's number.

    Raises:
        Refused: the content names a picture or an activity of somebody else.
    """
    pictures, activities, press, videos = offered or offered_to(page)
    foreign = content.picture_keys() - pictures.keys()
    foreign |= set(content.activities) - activities.keys()
    foreign |= content.video_keys() - videos.keys()
    if foreign or set(content.press) - press.keys():
        raise Refused(_("选中的图片、视频、活动或报道不属于这个项目，请重新选择。"), code="guard")
    draft = page.get_latest_revision_as_object()
    draft.title = _title(page.project, draft.title)
    draft.slogan, draft.intro = content.slogan, content.intro
    draft.cover = pictures.get(content.cover)
    # Blocks keep their ids, so that the CMS compares revisions block by block.
    draft.story = draft.story.stream_block.to_python(
        [{"type": one.kind, "value": one.value(), "id": one.id} for one in content.story]
    )
    before = {chosen.activity_id: chosen for chosen in draft.shown_activities.all()}
    draft.shown_activities.set(
        [
            _told(activities[key], place, before.get(key))
            for place, key in enumerate(
                sorted(content.activities, key=lambda key: (activities[key].date, key))
            )
        ]
    )
    draft.shown_pictures.set(
        [
            BrandPagePicture(picture=pictures[key], caption=pictures[key].caption, sort_order=place)
            for place, key in enumerate(content.gallery)
        ]
    )
    draft.shown_press.set(
        [
            BrandPagePress(
                material=report,
                title=report.title,
                media=report.media,
                dated=report.dated,
                url=report.url,
                sort_order=place,
            )
            for place, report in enumerate(
                report for key, report in press.items() if key in content.press
            )
        ]
    )
    return draft.save_revision(user=actor).pk


def _title(project: Project, told: str) -> str:
    """Return the page's title: it follows an approved change of the project's; a title of its own stays (one query)."""
    former = project.change_requests.filter(
        aspect=ChangeAspect.TITLE, status=ChangeStatus.APPROVED, old_value=told
    )
    return project.title if former.exists() else told


def offered_to(page: BrandPage) -> Offered:
    """Return what the page may show: what was gathered for its project, newest first (five queries)."""
    project = page.project
    pictures = Picture.objects.filter(materials__project=project).order_by("-created_at", "-pk")
    activities = project.activities.prefetch_related("materials__picture")
    reports = Material.objects.filter(project=project, kind=MaterialKind.PRESS)
    reports = reports.order_by(F("dated").desc(nulls_last=True), "-pk")
    films = Document.objects.filter(materials__project=project).order_by("-created_at", "-pk")
    return Offered(
        *({it.pk: it for it in found} for found in (pictures, activities, reports, films))
    )


def missing_in(content: PageContent, offered: Offered) -> Iterator[str]:
    """Say what keeps a content from being sent to the review, in words for the unit."""
    pictures, activities = offered.pictures, offered.activities
    if not content.cover:
        yield _("还没有选封面图片。")
    if not content.intro.strip():
        yield _("还没有写简介。")
    if not any(block.kind == "text" and block.text.strip() for block in content.story):
        yield _("品牌故事至少要有一段文字。")
    shown = [pictures[key] for key in content.picture_keys() if key in pictures]
    shown += [
        picture
        for key in content.activities
        if key in activities and (picture := first_picture(activities[key]))
    ]
    told = {picture.pk: picture for picture in shown}.values()
    for block in content.story:
        if block.kind == "picture" and not block.picture:
            yield _("品牌故事里有一处图片还没有选。")
        elif block.kind == "video" and not (block.bv or block.url or block.video):
            yield _("品牌故事里的视频还没有选上传的视频，也没有写 BV 号或链接。")
    without_caption = [picture for picture in told if not picture.caption.strip()]
    if without_caption:
        yield _("有 %(count)d 张图片没有说明：%(names)s") % _named(without_caption)
    without_consent = [picture for picture in told if not picture.portrait_consent]
    if without_consent:
        yield _("有 %(count)d 张图片还没有确认肖像授权：%(names)s") % _named(without_consent)


def first_picture(activity: Activity) -> Picture | None:
    """Return the activity's first picture whose people agreed, else its first, else None (prefetched materials)."""
    pictures = [
        material.picture for material in reversed(activity.materials.all()) if material.picture
    ]
    return next((picture for picture in pictures if picture.portrait_consent), None) or next(
        iter(pictures), None
    )


def _told(activity: Activity, place: int, before: BrandPageActivity | None) -> BrandPageActivity:
    """Copy a record into the page."""
    return BrandPageActivity(
        pk=before.pk if before else None,
        activity=activity,
        date=activity.date,
        name=activity.name,
        participants=activity.participants,
        sentence=activity.sentence,
        picture=first_picture(activity),
        sort_order=place,
    )


def _block(raw: dict[str, Any], place: int) -> Block:
    kind, value, key = raw["type"], raw["value"], raw.get("id") or str(place)
    if kind == "picture":
        return Block(kind, text=value.get("caption") or "", picture=value.get("picture"), id=key)
    if kind == "video":
        return Block(
            kind,
            text=value.get("title") or "",
            bv=value.get("bv") or "",
            url=value.get("url") or "",
            video=value.get("file"),
            picture=value.get("poster"),
            id=key,
        )
    return Block(kind, text=_plain_lines(value), id=key)


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _named(pictures: list[Picture]) -> dict[str, Any]:
    return {"count": len(pictures), "names": named([picture.title for picture in pictures])}
