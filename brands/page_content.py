"""What a unit writes on its brand page, apart from Wagtail: read from a revision, compared, checked, written as a new one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cms.models import Document, Picture
from portal.lifecycle.door import Refused
from portal.units.models import User

from .models import (
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

# The kinds of the story, as the unit calls them.
BLOCK_LABELS: dict[str, Promise] = {
    "text": gettext_lazy("文字"),
    "heading": gettext_lazy("小标题"),
    "quote": gettext_lazy("引语"),
    "picture": gettext_lazy("图片"),
    "video": gettext_lazy("视频"),
}


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
    """

    kind: str
    text: str = ""
    picture: int | None = None
    bv: str = ""
    url: str = ""
    video: int | None = None

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

    def __str__(self) -> str:
        return " ".join(
            str(part)
            for part in (BLOCK_LABELS.get(self.kind, self.kind), self.text, self.bv, self.url)
            if part
        )


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


def content_of(page: BrandPage) -> PageContent:
    """Return what the page's latest revision says (the draft, where there is a later one than the public page)."""
    draft = page.get_latest_revision_as_object()
    return PageContent(
        slogan=draft.slogan,
        intro=draft.intro,
        cover=draft.cover_id,
        story=[_block(raw) for raw in draft.story.raw_data],
        activities=[
            chosen.activity_id for chosen in draft.shown_activities.all() if chosen.activity_id
        ],
        gallery=[chosen.picture_id for chosen in draft.shown_pictures.all()],
        press=[chosen.material_id for chosen in draft.shown_press.all() if chosen.material_id],
    )


def write(page: BrandPage, content: PageContent, *, actor: User) -> int:
    """Write the content as the page's next revision; nothing becomes public by it.

    Args:
        page: the page, possibly stale.
        content: keys of pictures and activities must belong to the page's project (`choices_of`).
        actor: the author of the revision.

    Returns:
        The revision's number.

    Raises:
        Refused: the content names a picture or an activity of somebody else.
    """
    pictures, activities = choices_of(page)
    press = press_of(page)
    foreign = content.picture_keys() - pictures.keys()
    foreign |= set(content.activities) - activities.keys()
    foreign |= content.video_keys() - videos_of(page).keys()
    if foreign or set(content.press) - press.keys():
        raise Refused(_("选中的图片、视频、活动或报道不属于这个项目，请重新选择。"), code="guard")
    draft = page.get_latest_revision_as_object()
    draft.title = _title(page.project, draft.title)
    draft.slogan, draft.intro = content.slogan, content.intro
    draft.cover = pictures.get(content.cover)
    # Blocks keep their ids where nothing moved, so that the CMS compares revisions block by block.
    ids = [raw.get("id") for raw in draft.story.raw_data]
    draft.story = draft.story.stream_block.to_python(
        [
            {
                "type": block.kind,
                "value": block.value(),
                **({"id": ids[place]} if place < len(ids) and ids[place] else {}),
            }
            for place, block in enumerate(content.story)
        ]
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


def choices_of(page: BrandPage) -> tuple[dict[int, Picture], dict[int, Activity]]:
    """Return the pictures and activities the page may show, by key: those of its project (three queries)."""
    project = page.project
    pictures = Picture.objects.filter(materials__project=project).order_by("-created_at", "-pk")
    activities = project.activities.prefetch_related("materials__picture")
    return {it.pk: it for it in pictures}, {it.pk: it for it in activities}


def videos_of(page: BrandPage) -> dict[int, Document]:
    """Return the films the page may show, by key, newest first: those uploaded for its project (one query)."""
    films = Document.objects.filter(materials__project=page.project_id)
    return {it.pk: it for it in films.order_by("-created_at", "-pk")}


def press_of(page: BrandPage) -> dict[int, Material]:
    """Return the press reports the page may name, by key, newest first: those of its project (one query)."""
    reports = Material.objects.filter(project=page.project_id, kind=MaterialKind.PRESS)
    return {it.pk: it for it in reports.order_by(F("dated").desc(nulls_last=True), "-pk")}


def missing(page: BrandPage) -> list[str]:
    """Return what keeps the draft from being sent to the review, in words for the unit."""
    content = content_of(page)
    pictures, activities = choices_of(page)
    return list(_missing(content, pictures, activities))


def _missing(
    content: PageContent, pictures: dict[int, Picture], activities: dict[int, Activity]
) -> Iterator[str]:
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


def differences(mine: PageContent, theirs: PageContent) -> list[tuple[str, str, str]]:
    """Return where two versions differ: (what, mine, theirs) in words."""
    rows = [
        (_("品牌口号"), mine.slogan, theirs.slogan),
        (_("简介"), mine.intro, theirs.intro),
        (_("品牌故事"), _lines(mine.story), _lines(theirs.story)),
        (_("封面图片"), _titles([mine.cover]), _titles([theirs.cover])),
        (_("图集"), _titles(mine.gallery), _titles(theirs.gallery)),
        (_("活动"), _names(mine.activities), _names(theirs.activities)),
        (_("媒体报道"), _reports(mine.press), _reports(theirs.press)),
    ]
    return [row for row in rows if row[1] != row[2]]


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


def _block(raw: dict[str, Any]) -> Block:
    kind, value = raw["type"], raw["value"]
    if kind == "picture":
        return Block(kind, text=value.get("caption") or "", picture=value.get("picture"))
    if kind == "video":
        return Block(
            kind,
            text=value.get("title") or "",
            bv=value.get("bv") or "",
            url=value.get("url") or "",
            video=value.get("file"),
            picture=value.get("poster"),
        )
    return Block(kind, text=value)


def _named(pictures: list[Picture]) -> dict[str, Any]:
    return {"count": len(pictures), "names": "、".join(picture.title for picture in pictures[:3])}


def _lines(story: list[Block]) -> str:
    return "\n".join(str(block) for block in story)


def _titles(keys: list[int | None]) -> str:
    titles = dict(
        Picture.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "title")
    )
    return "、".join(titles.get(key, "") for key in keys if key)


def _names(keys: list[int]) -> str:
    return "、".join(
        Activity.objects.filter(pk__in=keys).order_by("date", "pk").values_list("name", flat=True)
    )


def _reports(keys: list[int]) -> str:
    reports = Material.objects.filter(pk__in=keys).order_by("-dated", "-pk")
    return "、".join(reports.values_list("title", flat=True))
