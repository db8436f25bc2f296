"""Where an entry stands, in words: what it is called now, whose turn it is, and what comes next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.units.models import Post, Unit, UnitKind

from .models import Entry, FormKind, SignOffLevel
from .models.status import EntryStatus as S
from .signatures import signatures_asked

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
# What comes next wherever no step that a call can switch off decides it.
NEXT = {
    S.AWAITING_PARTY: gettext_lazy("%(party)s签署意见后，报送校工会。"),
    S.IN_REVIEW: gettext_lazy("专家正在评分，评审结束后由校工会决定。"),
    S.EVALUATED: gettext_lazy("审查已经结束，校工会将给出验收结论。"),
    S.DECIDING: gettext_lazy("校工会正在研究决定，有结果会发消息告诉您。"),
    S.ADJUSTING: gettext_lazy("校工会提出了调整建议，请答复同意或不同意。"),
    S.IN_NOTICE: gettext_lazy("公示期满没有异议，就正式公布立项。"),
    S.APPROVED: gettext_lazy("已经立项，可以按方案开展活动、记录过程。"),
    S.REJECTED: gettext_lazy("这次没有立项。可以根据意见修改完善，下一年度再申报。"),
    S.WITHDRAWN: gettext_lazy("已经放弃，不再办理。在截止时间前可以重新填写一份。"),
}
# (state, whether experts review) → what comes next, for the two kinds of forms.
_CHECKED = {
    (S.SUBMITTED, True): gettext_lazy(
        "校工会正在做形式审查，通过后进入评审。有不清楚的地方会退回修改。"
    ),
}
_APPLIED = {
    **_CHECKED,
    (S.SUBMITTED, False): gettext_lazy(
        "校工会正在做形式审查，通过后由校工会决定。有不清楚的地方会退回修改。"
    ),
}
_SUMMED_UP = {
    **_CHECKED,
    (S.SUBMITTED, False): gettext_lazy(
        "校工会正在审查，通过后给出验收结论。有不清楚的地方会退回修改。"
    ),
    (S.IN_REVIEW, True): gettext_lazy("专家正在评分，评审结束后由校工会给出验收结论。"),
    (S.EVALUATED, True): gettext_lazy("专家评审已经结束，校工会将给出验收结论。"),
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
    """Return where an entry stands. Asks nothing of the database beyond the entry, its unit and its call."""
    status = S(entry.status)
    titles = {
        "chair": post_title(entry.unit, Post.CHAIR),
        "party": post_title(entry.unit, Post.PARTY),
    }
    label = str(status.label)
    if entry.kind == FormKind.SUMMARY and status == S.SUBMITTED:
        label = _("待校工会审查")
    return Standing(label, TONES[status], turn(entry), _onward(entry, status) % titles)


def _onward(entry: Entry, status: S) -> str:
    """Return what happens next, by the steps the entry's call has; the places of the posts' titles are still open."""
    if status in (S.DRAFT, S.RETURNED, S.AWAITING_CHAIR):
        return _before_sending(status, signatures_asked(entry))
    by_steps = _APPLIED if entry.kind == FormKind.APPLICATION else _SUMMED_UP
    said = by_steps.get((status, entry.call.needs_experts)) or NEXT[status]
    return str(said)


def _before_sending(status: S, asked: list[SignOffLevel]) -> str:
    if status == S.RETURNED:
        if asked:
            return _("按意见修改后重新报送，再走一遍签署，原来的次序保留。")
        return _("按意见修改后重新报送，原来的次序保留。")
    if status == S.AWAITING_CHAIR:
        if SignOffLevel.PARTY in asked:
            return _("%(chair)s签署后，由%(party)s签署意见，再报送校工会。")
        return _("%(chair)s签署后，报送校工会。")
    if not asked:
        return _("填好后直接报送校工会。")
    if asked[0] == SignOffLevel.CHAIR:
        return _("填好后报送，先由%(chair)s签署。")
    return _("填好后报送，先由%(party)s签署意见。")


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
