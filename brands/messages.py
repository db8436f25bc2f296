"""What the year of a project tells people."""

from django.utils.translation import gettext_lazy as _

from portal.messaging.kinds import register_kind

ESTABLISHED = "project_established"
ESTABLISHED_AT_ONCE = "project_established_at_once"
SUMMARY_DUE = "project_summary_due"
GUIDANCE = "project_guidance"
TO_ACCEPT = "project_to_accept"
ACCEPTED = "project_accepted"
RECTIFYING = "project_rectifying"
FAILED = "project_failed"
AWARDED = "project_awarded"
ARCHIVED = "project_archived"
TERMINATED = "project_terminated"
REVOKED = "project_revoked"
MIDTERM_ASKED = "midterm_asked"
MIDTERM_REMINDER = "midterm_reminder"
MIDTERM_ARRIVED = "midterm_arrived"
MIDTERM_SENT = "midterm_sent"
MIDTERM_REDATED = "midterm_redated"
MIDTERM_RETURNED = "midterm_returned"
MIDTERM_CONCLUDED = "midterm_concluded"
CHANGE_ASKED = "change_asked"
CHANGE_SENT = "change_sent"
CHANGE_APPROVED = "change_approved"
CHANGE_REJECTED = "change_rejected"

register_kind(
    ESTABLISHED,
    subject=_("已立项：{title}（{project_no}）"),
    text=_(
        "《{title}》已经立项，立项编号 {project_no}，批准经费 {granted} 元。"
        "品牌页的草稿已按核准内容建好，请边做边记录活动，年内完善品牌页并送审。"
    ),
)
register_kind(
    ESTABLISHED_AT_ONCE,
    subject=_("已立项：{title}（{project_no}）"),
    text=_(
        "{letter}\n立项编号 {project_no}。品牌页的草稿已按核准内容建好，请边做边记录活动，年内完善品牌页并送审。"
    ),
)
register_kind(
    SUMMARY_DUE,
    subject=_("请填写总结表：{title}，{until}截止"),
    text=_("可以填写《{title}》的总结表了，{until} 截止。活动记录和立项内容会自动带进去。"),
)
register_kind(
    GUIDANCE,
    subject=_("校工会的指导意见：{title}"),
    text=_("校工会对《{title}》的指导意见：{text} 看过后请点“已阅”。"),
)
register_kind(
    TO_ACCEPT,
    subject=_("可以验收了：{title}（{project_no}）"),
    text=_("《{title}》的总结表已经完成评审，请给出验收等次和意见。"),
)
register_kind(
    ACCEPTED,
    subject=_("通过验收：{title}"),
    text=_("《{title}》通过验收，等次：{grade}。{opinion}"),
)
register_kind(
    RECTIFYING,
    subject=_("请限期整改：{title}"),
    text=_("《{title}》需要整改，请在 {until} 前重新填写总结表并报送。验收意见：{opinion}"),
)
register_kind(
    FAILED,
    subject=_("未通过验收：{title}"),
    text=_("《{title}》没有通过验收。验收意见：{opinion}"),
)
register_kind(
    AWARDED,
    subject=_("获得表彰：{title}"),
    text=_("祝贺！《{title}》获得“{award}”。奖项会显示在品牌页和表彰名单上。"),
)
register_kind(
    ARCHIVED,
    subject=_("已归档：{title}"),
    text=_("《{title}》这一年的工作已经归档，记录和素材都保留。"),
)
register_kind(
    TERMINATED,
    subject=_("项目终止：{title}"),
    text=_("《{title}》已经终止。理由：{reason}"),
)
register_kind(
    REVOKED,
    subject=_("项目撤项：{title}"),
    text=_("《{title}》已被撤项，品牌页不再公开。理由：{reason}"),
)
register_kind(
    MIDTERM_ASKED,
    subject=_("中期检查：{title}，{until}前交"),
    text=_(
        "请在 {until} 前（含当日）交《{title}》的中期检查：{looks_at} 手机上填一张短表就行，已记录的活动列在旁边，不用再写一遍。"
    ),
)
register_kind(
    MIDTERM_REMINDER,
    subject=_("中期检查还没有交：{title}"),
    text=_("《{title}》的中期检查还没有交，期限是 {until}。"),
)
register_kind(
    MIDTERM_ARRIVED,
    subject=_("中期检查待阅：{unit}《{title}》"),
    text=_("{unit}交来了《{title}》的中期检查，请审阅并作结论。"),
)
register_kind(
    MIDTERM_SENT,
    subject=_("中期检查已交：{title}"),
    text=_("{who}已把《{title}》的中期检查交给校工会，结论会通知您。"),
)
register_kind(
    MIDTERM_REDATED,
    subject=_("中期检查的期限改为{until}：{title}"),
    text=_("校工会把《{title}》中期检查的期限改为 {until}（含当日）。"),
)
register_kind(
    MIDTERM_RETURNED,
    subject=_("中期检查退回修改：{title}"),
    text=_("《{title}》的中期检查请修改后在 {until} 前（含当日）再交。校工会的意见：{reason}"),
)
register_kind(
    MIDTERM_CONCLUDED,
    subject=_("中期检查结论：{title}，{conclusion}"),
    text=_("《{title}》的中期检查，校工会的结论：{conclusion}。{opinion}"),
)
register_kind(
    CHANGE_ASKED,
    subject=_("{what}申请待决定：{unit}《{title}》"),
    text=_("{unit}为《{title}》申请{what}。{wanted}理由：{reason}"),
)
register_kind(
    CHANGE_SENT,
    subject=_("已申请{what}：{title}"),
    text=_("{who}为《{title}》向校工会申请{what}。{wanted}结果会通知您。"),
)
register_kind(
    CHANGE_APPROVED,
    subject=_("已同意{what}：{title}"),
    text=_("校工会同意了《{title}》的{what}。{wanted}{answer}"),
)
register_kind(
    CHANGE_REJECTED,
    subject=_("未同意{what}：{title}"),
    text=_("校工会没有同意《{title}》的{what}。理由：{answer}"),
)
