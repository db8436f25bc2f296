"""The mail with which somebody sets a new password.

It goes through the outbox like all others: a page that sent it itself would take longer for a name that has an account, and
so tell a stranger which names have one. The link is made when the mail is sent and kept nowhere: whoever could read it in
the register could take the account.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.units.models import User
from portal.units.password_links import register_sender

from .kinds import register_kind
from .models import Message
from .posting import post

KIND = "password_link"


def _path_of(message: Message) -> str:
    person = message.recipient
    key = default_token_generator.make_token(person)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": key},
    )


register_kind(
    KIND,
    subject=_("重设登录密码"),
    text=_(
        "有人（应该是您自己）申请重设账号 {username} 的密码。请在 2 小时内打开下面的链接，设置新密码。\n\n"
        "如果不是您本人申请，请不要理会这封信，您的密码不会改变；多次收到，请告诉校工会办公室。"
    ),
    secret_path=_path_of,
)


@register_sender
def send(people: list[User]) -> None:
    """Put the mails into the outbox, for each person one a minute at most."""
    minute = f"{timezone.now():%Y%m%d%H%M}"
    for person in people:
        post(KIND, to=[person], about=minute, in_inbox=False, username=person.username)
