"""Setting Chinese text on pictures that the server draws: the two shipped faces, line breaking, seals, QR codes."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
SERIF, SANS = "NotoSerifSC-Bold-GB2312.otf", "NotoSansSC-Regular-GB2312.otf"
CINNABAR = "#b02a1e"
PAPER, SHEET, INK, INK_2, LINE, GOLD = (
    "#faf7f1",
    "#fffdf9",
    "#221c16",
    "#5d5348",
    "#cfc4b3",
    "#85611a",
)

# What a line must not begin with, and what it must not end with.
CLOSING = "，。、；：？！…—”’）》〉】〕」』％%,.;:?!)]}·"
OPENING = "“‘（《〈【〔「『([{"
MIDDLE = (0.5, 0.5)
LONELY = 3  # characters: a last line shorter than that looks lost
_PIECES = re.compile(rf"[{re.escape(OPENING)}]*(?:[\x21-\x7e]+|.)[{re.escape(CLOSING)}]*")


@lru_cache(maxsize=32)
def face(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return SERIF or SANS at a size in pixels."""
    return ImageFont.truetype(str(FONTS / name), size, layout_engine=ImageFont.Layout.BASIC)


def lines_of(text: str, font: ImageFont.FreeTypeFont, width: int, most: int = 0) -> list[str]:
    """Break text into lines no wider than `width` pixels; no line begins with a closing or ends with an opening mark.

    Args:
        text: paragraphs parted by line breaks.
        font: from `face`.
        width: pixels.
        most: at most so many lines, the last then ending in "…"; 0 for all.
    """
    lines = [line for paragraph in text.splitlines() for line in _balanced(paragraph, font, width)]
    if most and len(lines) > most:
        lines = lines[:most]
        while lines[-1] and font.getlength(lines[-1] + "…") > width:
            lines[-1] = lines[-1][:-1]
        lines[-1] = lines[-1].rstrip("，。、；： ") + "…"
    return lines


def _balanced(paragraph: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Break one paragraph, a little narrower where its last line would hold a lonely character."""
    lines = _broken(paragraph, font, width)
    for share in (0.97, 0.94):
        if len(lines) > 1 and len(lines[-1]) < LONELY:
            narrower = _broken(paragraph, font, round(width * share))
            lines = narrower if len(narrower) == len(lines) else lines
    return lines


def _broken(paragraph: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines, line = [], ""
    for piece in _PIECES.findall(paragraph.strip()):
        if line and font.getlength(line + piece) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line]


class Page:
    """A picture that is set from top to bottom; `y` is where the next thing goes. All measures are pixels."""

    def __init__(self, width: int, height: int, *, colour: str = PAPER) -> None:
        """Begin an empty picture."""
        self.image = Image.new("RGB", (width, height), colour)
        self.pen = ImageDraw.Draw(self.image)
        self.y = 0

    def text(
        self,
        words: str,
        *,
        x: int,
        width: int,
        size: int,
        font: str = SANS,
        colour: str = INK,
        leading: float = 1.6,
        most: int = 0,
        even: bool = False,
    ) -> None:
        """Set words from `y` downwards in lines of `size` × `leading`, and move `y` below them.

        Args:
            even: all lines but a paragraph's last end at `width`.
        """
        letters = face(font, size)
        for paragraph in words.splitlines() if even else [words]:
            lines = lines_of(paragraph, letters, width, most)
            for place, line in enumerate(lines, start=1):
                room = width - letters.getlength(line) if even and place < len(lines) else 0
                at = (x, self.y + size * (leading - 1) / 2)
                self._line(line, at, letters, colour, room)
                self.y += round(size * leading)

    def _line(self, line: str, at: tuple[float, float], letters, colour: str, room: float) -> None:
        """Set a line, with `room` pixels spread between its characters."""
        if room <= 0:
            self.pen.text(at, line, colour, font=letters)
            return
        x, y = at
        gap = room / (len(line) - 1)
        for character in line:
            self.pen.text((x, y), character, colour, font=letters)
            x += letters.getlength(character) + gap

    def picture(
        self,
        image: Image.Image,
        *,
        x: int,
        width: int,
        height: int,
        focus: tuple[float, float] = MIDDLE,
    ) -> None:
        """Put a picture at `y`, cut to fill its place around `focus`, and move `y` below it."""
        self.image.paste(filled(image, width, height, focus), (x, self.y))
        self.y += height

    def seal(self, mark: str, *, x: int, y: int, size: int, colour: str = CINNABAR) -> None:
        """Put a seal: one character, or four in two lines."""
        self.pen.rounded_rectangle(
            (x, y, x + size, y + size), radius=max(2, round(size * 0.09)), fill=colour
        )
        inset = round(size * 0.075)
        self.pen.rounded_rectangle(
            (x + inset, y + inset, x + size - inset, y + size - inset),
            radius=max(1, round(size * 0.05)),
            outline="#fdeae4",
            width=max(1, round(size * 0.022)),
        )
        if len(mark) == 1:
            letters = face(SERIF, round(size * 0.56))
            self.pen.text((x + size / 2, y + size / 2), mark, "white", font=letters, anchor="mm")
            return
        letters = face(SERIF, round(size * 0.34))
        for row, pair in enumerate((mark[:2], mark[2:])):
            place = (x + size / 2, y + size * (0.32 + row * 0.36))
            self.pen.text(place, pair, "white", font=letters, anchor="mm")

    def rule(self, *, x: int, width: int, colour: str = LINE, thick: int = 2) -> None:
        """Draw a thin rule at `y`."""
        self.pen.rectangle((x, self.y, x + width, self.y + thick - 1), fill=colour)

    def qr(self, address: str, *, x: int, y: int, size: int) -> None:
        """Put the QR code of an address on white."""
        code = segno.make(address, error="m", micro=False)
        scale = max(1, size // code.symbol_size(border=2)[0])
        file = BytesIO()
        code.save(file, kind="png", scale=scale, border=2, dark=INK, light="white")
        drawn = Image.open(file).convert("RGB").resize((size, size), Image.Resampling.NEAREST)
        self.image.paste(drawn, (x, y))

    def jpeg(self, *, height: int = 0, quality: int = 86) -> bytes:
        """Return the picture as a JPEG file, cut to `height` where one is given."""
        image = self.image.crop((0, 0, self.image.width, height)) if height else self.image
        file = BytesIO()
        image.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        return file.getvalue()


def filled(
    image: Image.Image, width: int, height: int, focus: tuple[float, float] = MIDDLE
) -> Image.Image:
    """Return the picture scaled to fill width × height, and cut around `focus` (shares of its width and height)."""
    scale = max(width / image.width, height / image.height)
    size = (max(width, round(image.width * scale)), max(height, round(image.height * scale)))
    scaled = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    left, top = (
        min(max(round(share * whole - part / 2), 0), whole - part)
        for share, whole, part in zip(focus, size, (width, height), strict=True)
    )
    return scaled.crop((left, top, left + width, top + height))


def qr_svg(address: str) -> bytes:
    """Return the QR code of an address as an SVG file, black on white."""
    file = BytesIO()
    segno.make(address, error="m", micro=False).save(
        file, kind="svg", border=2, dark=INK, light="white", xmldecl=False, scale=4
    )
    return file.getvalue()
