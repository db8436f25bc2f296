"""What is gathered during cultivation: activities, materials, and the school union's guidance."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.cms.files.access import why_not_change
from portal.cms.files.media import check_film, check_picture, is_public, store_film, store_picture
from portal.lifecycle.door import Refused, carry_out
from portal.messaging.posting import post
from portal.units.models import Post, User
from portal.units.permissions import holders

from .. import messages
from ..models import Activity, GuidanceNote, Material, MaterialKind, Project, ProjectStatus
from ..permissions import belongs_to_unit, may_oversee, why_not_record
from ..writing.content import content_of

PICTURES_AT_ONCE = 9


class PictureRefused(Refused):
    """What was asked of one picture of a record cannot be done; so nothing was."""

    def __init__(self, material: Material, refusal: Refused) -> None:
        super().__init__(str(refusal), code=refusal.code)
        self.material = material


def record_activity(
    project: Project, *, actor: User, fields: dict[str, Any], materials: Sequence[Material] = ()
) -> Activity:
    """Record what the unit did; the first record begins cultivation.

    Args:
        fields: date, name, place, participants, sentence, url, offered.
        materials: pictures already uploaded for it.

    Raises:
        Refused: not this person's, or the project is over.
    """
    with transaction.atomic():
        project = _lock(project, actor)
        if project.status == ProjectStatus.ESTABLISHED:
            carry_out(project, "start", actor=actor)
        activity = Activity.objects.create(project=project, created_by=actor, **fields)
        Material.objects.filter(pk__in=[material.pk for material in materials]).update(
            activity=activity
        )
        _collect_report(activity, actor)
    return activity


def change_activity(
    activity: Activity,
    *,
    actor: User,
    fields: dict[str, Any],
    materials: Sequence[Material] = (),
    told: Mapping[Material, dict[str, Any]] = MappingProxyType({}),
    removed: Sequence[Material] = (),
) -> Activity:
    """Correct a record and its pictures, all of it or nothing. What a page has copied of it stays as the page tells it.

    Args:
        materials: pictures already uploaded for it, to be added.
        told: caption, credit and consent of pictures it has, as of `describe_picture`.
        removed: pictures it has that go, as of `remove_material`.

    Raises:
        PictureRefused: what was asked of a picture cannot be done.
        Refused: not this person's, or the project is over.
    """
    with transaction.atomic():
        _lock(activity.project, actor)
        before = activity.url
        for name, value in fields.items():
            setattr(activity, name, value)
        activity.save()
        for material, said in told.items():
            _for_picture(material, describe_picture, actor=actor, **said)
        for material in removed:
            _for_picture(material, remove_material, actor=actor)
        Material.objects.filter(pk__in=[material.pk for material in materials]).update(
            activity=activity
        )
        if activity.url != before:
            _collect_report(activity, actor)
    return activity


def remove_activity(activity: Activity, *, actor: User) -> None:
    """Remove a record; its pictures stay in the project's collection.

    Raises:
        Refused: not this person's, or the project is over.
    """
    with transaction.atomic():
        _lock(activity.project, actor)
        activity.delete()


def offer(activity: Activity, *, actor: User, offered: bool) -> None:
    """Propose an activity for the brand page, or take the proposal back. It publishes nothing.

    Raises:
        Refused: not this person's, or the project is over.
    """
    with transaction.atomic():
        _lock(activity.project, actor)
        activity.offered = offered
        activity.save(update_fields=["offered"])


def keep_picture(
    project: Project,
    upload: File,
    *,
    actor: User,
    caption: str = "",
    consent: bool = False,
    taken_on: date | None = None,
    credit: str = "",
    activity: Activity | None = None,
) -> Material:
    """Keep an uploaded picture among the project's materials; private until a live page shows it.

    Args:
        upload: the file as it came.
        caption: at most 50 characters.
        consent: whether everybody in it agreed to be shown.

    Raises:
        Refused: not this person's, or the project is over.
        UploadRefused: the file is not taken; the reason is for the person.
    """
    if refusal := why_not_record(actor, project):
        raise refusal
    checked = check_picture(upload)
    with transaction.atomic():
        project = _lock(project, actor)
        picture = store_picture(
            checked,
            title=caption or (upload.name or "")[:80],
            actor=actor,
            unit=project.unit,
            caption=caption,
            credit=credit,
            taken_on=taken_on,
            consent=consent,
        )
        return Material.objects.create(
            project=project,
            activity=activity,
            kind=MaterialKind.PICTURE,
            picture=picture,
            title=caption,
            dated=taken_on,
            created_by=actor,
        )


def describe_picture(
    material: Material, *, actor: User, caption: str, credit: str, consent: bool
) -> None:
    """Say what a picture shows, who took it and whether those in it agreed.

    Raises:
        Refused: not this person's, the project is over, or it would change what the public sees or reviewers are reading.
    """
    with transaction.atomic():
        _lock(material.project, actor)
        _tell(material, caption=caption, credit=credit, consent=consent)


def retell_pictures(
    materials: Sequence[Material],
    *,
    actor: User,
    caption: str,
    credit: str,
    consent: bool,
    taken_on: date,
) -> None:
    """Say of pictures that came before their record was right what its last words say.

    Args:
        materials: pictures of one project that this person uploaded for the record.

    Raises:
        Refused: as for `describe_picture`; then none of them is changed.
    """
    with transaction.atomic():
        for material in materials:
            _lock(material.project, actor)
            _tell(material, caption=caption, credit=credit, consent=consent)
            material.picture.taken_on = material.dated = taken_on
            material.picture.save(update_fields=["taken_on"])
            material.save(update_fields=["dated"])


def keep_link(project: Project, *, actor: User, kind: str, fields: dict[str, Any]) -> Material:
    """Keep the address of a press report or a video.

    Args:
        kind: MaterialKind.PRESS or VIDEO.
        fields: title, url; media, dated, activity.

    Raises:
        Refused: not this person's, or the project is over.
    """
    with transaction.atomic():
        project = _lock(project, actor)
        return Material.objects.create(project=project, kind=kind, created_by=actor, **fields)


def keep_video(project: Project, upload: File, *, actor: User, title: str) -> Material:
    """Keep an uploaded film among the project's materials; private until a live page shows it.

    Args:
        upload: an MP4 as it came; what it tells of the place is blanked.
        title: at most 80 characters.

    Raises:
        Refused: not this person's, or the project is over.
        UploadRefused: the file is not taken; the reason is for the person.
    """
    if refusal := why_not_record(actor, project):
        raise refusal
    checked = check_film(upload)
    with transaction.atomic():
        project = _lock(project, actor)
        video = store_film(checked, title=title, actor=actor, unit=project.unit)
        return Material.objects.create(
            project=project, kind=MaterialKind.VIDEO, video=video, title=title, created_by=actor
        )


def remove_material(material: Material, *, actor: User) -> None:
    """Remove an item of the collection, and its picture or film with it.

    Raises:
        Refused: not this person's, the project is over, or a page shows the picture or the film.
    """
    with transaction.atomic():
        _lock(material.project, actor)
        content = content_of(material.project.page)
        picture, video = material.picture, material.video
        if picture and (is_public(picture) or picture.pk in content.picture_keys()):
            raise Refused(_("这张图片用在品牌页上，请先从品牌页里拿掉。"), code="guard")
        if video and (is_public(video) or video.pk in content.video_keys()):
            raise Refused(_("这段视频用在品牌页上，请先从品牌页里拿掉。"), code="guard")
        material.delete()
        for file in filter(None, (picture, video)):
            file.delete()


def write_guidance(project: Project, *, actor: User, text: str) -> GuidanceNote:
    """Tell the unit how to go on.

    Args:
        text: at most 500 characters.

    Raises:
        Refused: not the office, or nothing was written.

    Side effects: messages to the unit's officer and chair.
    """
    if not may_oversee(actor, project):
        raise Refused(_("只有校工会办公室（本单位的人回避）可以写指导意见。"), code="forbidden")
    if not text.strip():
        raise Refused(_("请写指导意见。"), code="guard")
    with transaction.atomic():
        note = GuidanceNote.objects.create(project=project, text=text.strip(), written_by=actor)
        post(
            messages.GUIDANCE,
            to=holders(project.unit, Post.OFFICER, Post.CHAIR),
            about=f"guidance:{note.pk}",
            path=project.my_path,
            title=project.title,
            text=note.text,
        )
    return note


def read_guidance(note: GuidanceNote, *, actor: User) -> None:
    """Confirm for the unit that a note was read; the first confirmation stays.

    Raises:
        Refused: not somebody of the unit.
    """
    if not belongs_to_unit(actor, note.project):
        raise Refused(_("只有本单位的人可以确认已阅。"), code="forbidden")
    GuidanceNote.objects.filter(Q(pk=note.pk), read_at__isnull=True).update(
        read_at=timezone.now(), read_by=actor
    )


def _for_picture(material: Material, act: Callable[..., None], **details: Any) -> None:
    try:
        act(material, **details)
    except Refused as refusal:
        raise PictureRefused(material, refusal) from refusal


def _collect_report(activity: Activity, actor: User) -> None:
    """Put the report that a record names among the project's materials, where the brand page chooses from; once for each address.

    An address that was mended stays one report.
    """
    reports = Material.objects.filter(project=activity.project, kind=MaterialKind.PRESS)
    if not activity.url or reports.filter(url=activity.url).exists():
        return
    said = {"title": activity.name, "url": activity.url, "dated": activity.date}
    if not reports.filter(activity=activity).update(**said):
        keep_link(
            activity.project,
            actor=actor,
            kind=MaterialKind.PRESS,
            fields={**said, "activity": activity},
        )


def _tell(material: Material, *, caption: str, credit: str, consent: bool) -> None:
    """Change what is said of a picture; inside a transaction that holds the project.

    Raises:
        Refused: it would change what the public sees or reviewers are reading.
    """
    picture = material.picture
    picture.refresh_from_db(fields=["caption", "credit", "portrait_consent", "title"])
    if picture.portrait_consent and not consent and is_public(picture):
        raise Refused(
            _("这张图片正在品牌页上公开。请先从品牌页中拿掉并送审，或联系校工会撤下页面。"),
            code="guard",
        )
    if (picture.caption, picture.credit) != (caption, credit) and (
        refusal := why_not_change(picture)
    ):
        raise refusal
    picture.caption, picture.credit, picture.portrait_consent = caption, credit, consent
    picture.title = caption or picture.title
    picture.save(update_fields=["caption", "credit", "portrait_consent", "title"])
    material.title = caption
    material.save(update_fields=["title"])


def _lock(project: Project, actor: User) -> Project:
    """Return the project's row, locked for a change of what is gathered in it; inside a transaction.

    Raises:
        Refused: not this person's, or the project is over.
    """
    locked = (
        Project.objects.select_for_update(of=("self",)).select_related("unit").get(pk=project.pk)
    )
    if refusal := why_not_record(actor, locked):
        raise refusal
    return locked
