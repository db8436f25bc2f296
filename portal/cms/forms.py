"""The CMS's forms for pictures and documents: checked like every upload, with what is wrong beside the field."""

from django.core.exceptions import ValidationError
from django.core.files import File
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .media import check_document, check_picture
from .uploads import UploadRefused


class PictureForm(BaseImageForm):
    """Wagtail's picture form; location data is gone before anything is stored."""

    def clean_file(self) -> File:
        """Return the cleaned picture."""
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return upload
        try:
            return check_picture(upload).file
        except UploadRefused as refused:
            raise ValidationError(str(refused)) from refused


class DocumentForm(BaseDocumentForm):
    """Wagtail's document form; a file must be what it claims to be."""

    def clean_file(self) -> File:
        """Return the checked file."""
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return upload
        try:
            return check_document(upload).file
        except UploadRefused as refused:
            raise ValidationError(str(refused)) from refused
