"""What the review of pages tells people; written from the workflow's signals, in their transaction."""

from django.utils.translation import gettext_lazy as _

from portal.messaging.kinds import register_kind

REVIEW_WAITING = "review_waiting"
PAGE_RETURNED = "page_returned"
PAGE_PUBLISHED = "page_published"
PAGE_SCHEDULED = "page_scheduled"
PAGE_HELD = "page_held"
PAGE_REMARK = "page_remark"

register_kind(
    REVIEW_WAITING,
    subject=_("请审核：{title}（{stage}）"),
    text=_("{who}提交了《{title}》，现在轮到您{stage}。请看完待审的页面，再决定通过或退回。"),
)
register_kind(
    PAGE_RETURNED,
    subject=_("退回修改：{title}"),
    text=_(
        "《{title}》在{stage}时被{who}退回，原因：{reason}。改好以后请再次提交，审核从初审开始。"
    ),
)
register_kind(
    PAGE_PUBLISHED,
    subject=_("已通过终审：{title}"),
    text=_("《{title}》通过了初审、复审和终审，已经对外公开。"),
)
register_kind(
    PAGE_SCHEDULED,
    subject=_("已通过终审，待发布：{title}"),
    text=_("《{title}》通过了初审、复审和终审，将于{at}自动公开。"),
)
register_kind(
    PAGE_HELD,
    subject=_("到时间没有公开：{title}"),
    text=_("《{title}》到了公开的时间，没有公开。{reason}改好以后请再次提交，审核从初审开始。"),
)
register_kind(
    PAGE_REMARK,
    subject=_("审核留言：{title}"),
    text=_("{who}就《{title}》的审核留言：{text}"),
)
