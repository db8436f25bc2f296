"""Who may find pictures and documents in the CMS: lists, search boxes, choosers, the admin API, and single ones by address.

The office finds what is its own and what units have offered; a reviewer what public pages show and what is under review.
Everybody else with access to the CMS finds what is public; what he may read in the portal he reads there.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex, Revision, TaskState, WorkflowState
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from portal.lifecycle.door import Refused
from portal.units.models import User
from portal.units.permissions import is_school_union

from ..models import Document, Picture, ReviewTask
from .media import is_public, shown

File = type[Picture] | type[Document]
MediaReader = Callable[[User, Picture | Document], bool]
Offered = Callable[[File], QuerySet]
_readers: list[MediaReader] = []
_offered: list[Offered] = []

A_DAY = 24 * 60 * 60  # seconds


def register_media_reader(reader: MediaReader) -> None:
    """Register a rule by which somebody may read a file that is not public.

    Args:
        reader: takes a signed-in person and a Picture or Document, returns whether he may read it.
    """
    _readers.append(reader)


def may_read_drafts(user: User | AnonymousUser, file: Picture | Document) -> bool:
    """Return whether the person may read the file though no live page shows it.

    Those are who may find it in the CMS, and whom an upper floor's rule lets in.
    """
    if not user.is_authenticated:
        return False
    if any(reader(user, file) for reader in _readers):
        return True
    in_cms = user.has_perm("wagtailadmin.access_admin")
    return in_cms and found_by(user, type(file)).filter(pk=file.pk).exists()


def register_offered(offered: Offered) -> None:
    """Register what units have offered to the office.

    Args:
        offered: takes Picture or Document, returns a query set of keys.
    """
    _offered.append(offered)


def found_by(user: User, model: File) -> QuerySet:
    """Return the pictures or documents that the person may find in the CMS."""
    files = model.objects.all()
    if not user.is_active:
        return files.none()
    if user.is_superuser:
        return files
    allowed = Q(pk__in=shown(model))
    if is_school_union(user):
        allowed |= Q(unit__isnull=True)
        for offered in _offered:
            allowed |= Q(pk__in=offered(model))
    if is_school_union(user) or ReviewTask.is_for(user):
        allowed |= Q(pk__in=under_review(model))
    return files.filter(allowed)


def under_review(model: File) -> set[int]:
    """Return the keys of the pictures or documents in the revisions that are under review now."""
    running = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    revisions = set(running.values_list("revision_id", flat=True)) - {None}
    # A revision never changes, so what it refers to can be kept.
    names = {f"files-of-revision-{key}": key for key in revisions}
    kept = cache.get_many(names)
    unknown = [key for name, key in names.items() if name not in kept]
    for revision in Revision.objects.filter(pk__in=unknown):
        files = files_of(revision)
        kept[f"files-of-revision-{revision.pk}"] = files
        cache.set(f"files-of-revision-{revision.pk}", files, A_DAY)
    return {key for files in kept.values() for key in files[model._meta.label]}


def files_of(revision: Revision) -> dict[str, list[int]]:
    """Return the keys of the files a revision refers to, by the label of their model."""
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in (Picture, Document)}
    found: dict[str, list[int]] = {model._meta.label: [] for model in kinds.values()}
    # The walk over fields, blocks and children that Wagtail's own reference index takes, of a page that is not saved.
    for kind, key, *_path in ReferenceIndex._extract_references_from_object(revision.as_object()):
        if kind in kinds:
            found[kinds[kind]._meta.label].append(int(key))
    return found


def why_not_change(file: Picture | Document) -> Refused | None:
    """Return why what people see of a file stays as it is; None where it may change.

    What three reviewers have read is what the public sees (design, section 4): a file that a live page shows, or that is under
    review, keeps its content and the words beside it.
    """
    if is_public(file):
        return Refused(
            _(
                "公开的页面正在用这个文件，文件本身、名称、说明和拍摄者都不能改。请另传一个，在页面里换上，再送审。"
            ),
            code="guard",
        )
    if file.pk in under_review(type(file)):
        return Refused(_("送审的页面里有这个文件，审核结束以后才能改。"), code="guard")
    return None


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's permissions by collection, narrowed to what the person may find."""

    def instances_user_has_any_permission_for(self, user: User, actions: Any) -> QuerySet:
        """Return the files on which the person may act so, among those he may find."""
        allowed = super().instances_user_has_any_permission_for(user, actions)
        if set(actions) == {"delete"}:
            allowed = allowed.exclude(pk__in=shown(self.model))
            allowed = allowed.exclude(pk__in=under_review(self.model))
        if not user.is_authenticated or user.is_superuser:
            return allowed
        return allowed.filter(pk__in=found_by(user, self.model).values("pk"))

    def user_has_any_permission_for_instance(
        self, user: User, actions: Any, instance: Model
    ) -> bool:
        """Return whether the person may act so on the file, and find it; nobody deletes what a page in use shows."""
        if set(actions) == {"delete"} and why_not_change(instance):
            return False
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        return user.is_superuser or found_by(user, self.model).filter(pk=instance.pk).exists()
