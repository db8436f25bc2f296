"""A call's form before anybody has begun: for whoever wants to see what is asked, or to prepare it, without signing in."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..engine.context import FillingContext
from ..models import CallPage, FormVersion
from .sheet import Sheet, parts_of, title_of
from .word_writing import word_form


def blank_form(call: CallPage, version: FormVersion) -> bytes:
    """Return a call's empty form as .docx, in Chinese whoever asks; filled in, it is read back into a draft like any other.

    Args:
        call: with the programme year joined.
        version: of the call's form, with the definition joined.
    """
    context = FillingContext(year=call.programme_year.year)
    with override("zh-hans"):
        sheet = Sheet(
            title=title_of(version.definition),
            head=str(call.programme_year),
            foot=_("在 Word 里填写，再上传到系统"),
            address="",
            parts=parts_of(version.schema, {}, context, fill_in=True),
            fill_in=True,
        )
    return word_form(sheet)
