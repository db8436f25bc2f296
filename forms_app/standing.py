"""Where an entry stands, in words: what it is called now, whose turn it is, and what comes next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.units.models import Post, Unit, UnitKind

from .models import Entry, FormKind
from .models.status import EntryStatus as S

OFFICE = gettext_lazy("校工会")
# What the badge's colour says beside its words.
TONES = {
    S.DRAFT: "due-now",
    S.RETURNED: "due-now",
    S.ADJUSTING: "due-now",
    S.AWAITING_CHAIR: "waiting",
    S.AWAITING_PARTY: "waiting",
    S.SUBMITTED: "waiting",
    S.IN_REVIEW: "waiting",
    S.DECIDING: "waiting",
    S.IN_NOTICE: "waiting",
    S.APPROVED: "good",
    S.EVALUATED: "good",
    S.REJECTED: "stopped",
    S.WITHDRAWN: "stopped",
}
NEXT = {
    S.DRAFT: gettext_lazy("填好后报送，先由%(chair)s签署。"),
    S.RETURNED: gettext_lazy("按意见修改后重新报送，再走一遍签署，原来的次序保留。"),
    S.AWAITING_CHAIR: gettext_lazy("%(chair)s签署后，由%(party)s签署意见，再报送校工会。"),
    S.AWAITING_PARTY: gettext_lazy("%(party)s签署意见后，报送校工会。"),
    S.SUBMITTED: gettext_lazy("校工会正在做形式审查，通过后进入评审。有不清楚的地方会退回修改。"),
    S.IN_REVIEW: gettext_lazy("专家正在评分，评审结束后由校工会决定。"),
    S.DECIDING: gettext_lazy("校工会正在研究决定，有结果会发消息告诉您。"),
    S.ADJUSTING: gettext_lazy("校工会提出了调整建议，请答复同意或不同意。"),
    S.IN_NOTICE: gettext_lazy("公示期满没有异议，就正式公布立项。"),
    S.APPROVED: gettext_lazy("已经立项，可以按方案开展活动、记录过程。"),
    S.REJECTED: gettext_lazy("这次没有立项。可以根据意见修改完善，下一年度再申报。"),
    S.EVALUATED: gettext_lazy("专家评审已经结束，校工会将给出验收结论。"),
    S.WITHDRAWN: gettext_lazy("已经撤回。在截止时间前可以重新填写一份。"),
}


@dataclass(frozen=True)
class Standing:
    """An entry's standing.

    Attributes:
        label: the state, in words.
        tone: class of the badge.
        turn: whose turn it is; empty where nobody's.
        onward: what happens next, one sentence.
    """

    label: str
    tone: str
    turn: str
    onward: str


def standing(entry: Entry) -> Standing:
    """Return where an entry stands. Asks nothing of the database beyond the entry and its unit."""
    status = S(entry.status)
    titles = {
        "chair": post_title(entry.unit, Post.CHAIR),
        "party": post_title(entry.unit, Post.PARTY),
    }
    label = str(status.label)
    if entry.kind == FormKind.SUMMARY and status == S.SUBMITTED:
        label = _("待校工会审查")
    return Standing(label, TONES[status], turn(entry), str(NEXT[status]) % titles)


def turn(entry: Entry) -> str:
    """Return whose turn it is, as people call the post; empty where the entry has reached its end."""
    if entry.status in (S.DRAFT, S.RETURNED, S.ADJUSTING):
        return _("经办人")
    if entry.status == S.AWAITING_CHAIR:
        return post_title(entry.unit, Post.CHAIR)
    if entry.status == S.AWAITING_PARTY:
        return post_title(entry.unit, Post.PARTY)
    if entry.status == S.IN_REVIEW:
        return _("评审专家")
    if entry.status in (S.SUBMITTED, S.DECIDING, S.IN_NOTICE):
        return str(OFFICE)
    return ""


def post_title(unit: Unit, post: Post) -> str:
    """Return a post as the unit calls it: an association's chair is a 会长, its party opinion the host unit's."""
    titles: dict[Post, Promise | str] = {
        Post.OFFICER: gettext_lazy("经办人"),
        Post.CHAIR: gettext_lazy("工会主席"),
        Post.PARTY: gettext_lazy("党组织书记"),
    }
    if unit.kind == UnitKind.ASSOCIATION:
        titles |= {Post.CHAIR: gettext_lazy("会长"), Post.PARTY: gettext_lazy("挂靠单位负责人")}
    return str(titles[post])
