"""Freezing what the office has published into a version that never changes."""

from django.db import transaction
from django.utils.translation import gettext as _

from forms_app.engine.schema import digest
from forms_app.engine.schema_checks import faults
from forms_app.models import FormDefinition, FormVersion
from portal.lifecycle.door import Refused
from portal.units.models import User


def freeze(definition: FormDefinition, *, actor: User | None) -> FormVersion:
    """Return the version that holds a definition's present content, adding it where it is new.

    Args:
        definition: as it has just been published.
        actor: who published it; None for the set-up.

    Raises:
        Refused: the drawing has faults.

    Side effects: at most one new FormVersion, numbered on from the last; the same content is never frozen twice.
    """
    schema = definition.schema
    found = faults(schema, kind=definition.kind)
    if found:
        raise Refused(_("表单还不能发布：%(fault)s") % {"fault": found[0]}, code="guard")
    content = digest(schema)
    with transaction.atomic():
        # The lock makes two publications in the same moment number one after the other.
        FormDefinition.objects.select_for_update().get(pk=definition.pk)
        version = definition.versions.filter(digest=content).first()
        if version is None:
            last = definition.versions.order_by("-number").first()
            version = FormVersion.objects.create(
                definition=definition,
                number=last.number + 1 if last else 1,
                schema=schema,
                digest=content,
                created_by=actor,
            )
    definition.__dict__.pop("latest_version", None)
    return version
