"""The editor of a brand page as plain forms: it adds, moves and removes blocks without any script.

A button named `do` says what to do with what was typed: save, or rearrange ("up-ID", "down-ID", "drop-ID" of a block,
"add-text") and show the form again.
"""

import re
from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.plain_text import PlainText, without_control
from portal.workspace.autosaving import page_of

from .content import BLOCK_LABELS, Block, Offered, PageContent

STORY = "story"
MOST_BLOCKS = 40
MOST_TYPED = 2 * MOST_BLOCKS  # kept while it is written: two stories may have been joined
BLOCK_FIELDS = ("kind", "text", "picture", "bv", "url", "video", "id")
LONGEST = {"text": 3000, "heading": 40, "quote": 200, "picture": 50, "video": 50}
TEXT_LABELS = {
    "text": gettext_lazy("文字"),
    "heading": gettext_lazy("小标题"),
    "quote": gettext_lazy("引语"),
    "picture": gettext_lazy("图片说明"),
    "video": gettext_lazy("视频标题"),
}


class PageForm(PlainText, forms.Form):
    """Everything but the story."""

    slogan = forms.CharField(label=gettext_lazy("品牌口号"), required=False, max_length=40)
    intro = forms.CharField(
        label=gettext_lazy("公开简介"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("页面开头的一段话，列表和搜索结果里也会用到。"),
    )
    cover = forms.TypedChoiceField(
        label=gettext_lazy("封面图片"), required=False, coerce=int, empty_value=None
    )
    activities = forms.TypedMultipleChoiceField(
        label=gettext_lazy("活动"), required=False, coerce=int
    )
    gallery = forms.TypedMultipleChoiceField(label=gettext_lazy("图集"), required=False, coerce=int)
    press = forms.TypedMultipleChoiceField(
        label=gettext_lazy("媒体报道"), required=False, coerce=int
    )

    def __init__(
        self,
        *args: Any,
        offered: Offered,
        **kwargs: Any,
    ) -> None:
        """Offer the pictures, activities and press reports of the project."""
        super().__init__(*args, **kwargs)
        pictures, activities, press = (
            [(key, str(it)) for key, it in found.items()]
            for found in (offered.pictures, offered.activities, offered.press)
        )
        self.fields["cover"].choices = [("", _("没有封面")), *pictures]
        self.fields["gallery"].choices = pictures
        self.fields["activities"].choices = activities
        self.fields["press"].choices = press


class BlockForm(PlainText, forms.Form):
    """One block of the story; which fields count depends on its kind."""

    kind = forms.ChoiceField(choices=list(BLOCK_LABELS.items()), widget=forms.HiddenInput)
    id = forms.CharField(max_length=36, widget=forms.HiddenInput)
    text = forms.CharField(required=False, widget=forms.Textarea)
    picture = forms.TypedChoiceField(
        label=gettext_lazy("选哪张图片"), required=False, coerce=int, empty_value=None
    )
    bv = forms.RegexField(
        label=gettext_lazy("B 站 BV 号"),
        regex=r"^BV[0-9A-Za-z]{10}$",
        required=False,
        error_messages={"invalid": gettext_lazy("BV 号以 BV 开头，共 12 位。")},
    )
    url = forms.URLField(
        label=gettext_lazy("或视频链接"), required=False, max_length=200, assume_scheme="https"
    )

    video = forms.TypedChoiceField(
        label=gettext_lazy("上传的视频"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("MP4 先在“素材”里上传，再回到这里选。"),
    )

    def __init__(
        self,
        *args: Any,
        offered: Offered,
        **kwargs: Any,
    ) -> None:
        """Take label, length and height from the block's kind."""
        super().__init__(*args, **kwargs)
        kind = self.kind_code
        nothing = _("没有封面") if kind == "video" else _("请选择")
        self.fields["picture"].choices = [
            ("", nothing),
            *[(key, str(picture)) for key, picture in offered.pictures.items()],
        ]
        if kind == "video":
            self.fields["picture"].label = _("视频封面")
        self.fields["video"].choices = [
            ("", _("不用上传的视频")),
            *[(key, str(video)) for key, video in offered.videos.items()],
        ]
        self.fields["text"].label = TEXT_LABELS.get(kind, "")
        self.fields["text"].max_length = LONGEST.get(kind, 50)
        if kind not in ("text", "quote"):
            self.fields["text"].widget = forms.TextInput()
        self.fields["text"].widget.attrs |= {"maxlength": LONGEST.get(kind, 50)}

    @property
    def kind_code(self) -> str:
        """The block's kind, as typed or as it began."""
        return str(self["kind"].value() or "text")

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(BLOCK_LABELS.get(self.kind_code, ""))

    def clean(self) -> dict[str, Any]:
        """Hold the text to the length of its kind."""
        typed = super().clean()
        longest = LONGEST.get(typed.get("kind", ""), 50)
        if len(typed.get("text", "")) > longest:
            self.add_error(
                "text",
                _("最多 %(longest)d 字，现在 %(count)d 字。")
                % {"longest": longest, "count": len(typed["text"])},
            )
        return typed


BlockFormSet: type[BaseFormSet] = forms.formset_factory(
    BlockForm, extra=0, max_num=MOST_BLOCKS, validate_max=True, absolute_max=MOST_TYPED
)


def initial_of(content: PageContent) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the initial values of page form and blocks."""
    page = asdict(content)
    return page, page.pop("story")


def data_of(content: PageContent) -> QueryDict:
    """Return what the two forms would send that show a content, to check it by them."""
    page, blocks = initial_of(content)
    data = QueryDict(mutable=True)
    for name, value in page.items():
        data.setlist(
            name, [str(one) for one in (value if isinstance(value, list) else [value or ""])]
        )
    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        data[f"{STORY}-{name}"] = str(len(blocks))
    for place, block in enumerate(blocks):
        for name, value in block.items():
            data[f"{STORY}-{place}-{name}"] = str(value or "")
    return data


def content_typed(data: QueryDict) -> PageContent:
    """Return what was typed, whatever it is: unchecked, too long, or half an address; empty blocks stay."""
    total = data.get(f"{STORY}-TOTAL_FORMS", "0")
    count = min(int(total), MOST_TYPED) if re.fullmatch(r"[0-9]{1,4}", total) else 0
    blocks = {}
    for place in range(count):
        block = {name: _text(data, f"{STORY}-{place}-{name}") for name in BLOCK_FIELDS}
        if not re.fullmatch("[0-9A-Za-z-]{1,36}", block["id"]) or block["id"] in blocks:
            block["id"] = str(place)
        blocks[block["id"]] = block
    return PageContent(
        slogan=_text(data, "slogan"),
        intro=_text(data, "intro"),
        cover=_key(data.get("cover", "")),
        story=[
            Block(**{**block, "picture": _key(block["picture"]), "video": _key(block["video"])})
            for block in blocks.values()
            if block["kind"] in BLOCK_LABELS
        ],
        **{
            name: [key for one in data.getlist(name) if (key := _key(one))]
            for name in ("activities", "gallery", "press")
        },
    )


def texts_of(data: QueryDict) -> dict[str, str]:
    """Return block's id → name of the input in which its text was typed."""
    found = re.compile(rf"({STORY}-[0-9]{{1,4}}-)id")
    named = ((found.fullmatch(name), data[name]) for name in data)
    return {key: f"{match[1]}text" for match, key in named if match}


def content_sent(data: QueryDict) -> tuple[PageContent, int | None]:
    """Return what a button of the editor has sent, rearranged by it, and the place to look at then."""
    content = content_typed(data)
    story, place = rearranged(content.story, data.get("do", ""), page=page_of(data).name)
    return replace(content, story=story), place


def rearranged(story: list[Block], do: str, *, page: str = "") -> tuple[list[Block], int | None]:
    """Return the blocks after one move, and the place to look at then.

    Args:
        page: the name of the page it was asked on: sent once more, what is added is still one block.
        do: "up-ID", "down-ID", "drop-ID" (of a block) or "add-KIND"; anything else changes nothing.
    """
    story = list(story)
    act, _dash, what = do.partition("-")
    if act == "add" and what in BLOCK_LABELS and len(story) < MOST_BLOCKS:
        story.append(Block(what, id=f"{page}-{len(story)}") if page else Block(what))
        return story, len(story) - 1
    place = next((at for at, block in enumerate(story) if block.id == what), None)
    if place is None:
        return story, None
    if act == "drop":
        del story[place]
        return story, max(place - 1, 0) if story else None
    to = {"up": place - 1, "down": place + 1}.get(act, place)
    if 0 <= to < len(story):
        story[place], story[to] = story[to], story[place]
        place = to
    return story, place


def content_from(form: PageForm, blocks: BaseFormSet) -> PageContent:
    """Return what two valid forms say; blocks without any content are left out."""
    typed = form.cleaned_data
    story = [
        Block(
            kind=block["kind"],
            text=block["text"],
            picture=block["picture"] if block["kind"] in ("picture", "video") else None,
            bv=block["bv"] if block["kind"] == "video" else "",
            url=block["url"] if block["kind"] == "video" else "",
            video=block["video"] if block["kind"] == "video" else None,
            id=block["id"],
        )
        for block in blocks.cleaned_data
        if block
    ]
    content = PageContent(story=story, **typed)
    return content.without_empty_blocks()


def _text(data: QueryDict, name: str) -> str:
    return without_control(data.get(name, "").replace("\r\n", "\n"))


def _key(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None
