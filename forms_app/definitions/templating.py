"""Keeping the office's own template of a form: checked when it comes, taken away again."""

from dataclasses import dataclass

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.models import FormDefinition, FormTemplate
from forms_app.paper.placeholders import faults, hints
from forms_app.paper.word_opening import MAX_BYTES, only_sound, open_word
from portal.cms.files import uploads
from portal.lifecycle.door import Refused
from portal.lifecycle.office import only_the_office
from portal.units.models import User


class Misnamed(Exception):
    """A template with placeholders that mean nothing.

    Attributes:
        faults: each with the placeholder it is about.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Kept:
    """A template that was kept, and what it could do better."""

    template: FormTemplate
    hints: list[str]


def keep_template(definition: FormDefinition, *, upload: File, actor: User) -> Kept:
    """Keep a template in the place of the one before.

    Args:
        definition: a published form; the template is checked against its latest version.
        upload: a .docx with placeholders.
        actor: of the school union's office.

    Raises:
        Refused: not the office, or the form is not published.
        UploadRefused: no sound .docx.
        Misnamed: placeholders that mean nothing; nothing is changed.

    Side effects: a private file; the former one is deleted.
    """
    only_the_office(actor)
    version = definition.latest_version
    if version is None:
        raise Refused(_("表单还没有发布，发布以后再上传模板。"), code="guard")
    document = open_word(upload)
    with only_sound():
        found = faults(document, version.schema)
    if found:
        raise Misnamed(found)
    checked = uploads.check(upload, allowed={"docx"}, max_bytes=MAX_BYTES)
    with transaction.atomic():
        former = FormTemplate.objects.select_for_update().filter(definition=definition).first()
        template = FormTemplate(
            pk=former.pk if former else None,
            definition=definition,
            name=checked.name,
            uploaded_at=timezone.now(),
            uploaded_by=actor,
        )
        template.file.save(checked.name, ContentFile(checked.file.read()), save=False)
        template.save()
        if former:
            transaction.on_commit(lambda: former.file.delete(save=False))
    return Kept(template, hints(document, version.schema))


def drop_template(definition: FormDefinition, *, actor: User) -> None:
    """Take a template away: forms are drawn by the portal again.

    Raises:
        Refused: not the office.

    Side effects: row and file are deleted.
    """
    only_the_office(actor)
    with transaction.atomic():
        for template in FormTemplate.objects.select_for_update().filter(definition=definition):
            template.delete()
            transaction.on_commit(lambda file=template.file: file.delete(save=False))
