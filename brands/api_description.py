"""What the API says of a brand page, described."""

from django.utils.translation import gettext_lazy as _

from portal.cms.api_description import (
    BLOCKS,
    PICTURE,
    day,
    describe,
    listed,
    number,
    record,
    text,
)

from .models import BrandIndexPage, BrandPage

describe(BrandIndexPage, {})
describe(
    BrandPage,
    {
        "slogan": text(_("品牌口号")),
        "intro": text(_("公开简介")),
        "year": number(_("年度")),
        "category": record({"code": text(_("代码")), "name": text(_("名称"))}, _("项目类别")),
        "unit": record({"code": text(_("代码")), "name": text(_("名称"))}, _("申报单位")),
        "project_no": text(_("立项编号")),
        "leader": text(_("项目负责人")),
        "award": {"type": ["string", "null"], "description": _("奖项")},
        "cover": {**PICTURE, "description": _("封面图片")},
        "story": {**BLOCKS, "description": _("品牌故事，一块一块：type 是块的种类，value 是内容")},
        "activities": listed(
            record(
                {
                    "date": day(_("日期")),
                    "name": text(_("活动名称")),
                    "participants": number(_("参与人次")),
                    "sentence": text(_("一句话")),
                    "picture": PICTURE,
                }
            ),
            _("公开的活动，按日期"),
        ),
        "pictures": listed({**PICTURE, "type": "object"}, _("图集")),
        "press": listed(
            record(
                {
                    "title": text(_("标题")),
                    "media": text(_("媒体")),
                    "date": day(_("日期")),
                    "url": text(_("链接")),
                }
            ),
            _("媒体报道"),
        ),
    },
    {
        "year": _("年度"),
        "category": _("项目类别代码"),
        "unit": _("单位代码"),
        "award": _("奖项"),
    },
)
