"""The states an entry can be in. Applications use all of them; summaries end with EVALUATED instead of a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryStatus(models.TextChoices):
    """Where an entry stands (design, section 4)."""

    DRAFT = "draft", _("草稿")
    AWAITING_CHAIR = "awaiting_chair", _("待主席签署")
    AWAITING_PARTY = "awaiting_party", _("待党组织签署")
    SUBMITTED = "submitted", _("待形式审查")
    IN_REVIEW = "in_review", _("专家评审中")
    DECIDING = "deciding", _("待决定")
    ADJUSTING = "adjusting", _("协商调整中")
    IN_NOTICE = "in_notice", _("公示中")
    APPROVED = "approved", _("已立项")
    REJECTED = "rejected", _("未立项")
    EVALUATED = "evaluated", _("已评审")
    RETURNED = "returned", _("退回修改")
    WITHDRAWN = "withdrawn", _("已放弃")


EDITABLE = (EntryStatus.DRAFT, EntryStatus.RETURNED)
# States that only an entry which has reached the school union can be in.
AFTER_SUBMISSION = (
    EntryStatus.SUBMITTED,
    EntryStatus.IN_REVIEW,
    EntryStatus.DECIDING,
    EntryStatus.ADJUSTING,
    EntryStatus.IN_NOTICE,
    EntryStatus.APPROVED,
    EntryStatus.REJECTED,
    EntryStatus.EVALUATED,
)
CLOSED = (EntryStatus.APPROVED, EntryStatus.REJECTED, EntryStatus.EVALUATED, EntryStatus.WITHDRAWN)
