"""The declared lifecycles of a project, its mid-term check and its change requests: (state, action) → state (design, section 4)."""

from django.utils.translation import gettext_lazy as _

from portal.lifecycle.door import register_table
from portal.lifecycle.table import Table, Transition

from . import permissions
from .cultivation import changing, checking, cultivating
from .models import ChangeRequest, MidtermCheck, Project
from .models import ChangeStatus as C
from .models import MidtermStatus as M
from .models import ProjectStatus as S
from .models.midterm import WITH_THE_UNIT
from .models.status import RUNNING

OFFICE = _("校工会办公室（本单位的人回避）")
UNIT = _("本单位经办人或工会主席")

PROJECT = Table(
    name="project",
    states=S,
    transitions=(
        Transition(
            action="start",
            sources=(S.ESTABLISHED,),
            target=S.CULTIVATING,
            label=_("开始培育"),
            may=permissions.unit_or_office,
            who=UNIT,
        ),
        Transition(
            action="summarise",
            sources=(S.ESTABLISHED, S.CULTIVATING),
            target=S.SUMMARISING,
            label=_("填写总结表"),
            may=permissions.may_carry,
            who=UNIT,
        ),
        Transition(
            action="summary_arrived",
            sources=(S.SUMMARISING, S.RECTIFYING),
            target=S.EVALUATING,
            label=_("报送总结表"),
            may=permissions.belongs_to_unit,
            who=UNIT,
        ),
        Transition(
            action="summary_gone",
            sources=(S.EVALUATING,),
            target=cultivating.back_to_filling,
            label=_("总结表退回或放弃"),
            may=permissions.unit_or_office,
            who=OFFICE,
        ),
        Transition(
            action="accept",
            sources=(S.EVALUATING,),
            target=cultivating.verdict,
            label=_("评估验收"),
            may=permissions.may_oversee,
            who=OFFICE,
            guards=(cultivating.summary_evaluated, cultivating.failing_says_why),
            effect=cultivating.on_accept,
        ),
        Transition(
            action="award",
            sources=(S.ACCEPTED,),
            target=S.AWARDED,
            label=_("表彰"),
            may=permissions.may_oversee,
            who=OFFICE,
            guards=(cultivating.level_of_the_year,),
            effect=cultivating.on_award,
        ),
        Transition(
            action="archive",
            sources=(S.ACCEPTED, S.AWARDED, S.FAILED),
            target=S.ARCHIVED,
            label=_("归档"),
            may=permissions.may_oversee,
            who=OFFICE,
            effect=cultivating.stamp_end,
        ),
        Transition(
            action="terminate",
            sources=RUNNING,
            target=S.TERMINATED,
            label=_("终止"),
            may=permissions.may_oversee,
            who=OFFICE,
            guards=(cultivating.says_why,),
            effect=cultivating.stamp_end,
        ),
        Transition(
            action="revoke",
            sources=(*RUNNING, S.ACCEPTED, S.AWARDED),
            target=S.REVOKED,
            label=_("撤项"),
            may=permissions.may_oversee,
            who=OFFICE,
            guards=(cultivating.says_why,),
            effect=cultivating.stamp_end,
        ),
    ),
)

register_table(Project, lambda _project: PROJECT)

MIDTERM = Table(
    name="mid-term check",
    states=M,
    transitions=(
        Transition(
            action="send",
            sources=WITH_THE_UNIT,
            target=M.SENT,
            label=_("交中期检查"),
            may=checking.carries,
            who=UNIT,
            guards=(checking.project_runs, checking.is_complete),
            effect=checking.on_send,
        ),
        Transition(
            action="redate",
            sources=WITH_THE_UNIT,
            target=checking.as_it_is,
            label=_("改中期检查的期限"),
            may=checking.oversees,
            who=OFFICE,
            guards=(checking.project_runs, checking.date_ahead),
            effect=checking.on_redate,
        ),
        Transition(
            action="return",
            sources=(M.SENT, M.CONCLUDED),
            target=M.RETURNED,
            label=_("退回中期检查"),
            may=checking.oversees,
            who=OFFICE,
            guards=(checking.project_runs, checking.says_why, checking.date_ahead),
            effect=checking.on_return,
        ),
        Transition(
            action="conclude",
            sources=(M.SENT,),
            target=M.CONCLUDED,
            label=_("作中期检查结论"),
            may=checking.oversees,
            who=OFFICE,
            guards=(checking.project_runs, checking.doubts_say_why),
            effect=checking.on_conclude,
        ),
    ),
)

register_table(MidtermCheck, lambda _midterm: MIDTERM)

CHANGE = Table(
    name="change request",
    states=C,
    transitions=(
        Transition(
            action="approve",
            sources=(C.REQUESTED,),
            target=C.APPROVED,
            label=_("同意变更申请"),
            may=changing.oversees,
            who=OFFICE,
            guards=(changing.project_runs, changing.can_be_extended),
            effect=changing.on_approve,
        ),
        Transition(
            action="reject",
            sources=(C.REQUESTED,),
            target=C.REJECTED,
            label=_("不同意变更申请"),
            may=changing.oversees,
            who=OFFICE,
            guards=(changing.says_why,),
            effect=changing.on_reject,
        ),
        Transition(
            action="withdraw",
            sources=(C.REQUESTED,),
            target=C.WITHDRAWN,
            label=_("撤回变更申请"),
            may=changing.carries,
            who=UNIT,
            effect=changing.on_withdraw,
        ),
    ),
)

register_table(ChangeRequest, lambda _asked: CHANGE)
