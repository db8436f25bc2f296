"""What people are told about entries, reviews and calls.

Places: name (the reader), title, unit, call, colleague, comment, until, letter, count, reason, expert; each kind says which it uses.
"""

from django.utils.translation import gettext_lazy as _

from portal.messaging.kinds import register_kind

ENTRY_TO_SIGN = "entry_to_sign"
ENTRY_HANDED_OVER = "entry_handed_over"
ENTRY_RETURNED = "entry_returned"
ENTRY_FORM_MOVED = "entry_form_moved"
CALL_OPENED = "call_opened"
CALL_EXTENDED = "call_extended"
ENTRY_TO_CHECK = "entry_to_check"
ENTRY_RECEIVED = "entry_received"
ENTRY_TO_DECIDE = "entry_to_decide"
ENTRY_PROPOSAL = "entry_proposal"
ENTRY_ANSWERED = "entry_answered"
ENTRY_COUNTER_TAKEN = "entry_counter_taken"
DECISION_LETTER = "decision_letter"
ENTRY_REOPENED = "entry_reopened"
ENTRY_IN_NOTICE = "entry_in_notice"
ENTRY_APPROVED = "entry_approved"
ENTRY_REJECTED = "entry_rejected"
ENTRY_EVALUATED = "entry_evaluated"
ENTRY_WITHDRAWN = "entry_withdrawn"
ENTRY_TAKEN_BACK = "entry_taken_back"
REVIEW_AGAIN = "review_again"
CALL_REMINDER = "call_reminder"
CALL_REMINDER_LATE = "call_reminder_late"
REVIEWS_DONE = "reviews_done"
NOTICE_OVER = "notice_over"
NAME_TO_SETTLE = "name_to_settle"
EXPERT_INVITED = "expert_invited"
REVIEW_ASSIGNED = "review_assigned"
REVIEW_REMINDER = "review_reminder"
OBJECTION_RECEIVED = "objection_received"
REVIEW_REOPENED = "review_reopened"
REVIEW_TAKEN_BACK = "review_taken_back"
REVIEW_RECUSED = "review_recused"
REVIEW_RECUSAL_LIFTED = "review_recusal_lifted"

register_kind(
    ENTRY_TO_SIGN,
    subject=_("请您签署：{title}"),
    text=_("{unit}的《{title}》（{call}）已经填好，请您看过后签署意见。{until}"),
)
register_kind(
    ENTRY_HANDED_OVER,
    subject=_("请您接着填：{title}"),
    text=_("{colleague}请您接着填《{title}》（{call}）。{comment}"),
)
register_kind(
    ENTRY_RETURNED,
    subject=_("退回修改：{title}"),
    text=_("《{title}》被退回修改，意见：“{comment}”。请修改后重新报送。{until}"),
)
register_kind(
    ENTRY_FORM_MOVED,
    subject=_("表单有更新：{title}"),
    text=_("《{title}》的表单有更新：{comment}已经填的内容都在，请打开看一遍，补上新增的内容。"),
)
register_kind(
    CALL_OPENED,
    subject=_("可以申报了：{call}"),
    text=_("{unit}现在可以填写{year}年度的项目申报，{until} 截止。打开就可以填写，随时保存。"),
)
register_kind(
    CALL_EXTENDED,
    subject=_("已为本单位延长到{until}：{call}"),
    text=_("校工会已为{unit}把“{call}”的截止时间延长到{until}。原因：{comment}"),
)
register_kind(
    ENTRY_TO_CHECK,
    subject=_("待形式审查：{unit}《{title}》"),
    text=_("{unit}报送了《{title}》（{call}），请做形式审查。"),
)
register_kind(
    ENTRY_RECEIVED,
    subject=_("已报送校工会：{title}"),
    text=_("《{title}》（{call}）的签署已经完成，校工会已收到。审查有结果会再告诉您。"),
)
register_kind(
    ENTRY_TO_DECIDE,
    subject=_("待决定：{unit}《{title}》"),
    text=_("{unit}的《{title}》评审已经结束，请研究决定。"),
)
register_kind(
    ENTRY_PROPOSAL,
    subject=_("校工会的调整建议：{title}"),
    text=_(
        "校工会对《{title}》提出了调整建议：“{comment}”。请看改了什么，逐项答复：同意、不同意，或另提方案。"
    ),
)
register_kind(
    ENTRY_ANSWERED,
    subject=_("已答复调整建议：{unit}《{title}》"),
    text=_("{unit}答复了《{title}》的调整建议。{comment}"),
)
register_kind(
    ENTRY_COUNTER_TAKEN,
    subject=_("校工会采纳了你们的方案：{title}"),
    text=_("校工会采纳了你们对《{title}》另提的方案，将按双方商定的内容研究决定。"),
)
register_kind(
    DECISION_LETTER,
    subject=_("评审立项结果：{title}"),
    text=_("{letter}"),
)
register_kind(
    ENTRY_REOPENED,
    subject=_("重新决定：{title}"),
    text=_("公示期间的异议成立，《{title}》将重新决定：“{comment}”。"),
)
register_kind(
    ENTRY_IN_NOTICE,
    subject=_("进入公示：{title}"),
    text=_("《{title}》拟予立项，已进入公示。公示期满没有异议即正式公布。"),
)
register_kind(
    ENTRY_APPROVED,
    subject=_("已立项：{title}"),
    text=_("祝贺！《{title}》已经立项，批准经费 {amount} 元。可以开始开展活动、记录过程了。"),
)
register_kind(
    ENTRY_REJECTED,
    subject=_("未立项：{title}"),
    text=_("《{title}》这次没有立项：“{comment}”。欢迎完善后下一年度再申报。"),
)
register_kind(
    ENTRY_EVALUATED,
    subject=_("评审结束：{title}"),
    text=_("《{title}》的总结材料已经完成评审，校工会将给出验收结论。"),
)
register_kind(
    ENTRY_WITHDRAWN,
    subject=_("已放弃：{unit}《{title}》"),
    text=_("{unit}放弃了《{title}》（{call}），不需要再处理。{comment}"),
)
register_kind(
    ENTRY_TAKEN_BACK,
    subject=_("暂不用签署：{title}"),
    text=_("{colleague}收回了《{title}》（{call}）再改一改，暂时不用签署；重新报送时会再告诉您。"),
)
register_kind(
    REVIEW_AGAIN,
    subject=_("请复核评分：{title}"),
    text=_(
        "{unit}修改后重新报送了《{title}》，请看过新的内容，复核评分后再提交。您原来的分数还在，作为草稿可以改。"
    ),
)
register_kind(
    CALL_REMINDER,
    subject=_("请抓紧申报：{call}"),
    text=_("{unit}还没有报送{year}年度的项目申报，{until} 截止。打开就可以填写，随时保存。"),
)
register_kind(
    CALL_REMINDER_LATE,
    subject=_("申报已经截止：{call}"),
    text=_(
        "{unit}没有报送{year}年度的项目申报，{until} 已经截止。如还要申报，请与校工会联系延期；不申报的，请说明原因。"
    ),
)
register_kind(
    REVIEWS_DONE,
    subject=_("专家都评完了：{call}"),
    text=_("{call}有 {count} 份在评审，专家都已提交，可以结束评审。"),
)
register_kind(
    NOTICE_OVER,
    subject=_("公示期满：{call}"),
    text=_("{call}有 {count} 项公示期满，没有未办结异议的，可以一次公布。"),
)
register_kind(
    NAME_TO_SETTLE,
    subject=_("请认定是否回避：{title}"),
    text=_(
        "《{title}》里写有“{expert}”，与一位评审专家同名，没有写工号。请认定是不是同一个人；认定以前这一份不给他看。"
    ),
)
register_kind(
    EXPERT_INVITED,
    subject=_("请您担任评审专家：{call}"),
    text=_(
        "校工会邀请您评审申报（{call}）。请打开链接，输入校工会告诉您的验证码，{until}前有效。不需要注册，手机和电脑都可以评分。"
    ),
)
register_kind(
    REVIEW_ASSIGNED,
    subject=_("请评审{call}的申报"),
    text=_(
        "校工会请您评审 {count} 份申报（{call}）。用手机或电脑打开都可以评分，分数可以先存草稿。"
    ),
)
register_kind(
    REVIEW_REMINDER,
    subject=_("还有 {count} 份申报等您评审"),
    text=_("{call}还有 {count} 份申报等您提交评分，请抽空完成。"),
)
register_kind(
    OBJECTION_RECEIVED,
    subject=_("收到一条公示异议：{title}"),
    text=_("有人对公示中的“{title}”（{unit}）提出异议。核实并作出结论以前，这一项不能公布。"),
)
register_kind(
    REVIEW_REOPENED,
    subject=_("请修改评分：{title}"),
    text=_(
        "校工会重新打开了您对《{title}》（{unit}）的评分：“{reason}”。原来的分数都在，修改后请再次提交。"
    ),
)
register_kind(
    REVIEW_TAKEN_BACK,
    subject=_("不再需要您评审：{title}"),
    text=_(
        "校工会调整了评审分配，《{title}》（{unit}）不再由您评审：“{reason}”。您不用再做什么；已经填的内容校工会留底，不计入。"
    ),
)
register_kind(
    REVIEW_RECUSED,
    subject=_("不再需要您评审：{title}"),
    text=_("按回避规定，《{title}》（{unit}）不再由您评审，已打的分不计入。"),
)
register_kind(
    REVIEW_RECUSAL_LIFTED,
    subject=_("请继续评审：{title}"),
    text=_(
        "校工会撤销了您对《{title}》（{unit}）的回避：“{reason}”。这一份又由您评审，原来打的分都在。请打开看看，还没有提交的请提交。"
    ),
)
