"""The words of a message, made from its kind and its context when it is read or sent."""

from django.utils.translation import gettext as _

from .kinds import get_kind
from .models import Message


def render(message: Message) -> tuple[str, str]:
    """Return a message's subject and text.

    Raises:
        KeyError: the kind is not registered, or its text names a place that the context does not fill.
    """
    kind = get_kind(message.kind)
    places = {"name": message.recipient.name, **message.context}
    return str(kind.subject).format_map(places), str(kind.text).format_map(places)


def render_or_name(message: Message) -> tuple[str, str]:
    """Return a message's subject and text for a list; of one whose kind is no longer known, its code and nothing."""
    try:
        return render(message)
    except LookupError:
        return message.kind, ""


def render_mail(message: Message, *, address: str) -> tuple[str, str]:
    """Return the subject and the plain-text body of the e-mail.

    Args:
        message: the message.
        address: where this portal is reached, without a slash at the end.

    Raises:
        KeyError: as `render`.
    """
    subject, text = render(message)
    lines = [_("%(name)s，您好：") % {"name": message.recipient.name}, "", text]
    secret_path = get_kind(message.kind).secret_path
    if path := secret_path(message) if secret_path else message.path:
        lines += ["", _("打开：%(address)s") % {"address": f"{address}{path}"}]
    lines += ["", _("这封邮件由一会一品平台自动发出，请不要直接回复。")]
    return f"【一会一品】{subject}", "\n".join(lines)
