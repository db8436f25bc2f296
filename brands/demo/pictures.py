"""Pictures of the demo, drawn by the house itself: nobody is in them, and nothing has to be asked of anybody.

A film in `films/` is made of 144 such drawings in the hue of the line's category, the sun a little higher in each, which a
browser's encoder (H.264) made six seconds of.
"""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.rect import Rect

from brands.drawing import HUES, as_jpeg, draw, painted
from portal.units.models import User

from ..cultivation import recording
from ..models import Activity, Material, Project
from ..writing.content import Block
from .line import FILES, Event, Line

COVER = (1280, 800)
SCENE = (960, 600)
CREDIT = "示例图"
QUALITY = 80


def cover(line: Line, project: Project, *, year: int, actor: User, day: date) -> Material:
    """Draw a brand's cover for a year and keep it among the project's materials."""
    sheet = painted(f"{line.unit}-{year}", line.cover, COVER)
    material = _keep(
        project,
        as_jpeg(sheet.print(HUES[line.category]), quality=QUALITY),
        actor=actor,
        caption=f"{line.name}·{year}",
        day=day,
        name=f"{line.unit}-{year}-cover.jpg",
    )
    if sheet.disc:
        # No cut of it leaves half a sun.
        x, y, radius = (round(it * sheet.zoom) for it in sheet.disc)
        material.picture.set_focal_point(Rect(x - radius, y - radius, x + radius, y + radius))
        material.picture.save()
    return material


def view(line: Line, event: Event, project: Project, *, actor: User, day: date) -> Material:
    """Draw an activity that has no picture of its own and keep it among the project's materials, for the gallery."""
    return _keep(
        project,
        drawn(line, event.motif, f"{line.unit}-{project.project_no}-{event.name}"),
        actor=actor,
        caption=event.name[:50],
        day=day,
        name=f"{line.unit}-{day:%Y%m%d}-2.jpg",
    )


def scene(line: Line, event: Event, activity: Activity, *, content: bytes, actor: User) -> Material:
    """Keep a drawn picture of an activity with it."""
    return _keep(
        activity.project,
        content,
        actor=actor,
        caption=event.name[:50],
        day=activity.date,
        name=f"{line.unit}-{activity.date:%Y%m%d}.jpg",
        activity=activity,
    )


def film(line: Line, project: Project, *, actor: User, day: date) -> Block:
    """Keep a brand's film and its poster among the project's materials; returns the block of the story that shows it."""
    told, poster = (FILES / "films" / f"{line.unit}.{kind}" for kind in ("mp4", "jpg"))
    upload = SimpleUploadedFile(told.name, told.read_bytes(), "video/mp4")
    kept = recording.keep_video(project, upload, actor=actor, title=line.film)
    name = f"{line.unit}-{day.year}-film.jpg"
    still = _keep(project, poster.read_bytes(), actor=actor, caption=line.film, day=day, name=name)
    return Block("video", line.film, picture=still.picture_id, video=kept.video_id)


def again(material: Material) -> SimpleUploadedFile:
    """Return a picture of the collection as a person uploads it once more with the summary."""
    with material.picture.file.open() as file:
        return SimpleUploadedFile(f"{material.dated:%Y%m%d}.jpg", file.read(), "image/jpeg")


def drawn(line: Line, motif: str, seed: str, size: tuple[int, int] = SCENE) -> bytes:
    """Return a drawing in the hue of the line's category as a JPEG file."""
    return as_jpeg(draw(seed, HUES[line.category], motif, size), quality=QUALITY)


def _keep(
    project: Project,
    content: bytes,
    *,
    actor: User,
    caption: str,
    day: date,
    name: str,
    activity: Activity | None = None,
) -> Material:
    return recording.keep_picture(
        project,
        SimpleUploadedFile(name, content, "image/jpeg"),
        actor=actor,
        caption=caption,
        consent=True,
        taken_on=day,
        credit=CREDIT,
        activity=activity,
    )
