"""What the year of a project tells people."""

from django.utils.translation import gettext_lazy as _

from portal.messaging.kinds import register_kind

ESTABLISHED = "project_established"
ESTABLISHED_AT_ONCE = "project_established_at_once"
GUIDANCE = "project_guidance"
TO_ACCEPT = "project_to_accept"
ACCEPTED = "project_accepted"
RECTIFYING = "project_rectifying"
FAILED = "project_failed"
AWARDED = "project_awarded"
ARCHIVED = "project_archived"
TERMINATED = "project_terminated"
REVOKED = "project_revoked"

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
