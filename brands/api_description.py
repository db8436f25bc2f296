"""What the API says of a brand page, described."""

from django.utils.translation import gettext_lazy as _

from portal.cms.headless.description import PICTURE, describe
from portal.cms.headless.schemas import blocks_of, day, listed, number, record, text

from .blocks import StoryBlocks
from .models import BrandIndexPage, BrandPage

_FILM = record(
    {
        "title": text(_("标题")),
        "bv": text(_("B 站 BV 号，没有时为空")),
        "url": text(_("视频链接，没有时为空")),
        "file": record(
            {
                "id": number(_("编号")),
                "url": text(_("地址")),
                "full_url": text(_("完整地址")),
                "type": text(_("文件类型")),
                "size": number(_("大小，字节")),
            },
            _("上传的视频（MP4）"),
            null=True,
        ),
        "poster": {**PICTURE, "description": _("视频封面")},
    },
    _("视频"),
)

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
        "story": blocks_of(
            StoryBlocks(),
            _("品牌故事，一块一块：type 是块的种类，value 是内容；文字不带格式，空行分段"),
            told={"picture": PICTURE, "video": _FILM},
        ),
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
        "year": number(_("年度")),
        "category": text(_("项目类别代码")),
        "unit": text(_("单位代码")),
        "award": text(_("奖项")),
    },
)
