"""Who signs now, and what is told to somebody whose turn it is not, or no more."""

from django.utils.translation import gettext as _

from forms_app.models import Conclusion, Entry, SignOff, SignOffLevel
from forms_app.models.status import EntryStatus
from forms_app.permissions import may_sign_as_chair, may_sign_as_party
from forms_app.standing import post_title
from portal.dates import day_and_time
from portal.lifecycle.door import Refused
from portal.units.models import Post, User

AWAITING = {
    EntryStatus.AWAITING_CHAIR: SignOffLevel.CHAIR,
    EntryStatus.AWAITING_PARTY: SignOffLevel.PARTY,
}
MAY = {SignOffLevel.CHAIR: may_sign_as_chair, SignOffLevel.PARTY: may_sign_as_party}


def level_of(entry: Entry, actor: User, *, asked: str = "") -> SignOffLevel:
    """Return for whom a person signs an entry now.

    Args:
        asked: the level his page was drawn for; somebody who holds both posts signs for each by itself.

    Raises:
        Refused: he signs for nobody here, it is not his turn yet, or he or another has signed already: says who and when.
    """
    own = [level for level, may in MAY.items() if may(actor, entry) and asked in ("", level)]
    if not own:
        who = [post_title(entry.unit, Post(level)) for level in SignOffLevel]
        raise Refused(
            _("只有本单位的%(who)s可以签署。") % {"who": _("和").join(who)}, code="forbidden"
        )
    level = AWAITING.get(entry.status)
    if level in own:
        return level
    raise Refused(_why_not_now(entry, own, actor), code="wrong_state")


def _why_not_now(entry: Entry, own: list[SignOffLevel], actor: User) -> str:
    sent = entry.versions.filter(reason="submitted").last()
    signed = entry.signoffs.filter(version=sent, level__in=own).select_related("signer").last()
    if signed:
        return _signed(signed, actor)
    if entry.is_editable:
        return _("经办人正在修改，还没有报送；报送以后会再请您签署。")
    if entry.status == EntryStatus.AWAITING_CHAIR:
        return _("要先由%(chair)s签署，签署以后会请您签。") % {
            "chair": post_title(entry.unit, Post.CHAIR)
        }
    return _("现在的状态是“%(state)s”，不用您签署。") % {"state": entry.get_status_display()}


def _signed(signed: SignOff, actor: User) -> str:
    who = _("您") if signed.signer_id == actor.pk else str(signed.signer)
    places = {"who": who, "at": day_and_time(signed.signed_at)}
    if signed.conclusion == Conclusion.RETURN:
        return _("%(who)s已于 %(at)s 退回经办人修改；改好重新报送以后，会再请您签署。") % places
    return _("%(who)s已于 %(at)s 签署同意，不用再签。") % places
