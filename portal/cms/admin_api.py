"""The admin API's lists of files, which Wagtail's screens read: only what the person may find in the CMS."""

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from .files.access import found_by
from .models import Document, Picture


class AdminPictures(ImagesAdminAPIViewSet):
    """Pictures that the person may find."""

    model = Picture

    def get_queryset(self) -> QuerySet[Picture]:
        """Return them oldest first."""
        return found_by(self.request.user, Picture).order_by("pk")


class AdminDocuments(DocumentsAdminAPIViewSet):
    """Documents that the person may find."""

    model = Document

    def get_queryset(self) -> QuerySet[Document]:
        """Return them oldest first."""
        return found_by(self.request.user, Document).order_by("pk")
