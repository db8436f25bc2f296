"""What is wrong in what the office typed, told at the top of its page with links to the fields."""

from django.contrib import messages
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext


def tell_mistakes(request: HttpRequest, *forms: BaseForm) -> None:
    """Tell how many things are to be mended and lead to each; the reader's focus goes there.

    Args:
        forms: validated; those without errors say nothing. A field of a row is called what a screen reader calls it.

    Side effects: a message for the page that is shown next.
    """
    wrong = [
        (field.id_for_label or field.auto_id, _name(field), error)
        for form in forms
        for field in form
        for error in field.errors
    ]
    whole = [(error,) for form in forms for error in form.non_field_errors()]
    count = len(wrong) + len(whole)
    words = ngettext(
        "有 %(count)s 处要改，填过的内容都在：", "有 %(count)s 处要改，填过的内容都在：", count
    ) % {"count": count}
    messages.error(
        request,
        format_html(
            '<span tabindex="-1" autofocus>{}</span>{}{}',
            words,
            format_html_join("", "<br>{}", whole),
            format_html_join("", '<br><a href="#{}">{}</a>：{}', wrong),
        ),
    )


def _name(field: BoundField) -> str:
    """Return the label, or what tells a row's field from the same one in another row."""
    return field.field.widget.attrs.get("aria-label") or field.label
