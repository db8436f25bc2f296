"""The declared lifecycles of an application, a summary and an objection: (state, action) → state (design, section 4)."""

from django.utils.translation import gettext_lazy as _

from portal.lifecycle.door import register_table
from portal.lifecycle.table import Skip, Table, Transition

from . import permissions, signatures
from .decision import adjusting, deciding, noticing, releasing
from .definitions import moving
from .entries import formal_check, sending
from .models import Entry, FormKind, Objection, SignOffLevel
from .models import ObjectionStatus as O
from .models.status import EntryStatus as S
from .review import opening, reviewing

OFFICE = _("校工会办公室（本单位的人回避）")
UNIT = _("本单位经办人或工会主席")

_GIVING_UP = {
    "action": "withdraw",
    "sources": (S.DRAFT, S.RETURNED, S.AWAITING_CHAIR, S.AWAITING_PARTY, S.SUBMITTED),
    "target": S.WITHDRAWN,
    "may": permissions.may_fill,
    "who": UNIT,
    "effect": sending.stamp_closing,
}
_WAY_IN = (
    Transition(
        action="send",
        sources=(S.DRAFT, S.RETURNED),
        target=S.AWAITING_CHAIR,
        label=_("报送"),
        may=permissions.may_fill,
        who=UNIT,
        guards=(
            sending.as_checked,
            sending.in_time,
            sending.within_limit,
            sending.complete,
        ),
        effect=sending.on_send,
    ),
    Transition(
        action="sign_chair",
        sources=(S.AWAITING_CHAIR,),
        target=S.AWAITING_PARTY,
        label=_("签署同意"),
        may=permissions.may_sign_as_chair,
        who=_("本单位工会主席"),
        guards=(sending.same_version, sending.in_time),
        effect=sending.on_sign,
    ),
    Transition(
        action="refuse_chair",
        sources=(S.AWAITING_CHAIR,),
        target=S.RETURNED,
        label=_("退回经办人修改"),
        may=permissions.may_sign_as_chair,
        who=_("本单位工会主席"),
        guards=(sending.same_version, sending.says_why),
        effect=sending.on_sign,
    ),
    Transition(
        action="sign_party",
        sources=(S.AWAITING_PARTY,),
        target=S.SUBMITTED,
        label=_("签署同意"),
        may=permissions.may_sign_as_party,
        who=_("本单位党组织书记"),
        guards=(sending.same_version, sending.in_time),
        effect=sending.on_sign,
    ),
    Transition(
        action="refuse_party",
        sources=(S.AWAITING_PARTY,),
        target=S.RETURNED,
        label=_("退回经办人修改"),
        may=permissions.may_sign_as_party,
        who=_("本单位党组织书记"),
        guards=(sending.same_version, sending.says_why),
        effect=sending.on_sign,
    ),
    Transition(
        action="take_back",
        sources=(S.AWAITING_CHAIR, S.AWAITING_PARTY),
        target=sending.before_sending,
        label=_("收回修改"),
        may=permissions.may_fill,
        who=UNIT,
        guards=(sending.not_signed, sending.in_time_again),
        effect=sending.on_take_back,
    ),
    Transition(
        action="pass_check",
        sources=(S.SUBMITTED,),
        target=S.IN_REVIEW,
        label=_("通过形式审查"),
        may=permissions.may_handle,
        who=OFFICE,
        guards=(formal_check.all_ticked,),
        effect=opening.on_pass_check,
    ),
    *(
        Transition(
            action="move_form",
            sources=(state,),
            target=state,
            label=_("换用新版表单"),
            may=permissions.may_move_form,
            who=_("校工会办公室"),
            guards=(moving.leads_elsewhere,),
            effect=moving.on_move,
        )
        for state in (S.DRAFT, S.RETURNED)
    ),
)
_SKIPS = {
    S.AWAITING_CHAIR: Skip(
        lambda entry: SignOffLevel.CHAIR not in signatures.signatures_asked(entry), S.AWAITING_PARTY
    ),
    S.AWAITING_PARTY: Skip(
        lambda entry: SignOffLevel.PARTY not in signatures.signatures_asked(entry), S.SUBMITTED
    ),
}

APPLICATION = Table(
    name="application entry",
    states=S,
    transitions=(
        *_WAY_IN,
        Transition(label=_("放弃申报"), **_GIVING_UP),
        Transition(
            action="return",
            sources=(S.SUBMITTED, S.IN_REVIEW, S.DECIDING),
            target=S.RETURNED,
            label=_("退回修改"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(sending.says_why, sending.date_ahead),
            effect=deciding.on_return,
        ),
        Transition(
            action="close_review",
            sources=(S.IN_REVIEW,),
            target=S.DECIDING,
            label=_("结束专家评审"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(reviewing.has_scores,),
            effect=reviewing.on_close_review,
        ),
        Transition(
            action="propose",
            sources=(S.DECIDING,),
            target=S.ADJUSTING,
            label=_("提出调整建议"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(adjusting.proposes_something, sending.says_why),
            effect=deciding.on_propose,
        ),
        Transition(
            action="answer",
            sources=(S.ADJUSTING,),
            target=S.DECIDING,
            label=_("答复调整建议"),
            may=permissions.may_fill,
            who=UNIT,
            guards=(adjusting.answers_each,),
            effect=adjusting.on_answer,
        ),
        Transition(
            action="take_counter",
            sources=(S.DECIDING,),
            target=S.DECIDING,
            label=_("采纳单位另提的方案"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(adjusting.has_counter,),
            effect=adjusting.on_take_counter,
        ),
        Transition(
            action="decide",
            sources=(S.DECIDING,),
            target=S.DECIDING,
            label=_("拟定决定"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(deciding.as_seen, deciding.amount_fits, deciding.rejection_says_why),
            effect=deciding.on_decide,
        ),
        Transition(
            action="undecide",
            sources=(S.DECIDING,),
            target=S.DECIDING,
            label=_("撤下拟定的决定"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(deciding.as_seen, deciding.has_pending),
            effect=deciding.drop_decision,
        ),
        Transition(
            action="release",
            sources=(S.DECIDING,),
            target=releasing.landing,
            label=_("发布决定"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(deciding.has_pending,),
            effect=releasing.on_release,
        ),
        Transition(
            action="conclude_notice",
            sources=(S.IN_NOTICE,),
            target=S.APPROVED,
            label=_("公示期满，公布立项"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(deciding.notice_over, deciding.no_open_objection),
            effect=deciding.on_approve,
        ),
        Transition(
            action="reopen",
            sources=(S.IN_NOTICE,),
            target=S.DECIDING,
            label=_("异议成立，重新决定"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(sending.says_why,),
            effect=deciding.drop_decision,
        ),
    ),
    skips={
        **_SKIPS,
        S.IN_REVIEW: Skip(lambda entry: not entry.call.needs_experts, S.DECIDING),
        S.IN_NOTICE: Skip(lambda entry: entry.call.notice_days == 0, S.APPROVED),
    },
)

SUMMARY = Table(
    name="summary entry",
    states=S,
    transitions=(
        *_WAY_IN,
        Transition(label=_("放弃这份总结表"), **_GIVING_UP),
        Transition(
            action="return",
            sources=(S.SUBMITTED, S.IN_REVIEW),
            target=S.RETURNED,
            label=_("退回修改"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(sending.says_why, sending.date_ahead),
            effect=sending.on_return,
        ),
        Transition(
            action="close_review",
            sources=(S.IN_REVIEW,),
            target=S.EVALUATED,
            label=_("结束专家评审"),
            may=permissions.may_handle,
            who=OFFICE,
            guards=(reviewing.has_scores,),
            effect=reviewing.on_close_review,
        ),
    ),
    skips={**_SKIPS, S.IN_REVIEW: Skip(lambda entry: not entry.call.needs_experts, S.EVALUATED)},
)

register_table(Entry, lambda entry: APPLICATION if entry.kind == FormKind.APPLICATION else SUMMARY)

OBJECTION = Table(
    name="objection",
    states=O,
    transitions=tuple(
        Transition(
            action=action,
            sources=(source,),
            target=target,
            label=label,
            may=noticing.may_conclude,
            who=OFFICE,
            guards=(noticing.says_what,),
            effect=noticing.on_step,
        )
        for action, source, target, label in (
            ("accept", O.RECEIVED, O.ACCEPTED, _("受理")),
            ("refuse", O.RECEIVED, O.REFUSED, _("不予受理")),
            ("investigate", O.ACCEPTED, O.INVESTIGATING, _("开始核实")),
            ("uphold", O.INVESTIGATING, O.UPHELD, _("异议成立，重新决定")),
            ("dismiss", O.INVESTIGATING, O.DISMISSED, _("异议不成立")),
        )
    ),
)
register_table(Objection, lambda _objection: OBJECTION)
