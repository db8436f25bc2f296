"""The API described: which keys an answer has and what they mean, in OpenAPI 3.1. The tests hold it against real answers.

Every kind of page says with `describe(model, …)` what its keys hold; the floors above describe theirs.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Field, JSONField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from ..blocks import ArticleBlocks, HomeBlocks, OfficialBlocks
from ..models import (
    DocumentedPage,
    HomePage,
    NoticeIndexPage,
    NoticePage,
    PolicyIndexPage,
    PolicyPage,
    StandardPage,
    Validity,
)
from .schemas import (
    Schema,
    blocks_of,
    day,
    listed,
    moment,
    number,
    record,
    ref,
    text,
)

BODY = blocks_of(ArticleBlocks(), _("正文，一块一块：type 是块的种类，value 是内容"))
FILES = blocks_of(
    DocumentedPage._meta.get_field("attachments").stream_block,
    _("附件：value 是 /api/v2/documents/ 里的编号"),
)
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


def _is_body(column: Field) -> bool:
    return isinstance(column, StreamField | JSONField)


@dataclass(frozen=True)
class Kind:
    """A kind of page: its keys, and the parameters that narrow its list."""

    model: type[Page]
    properties: dict[str, Schema]
    filters: dict[str, Schema]

    @property
    def type(self) -> str:
        """The value of `type=`."""
        return f"{self.model._meta.app_label}.{self.model.__name__}"

    @property
    def columns(self) -> set[str]:
        """The keys that a list can be narrowed and ordered by, beside `filters`: what a database compares."""
        columns = {column.name: column for column in self.model._meta.concrete_fields}
        return {
            key
            for key in self.properties
            if key in columns and not columns[key].is_relation and not _is_body(columns[key])
        }


_kinds: dict[str, Kind] = {}


def describe(
    model: type[Page], properties: dict[str, Schema], filters: dict[str, Schema] | None = None
) -> None:
    """Describe a kind of page.

    Args:
        model: the page class.
        properties: key → schema of what its `api_fields` add; descriptions may be lazy translations.
        filters: parameter → schema of what it narrows by.
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
        "about": {**LINKED, "description": _("关于哪一页，如公示所属的申报通知；可为空")},
        "body": BODY,
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
        "body": blocks_of(OfficialBlocks(), _("正文，一段一段；表格在它的位置上")),
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
describe(
    HomePage,
    {
        "eyebrow": text(_("眉题")),
        "headline": text(_("大标题")),
        "lede": text(_("引语")),
        "body": blocks_of(
            HomeBlocks(), _("首页的内容，一块一块，按编辑排的次序；自己填满的块只有种类")
        ),
    },
)
for _section in (NoticeIndexPage, PolicyIndexPage):
    describe(_section, {})
describe(
    StandardPage,
    {"body": BODY, "pictures": PICTURES, "attachments": FILES, "documents": DOCUMENTS},
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
            "keys": [
                {
                    "name": key,
                    "meaning": schema["description"],
                    "blocks": _kinds_of_block(schema),
                    "is_column": key in kind.columns,
                }
                for key, schema in kind.properties.items()
            ],
            "filters": [(name, schema["description"]) for name, schema in kind.filters.items()],
        }
        for kind in described_kinds()
    ]


def _kinds_of_block(schema: Schema) -> list[dict[str, Any]]:
    """Return the kinds of block that a body may have, for people; none for what is no body."""
    return [
        {
            "type": block["properties"]["type"]["const"],
            "label": block["description"],
            "is_html": "contentMediaType" in block["properties"]["value"],
            "keys": list(block["properties"]["value"].get("properties", ())),
        }
        for block in schema.get("items", {}).get("anyOf", ())
    ]


def _paths() -> Schema:
    limit = {"minimum": 1, "maximum": settings.WAGTAILAPI_LIMIT_MAX}
    narrowed: dict[str, Schema] = {}
    for kind in described_kinds():
        narrowed = {**kind.filters, **narrowed}
    usual = [
        _parameter("limit", {**number(_("一次取多少")), **limit}),
        _parameter("offset", {**number(_("从第几条起，0 是第一条")), "minimum": 0}),
        _FIELDS,
        _parameter("order", text(_("按哪个键排，逗号分开；前面加 - 是倒序，random 是随机"))),
    ]
    of_pages = [
        _parameter("type", text(_("哪一种页面"), enum=[kind.type for kind in described_kinds()])),
        _parameter("search", text(_("页面里要出现的词，与网站的搜索相同"))),
        _parameter("locale", text(_("内容的语言，现在只有 zh-hans"))),
        _parameter("slug", text(_("地址里的名字"))),
        _parameter("child_of", text(_("上级页面的编号，root 是首页"))),
        _parameter("descendant_of", text(_("在它下面各级的页面：编号，root 是首页"))),
        _parameter("ancestor_of", number(_("在它上面各级的页面：编号"))),
        *(_parameter(name, schema) for name, schema in narrowed.items()),
    ]
    paths: Schema = {}
    for name, schema, more in (
        ("pages", "Page", of_pages),
        (
            "images",
            "Image",
            [_parameter("search", text(_("名称、说明、拍摄者、单位里要出现的词")))],
        ),
        ("documents", "Document", [_parameter("search", text(_("名称、单位里要出现的词")))]),
    ):
        key = {**_parameter("id", number(_("编号"))), "in": "path", "required": True}
        paths[f"/{name}/"] = {"get": _answers(_list_of(schema), [*usual, *more])}
        paths[f"/{name}/{{id}}/"] = {"get": _answers(ref(schema), [key, _FIELDS])}
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


def _parameter(name: str, schema: Schema) -> Schema:
    described = {key: value for key, value in schema.items() if key != "description"}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": schema["description"],
        "schema": described,
    }


_FIELDS = _parameter(
    "fields",
    text(_("要哪些键，逗号分开；* 是全部。列表里默认只有 id、meta 和 title，单页里全部都有")),
)


def _translated(schema: Any) -> Any:
    if isinstance(schema, Promise):
        return str(schema)
    if isinstance(schema, dict):
        return {key: _translated(value) for key, value in schema.items()}
    return [_translated(item) for item in schema] if isinstance(schema, list) else schema
