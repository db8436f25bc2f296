"""What the API says of a call, described."""

from django.utils.translation import gettext_lazy as _

from portal.cms.headless.description import BODY, DOCUMENTS, FILES, PICTURES, describe
from portal.cms.headless.schemas import listed, moment, number, text

from .models import CallIndexPage, CallPage, FormKind

describe(CallIndexPage, {})
describe(
    CallPage,
    {
        "kind": text(_("收什么表"), enum=list(FormKind.values)),
        "year": number(_("年度")),
        "opens_at": moment(_("开始时间")),
        "closes_at": moment(_("截止时间")),
        "who_may_apply": listed({"type": "string"}, _("哪些单位可以申报")),
        "limit_per_unit": number(_("每单位限报项数")),
        "summary": text(_("摘要")),
        "body": BODY,
        "pictures": PICTURES,
        "attachments": FILES,
        "documents": DOCUMENTS,
    },
    {"year": number(_("年度")), "kind": text(_("收什么表"), enum=list(FormKind.values))},
)
