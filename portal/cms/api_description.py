"""The API described: which keys an answer has and what they mean, in OpenAPI 3.1. The tests hold it against real answers.

Every kind of page says with `describe(model, …)` what its keys hold; the floors above describe theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .models import (
    HomePage,
    NoticeIndexPage,
    NoticePage,
    PolicyIndexPage,
    PolicyPage,
    StandardPage,
    Validity,
)

Schema = dict[str, Any]
Text = str | Promise


def text(meaning: Text, **more: Any) -> Schema:
    """Return the schema of a text."""
    return {"type": "string", "description": meaning, **more}


def number(meaning: Text) -> Schema:
    """Return the schema of a whole number."""
    return {"type": "integer", "description": meaning}


def day(meaning: Text) -> Schema:
    """Return the schema of a date, or null."""
    return {"type": ["string", "null"], "format": "date", "description": meaning}


def moment(meaning: Text) -> Schema:
    """Return the schema of a moment, or null."""
    return {"type": ["string", "null"], "format": "date-time", "description": meaning}


def listed(items: Schema, meaning: Text) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items, "description": meaning}


def record(
    properties: dict[str, Schema],
    meaning: Text = "",
    *,
    null: bool = False,
    always: Iterable[str] | None = None,
) -> Schema:
    """Return the schema of an object that has no other keys than these.

    Args:
        properties: key → schema.
        meaning: what it is.
        null: whether null may stand in its place.
        always: the keys it always has; all of them when left out.
    """
    return {
        "type": ["object", "null"] if null else "object",
        "properties": properties,
        "required": list(properties if always is None else always),
        "additionalProperties": False,
        "description": meaning,
    }


def ref(name: str) -> Schema:
    """Return a reference to a schema of this description."""
    return {"$ref": f"#/components/schemas/{name}"}


BLOCKS = listed(
    {
        "type": "object",
        "properties": {"type": {"type": "string"}, "value": {}, "id": {"type": ["string", "null"]}},
        "required": ["type", "value"],
    },
    _("正文，一块一块：type 是块的种类，value 是内容"),
)
FILES = listed(BLOCKS["items"], _("附件：value 是 /api/v2/documents/ 里的编号"))
SCALED = record(
    {
        "url": text(_("地址")),
        "full_url": text(_("完整地址")),
        "width": number(_("宽，像素")),
        "height": number(_("高，像素")),
    },
    _("一种尺寸"),
)
PICTURE = record(
    {
        "id": number(_("编号")),
        "caption": text(_("说明")),
        "credit": text(_("拍摄者")),
        "thumbnail": SCALED,
        "large": SCALED,
    },
    null=True,
)
PICTURES = listed(
    {**PICTURE, "type": "object"}, _("正文里的图片，附地址：正文的 picture 块只写编号")
)
DOCUMENTS = listed(
    record(
        {
            "id": number(_("编号")),
            "title": text(_("名称")),
            "url": text(_("地址")),
            "full_url": text(_("完整地址")),
            "type": text(_("文件类型")),
            "size": number(_("大小，字节")),
        }
    ),
    _("附件和正文里的文件，附地址"),
)
LINKED = {
    "type": ["object", "null"],
    "properties": {"id": {"type": "integer"}, "meta": {"type": "object"}},
    "required": ["id", "meta"],
}


@dataclass(frozen=True)
class Kind:
    """A kind of page: its keys, and the parameters that narrow its list."""

    model: type[Page]
    properties: dict[str, Schema]
    filters: dict[str, Text]

    @property
    def type(self) -> str:
        """The value of `type=`."""
        return f"{self.model._meta.app_label}.{self.model.__name__}"


_kinds: dict[str, Kind] = {}


def describe(
    model: type[Page], properties: dict[str, Schema], filters: dict[str, Text] | None = None
) -> None:
    """Describe a kind of page.

    Args:
        model: the page class.
        properties: key → schema of what its `api_fields` add; descriptions may be lazy translations.
        filters: parameter → what it narrows by.
    """
    kind = Kind(model, properties, filters or {})
    _kinds[kind.type] = kind


def described_kinds() -> list[Kind]:
    """Return the kinds of page that are described."""
    return list(_kinds.values())


describe(
    NoticePage,
    {
        "summary": text(_("摘要")),
        "issued_on": day(_("发布日期；没有填时为空，以首次发布的日期为准")),
        "body": BLOCKS,
        "signer": text(_("落款单位，可为空")),
        "pictures": PICTURES,
        "attachments": FILES,
        "documents": DOCUMENTS,
    },
)
describe(
    PolicyPage,
    {
        "issuer_mark": text(_("发文机关标志")),
        "doc_number": text(_("发文字号")),
        "addressees": text(_("主送机关")),
        "body": BLOCKS,
        "attachment_notes": text(_("附件说明，每行一个")),
        "signer": text(_("发文机关署名")),
        "written_on": day(_("成文日期")),
        "cc": text(_("抄送机关")),
        "print_office": text(_("印发机关")),
        "printed_on": day(_("印发日期")),
        "index_no": text(_("索引号")),
        "doc_type": text(_("文种")),
        "validity": text(_("有效性"), enum=list(Validity.values)),
        "replaced_by": {**LINKED, "description": _("替代它的文件")},
        "original": {**LINKED, "description": _("原件")},
        "attachments": FILES,
        "documents": DOCUMENTS,
    },
)
for _section in (HomePage, NoticeIndexPage, PolicyIndexPage):
    describe(_section, {})
describe(
    StandardPage,
    {"body": BLOCKS, "pictures": PICTURES, "attachments": FILES, "documents": DOCUMENTS},
)

# Wagtail's own field adds the alternative text; the pictures of brands carry their caption beside them.
SCALED_IMAGE = record({**SCALED["properties"], "alt": text(_("替代文字"))}, null=True)
META = record(
    {
        "type": text(_("种类")),
        "detail_url": text(_("本页在接口里的地址")),
        "html_url": {"type": ["string", "null"], "description": _("网页地址")},
        "slug": text(_("地址里的名字")),
        "search_description": text(_("给搜索引擎的说明")),
        "first_published_at": moment(_("首次发布的时间")),
    },
    _("关于这一页"),
    always=("type", "detail_url", "html_url", "slug", "first_published_at"),
)
META["properties"]["parent"] = {**LINKED, "description": _("上级页面，只在单页里有")}
FILE_META = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "detail_url": {"type": "string"},
        "download_url": {"type": "string"},
        "tags": {"type": "array"},
    },
    "required": ["type", "detail_url"],
}


# What every row of a list has; the other keys are those of a single page, and come in a list where `fields` asks for them.
ALWAYS = ("id", "meta", "title")


def description(server: str) -> Schema:
    """Return the whole description.

    Args:
        server: the full address of /api/v2/.
    """
    schemas: dict[str, Schema] = {
        "Scaled": SCALED,
        "Image": record(
            {
                "id": number(_("编号")),
                "meta": FILE_META,
                "title": text(_("名称")),
                "width": number(_("原图的宽，像素")),
                "height": number(_("原图的高，像素")),
                "caption": text(_("说明")),
                "credit": text(_("拍摄者")),
                "thumbnail": SCALED_IMAGE,
                "large": SCALED_IMAGE,
            },
            always=ALWAYS,
        ),
        "Document": record({"id": number(_("编号")), "meta": FILE_META, "title": text(_("名称"))}),
    }
    schemas |= {
        kind.model.__name__: record(
            {"id": number(_("编号")), "meta": META, "title": text(_("标题")), **kind.properties},
            str(kind.model._meta.verbose_name),
            always=ALWAYS,
        )
        for kind in described_kinds()
    }
    schemas["Page"] = {"anyOf": [ref(kind.model.__name__) for kind in described_kinds()]}
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": _("一会一品数据接口"),
            "version": "2",
            "description": _("公开页面说什么，接口就说什么：只读，不用登录。"),
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {"schemas": schemas},
    }
    return _translated(whole)


def readable_kinds() -> list[dict[str, Any]]:
    """Return the kinds of page with their keys in words, for the page that people read."""
    return [
        {
            "label": kind.model._meta.verbose_name,
            "type": kind.type,
            "keys": [(key, schema["description"]) for key, schema in kind.properties.items()],
            "filters": [(name, meaning) for name, meaning in kind.filters.items()],
        }
        for kind in described_kinds()
    ]


def _paths() -> Schema:
    limits = [_parameter("limit", "integer"), _parameter("offset", "integer")]
    usual = [*limits, _parameter("fields"), _parameter("order")]
    of_pages = [
        _parameter("type"),
        _parameter("search"),
        _parameter("locale"),
        _parameter("child_of"),
        _parameter("descendant_of"),
        *(
            _parameter(name)
            for name in dict.fromkeys(name for kind in described_kinds() for name in kind.filters)
        ),
    ]
    paths: Schema = {}
    for name, schema, parameters in (
        ("pages", "Page", usual + of_pages),
        ("images", "Image", usual),
        ("documents", "Document", usual),
    ):
        paths[f"/{name}/"] = {"get": _answers(_list_of(schema), parameters)}
        key = {**_parameter("id", "integer"), "in": "path", "required": True}
        paths[f"/{name}/{{id}}/"] = {"get": _answers(ref(schema), [key, _parameter("fields")])}
    return paths


def _list_of(schema: str) -> Schema:
    total = {"type": "object", "properties": {"total_count": {"type": "integer"}}}
    items = {"type": "array", "items": ref(schema)}
    return {
        "type": "object",
        "properties": {"meta": {**total, "required": ["total_count"]}, "items": items},
        "required": ["meta", "items"],
    }


def _answers(schema: Schema, parameters: list[Schema]) -> Schema:
    return {
        "parameters": parameters,
        "responses": {
            "200": {"description": "OK", "content": {"application/json": {"schema": schema}}},
            "304": {"description": _("没有变化（请求带着 If-None-Match）")},
            "400": {"description": _("参数写错了，message 里说明原因")},
            "404": {"description": _("没有，或者没有公开")},
        },
    }


def _parameter(name: str, kind: str = "string") -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": {"type": kind}}


def _translated(schema: Any) -> Any:
    if isinstance(schema, Promise):
        return str(schema)
    if isinstance(schema, dict):
        return {key: _translated(value) for key, value in schema.items()}
    return [_translated(item) for item in schema] if isinstance(schema, list) else schema
