"""The declared lifecycle of a project: (state, action) → state (design, section 4)."""

from django.utils.translation import gettext_lazy as _

from portal.lifecycle.door import register_table
from portal.lifecycle.table import Table, Transition

from . import cultivating, permissions
from .models import Project
from .models import ProjectStatus as S
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
            label=_("总结表退回或撤回"),
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
