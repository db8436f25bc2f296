"""Drawings from old ones: next year's form, one read from a file, and an earlier version as the draft again."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from forms_app.engine.schema import drawn
from forms_app.models import FormDefinition, FormVersion
from forms_app.permissions import may_design
from portal.lifecycle.door import Refused
from portal.units.models import User

from . import form_file
from .form_file import FormFile, definition_of

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def next_name(name: str, year: int) -> str:
    """Return how next year's form is called: the year in its name counted on, or `year` put behind it."""
    if YEAR.search(name):
        return YEAR.sub(lambda found: str(int(found[1]) + 1), name)
    return _("%(name)s（%(year)d年度）") % {"name": name, "year": year}


@transaction.atomic
def duplicate(definition: FormDefinition, *, name: str, actor: User) -> FormDefinition:
    """Return a copy of a form as it is drawn now (its draft where it has one), under another name, not published.

    Raises:
        Refused: the person does not design forms.

    Side effects: a FormDefinition with its first revision; the original and its versions stay as they are.
    """
    _admit(actor)
    drawing = definition.get_latest_revision_as_object()
    return _keep(
        FormDefinition(name=name, kind=definition.kind, live=False, **drawn(drawing.schema)), actor
    )


@transaction.atomic
def create(file: FormFile, *, name: str, actor: User) -> FormDefinition:
    """Return the form that was read from a file, as a draft.

    Raises:
        Refused: the person does not design forms.

    Side effects: a FormDefinition with its first revision, not published.
    """
    _admit(actor)
    definition = definition_of(file)
    definition.name = name
    return _keep(definition, actor)


@transaction.atomic
def restore(version: FormVersion, *, actor: User) -> FormDefinition:
    """Return a form whose draft is one of its versions again; units go on with what is published until it is.

    Args:
        version: any version of the form; publishing the draft unchanged makes it the one in use, under its old number.

    Raises:
        Refused: the person does not design forms, or something in the version cannot be drawn any more.

    Side effects: one more revision; the draft it takes the place of stays in the form's history.
    """
    _admit(actor)
    FormDefinition.objects.select_for_update().get(pk=version.definition_id)
    drawing = version.definition.get_latest_revision_as_object()
    try:
        form_file.read(form_file.write(drawing.name, drawing.kind, version.schema))
    except form_file.BadFile as bad:
        raise Refused(bad.faults[0], code="guard") from bad
    for name, text in drawn(version.schema).items():
        setattr(drawing, name, drawing._meta.get_field(name).to_python(text))
    drawing.save_revision(user=actor, log_action=True)
    return drawing


def _admit(actor: User) -> None:
    if not may_design(actor):
        raise Refused(_("只有校工会办公室可以设计表单。"), code="forbidden")


def _keep(definition: FormDefinition, actor: User) -> FormDefinition:
    definition.save()
    definition.save_revision(user=actor)
    return definition
