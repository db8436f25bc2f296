"""What people are told about entries. Places: name (the reader), title, unit, call, comment, until, amount."""

from django.utils.translation import gettext_lazy as _

from portal.messaging.kinds import register_kind

register_kind(
    "entry_to_sign",
    subject=_("请您签署：{title}"),
    text=_("{unit}的《{title}》（{call}）已经填好，请您看过后签署意见。{until}"),
)
register_kind(
    "entry_returned",
    subject=_("退回修改：{title}"),
    text=_("《{title}》被退回修改，意见：“{comment}”。请修改后重新报送。{until}"),
)
register_kind(
    "entry_to_check",
    subject=_("待形式审查：{unit}《{title}》"),
    text=_("{unit}报送了《{title}》（{call}），请做形式审查。"),
)
register_kind(
    "entry_received",
    subject=_("已报送校工会：{title}"),
    text=_("《{title}》（{call}）的签署已经完成，校工会已收到。审查有结果会再告诉您。"),
)
register_kind(
    "entry_to_decide",
    subject=_("待决定：{unit}《{title}》"),
    text=_("{unit}的《{title}》评审已经结束，请研究决定。"),
)
register_kind(
    "entry_proposal",
    subject=_("校工会的调整建议：{title}"),
    text=_("校工会对《{title}》提出了调整建议：“{comment}”。请看改了什么，并答复同意或不同意。"),
)
register_kind(
    "entry_answered",
    subject=_("已答复调整建议：{unit}《{title}》"),
    text=_("{unit}答复了《{title}》的调整建议。{comment}"),
)
register_kind(
    "entry_in_notice",
    subject=_("进入公示：{title}"),
    text=_("《{title}》拟予立项，已进入公示。公示期满没有异议即正式公布。"),
)
register_kind(
    "entry_reopened",
    subject=_("重新决定：{title}"),
    text=_("公示期间的异议成立，《{title}》将重新决定：“{comment}”。"),
)
register_kind(
    "entry_approved",
    subject=_("已立项：{title}"),
    text=_("祝贺！《{title}》已经立项，批准经费 {amount} 元。可以开始开展活动、记录过程了。"),
)
register_kind(
    "entry_rejected",
    subject=_("未立项：{title}"),
    text=_("《{title}》这次没有立项：“{comment}”。欢迎完善后下一年度再申报。"),
)
register_kind(
    "entry_evaluated",
    subject=_("评审结束：{title}"),
    text=_("《{title}》的总结材料已经完成评审，校工会将给出验收结论。"),
)
register_kind(
    "entry_withdrawn",
    subject=_("已撤回：{unit}《{title}》"),
    text=_("{unit}撤回了《{title}》（{call}），不需要再处理。{comment}"),
)
register_kind(
    "review_again",
    subject=_("请复核评分：{title}"),
    text=_(
        "{unit}修改后重新报送了《{title}》，请看过新的内容，复核评分后再提交。您原来的分数还在，作为草稿可以改。"
    ),
)
