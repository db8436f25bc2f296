"""The CMS's forms for pictures and documents: checked like every upload, with what is wrong beside the field."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .files.access import why_not_change
from .files.media import check_document, check_picture
from .files.uploads import UploadRefused

# What people see of a file, in any of the pages that use it.
SEEN = ("file", "title", "description", "caption", "credit")


class FileForm:
    """For the forms of files: what the public sees, or reviewers are reading, changes by a new review only."""

    def clean(self) -> dict[str, Any]:
        """Refuse changes of what people see of a file in use, at the fields concerned."""
        cleaned = super().clean()
        changed = [name for name in SEEN if name in self.changed_data]
        if self.instance.pk and changed and (refusal := why_not_change(self.instance)):
            for name in changed:
                self.add_error(name, str(refusal))
        return cleaned


class PictureForm(FileForm, BaseImageForm):
    """Wagtail's picture form; location data is gone before anything is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["caption"].help_text = _(
            "图上有谁、在做什么，最多 50 字。显示在图片下面，看不见图的人听到的也是这一句。"
        )

    def clean_file(self) -> File:
        """Return the cleaned picture."""
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return upload
        try:
            return check_picture(upload).file
        except UploadRefused as refused:
            raise ValidationError(str(refused)) from refused


class DocumentForm(FileForm, BaseDocumentForm):
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
