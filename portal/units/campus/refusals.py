"""Why the campus sign-in lets somebody in or not, in words for him; the audit record keeps them in Chinese."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Nobody is signed in.

    Attributes:
        title, words: what he reads.
        staff_no: the number that the campus gave, "" where it gave none.
        person: whose account it is, or None.
        trace: what a technician reads in the log.
    """

    status = 403
    may_change = True  # by trying once more
    title: Promise
    words: Promise

    def __init__(self, trace: str = "", *, staff_no: str = "", person: Any = None) -> None:
        super().__init__(trace)
        self.staff_no = staff_no
        self.person = person


class NotVouchedFor(Refusal):
    """The campus does not say who it is, or what came back does not fit what we sent."""

    title = _("这次没有登录成功")
    words = _("统一身份认证没有确认您的身份，或者这次登录已经用过、隔得太久。请重新登录一次。")


class Unreachable(Refusal):
    """The campus does not answer, or answers something else."""

    status = 503
    title = _("统一身份认证暂时没有应答")
    words = _("校园的登录系统现在连不上。请过一会儿再试；急用时，可以用本系统的账号和密码登录。")


class TooMany(Refusal):
    """His address has asked too often."""

    status = 429
    title = _("登录得太频繁")
    words = _("从这个网络来的登录请求太多。请过几分钟再试；急用时，可以用本系统的账号和密码登录。")


class NoAccount(Refusal):
    """The campus knows him, the portal does not; the campus would say the same once more."""

    may_change = False
    title = _("这里没有您的账号")
    words = _("统一身份认证确认了您的身份，但本系统里没有这个工号的账号。")


class Deactivated(NoAccount):
    """His account is closed."""

    title = _("您的账号已停用")
    words = _("统一身份认证确认了您的身份，但您在本系统的账号已经停用。")


class OwnDoor(NoAccount):
    """His account opens by an invitation only."""

    title = _("请从邀请链接进入")
    words = _("您的账号凭邀请链接和验证码进入，不经过统一身份认证。")
