"""Headless preview: a front end elsewhere shows one unpublished revision to whoever holds a token of somebody who may see it.

A token names a revision and a person, holds for an hour, and is worth what its person may see at the moment it is used.
"""

import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.db.models import Model
from wagtail.models import Page, Revision

from portal.units.models import User

from ..files.access import files_of
from ..permissions import may_see_review

SALT = "headless preview"
SECONDS = 60 * 60
PARAMETER = "preview"  # at the address of a picture or document
FILES = (settings.MEDIA_URL, "/documents/")


def may_preview(user: User, page: Page) -> bool:
    """Return whether the person may see what of the page is not published: who edits it, and who is concerned with its review."""
    flow = page.current_workflow_state
    return user.is_active and (
        page.permissions_for_user(user).can_edit()
        or (flow is not None and may_see_review(user, page, flow))
    )


def front_end_address(revision: Revision, user: User) -> str:
    """Return where the front end shows the revision to the person; HEADLESS_PREVIEW_URL must be set."""
    joint = "&" if "?" in settings.HEADLESS_PREVIEW_URL else "?"
    return (
        f"{settings.HEADLESS_PREVIEW_URL}{joint}{urlencode({'token': token_for(revision, user)})}"
    )


def token_for(revision: Revision, user: User) -> str:
    """Return a token for one revision; the caller has asked `may_preview`."""
    return signing.dumps({"revision": revision.pk, "user": user.pk}, salt=SALT)


def previewed(token: str) -> Revision | None:
    """Return the revision that a token opens now.

    None where it is forged or older than an hour, or where its person may no longer see the page.
    """
    try:
        said = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    revision = Revision.objects.filter(pk=said["revision"]).first()
    user = User.objects.filter(pk=said["user"]).first()
    page = Page.objects.filter(pk=revision.object_id).first() if revision else None
    if user is None or page is None or not may_preview(user, page.specific):
        return None
    return revision


def opens_file(token: str, file: Model) -> bool:
    """Return whether a token opens a picture or document: one that its revision shows."""
    revision = previewed(token) if token else None
    return revision is not None and file.pk in files_of(revision)[file._meta.label]


def with_token(said: Any, token: str) -> Any:
    """Return an answer of the API in which the addresses of files carry the token."""
    if isinstance(said, dict):
        return {key: with_token(value, token) for key, value in said.items()}
    if isinstance(said, list):
        return [with_token(value, token) for value in said]
    if not isinstance(said, str):
        return said
    question = f"?{urlencode({PARAMETER: token})}"
    if said.removeprefix(settings.BASE_URL).startswith(FILES):
        return f"{said}{question}"
    # In a text with links to documents.
    return re.sub(
        rf'(?<=href=")(?:{"|".join(map(re.escape, FILES))})[^"]*', rf"\g<0>{question}", said
    )
