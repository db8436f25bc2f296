"""New definitions from old ones: next year's form, and one read from a file."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from portal.lifecycle.door import Refused
from portal.units.models import User

from .engine.schema import drawn
from .form_file import FormFile, definition_of
from .models import FormDefinition
from .permissions import may_design

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


def _admit(actor: User) -> None:
    if not may_design(actor):
        raise Refused(_("只有校工会办公室可以设计表单。"), code="forbidden")


def _keep(definition: FormDefinition, actor: User) -> FormDefinition:
    definition.save()
    definition.save_revision(user=actor)
    return definition
