"""The sheet of paper: two inks on paper, printed in layers.

A picture is two grey planes. `ink` says how much ink lies on a spot (0 paper, 0.62 the category's hue, 1 its darkest),
`red` how far that ink is cinnabar. Colours come in only at the end, so no drawing can leave the palette, and one
grey plane is a third of the work of a colour picture.

Everything is measured in units: the sheet is 1000 units high and `width` units wide, whatever its pixels.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from brands.drawing.shapes import Point, oval, taper

PAPER = (247, 241, 230)
NIGHT = (34, 28, 22)
DUST = (128, 118, 104)
CINNABAR = (188, 62, 44)
PINK = (241, 205, 188)
OXBLOOD = (112, 28, 20)
HUE_AT = 0.62
# Edges are smooth because layers are drawn at twice the size and shrunk.
FINE = 2

Strength = Callable[[float, float], float]


def mix(first: tuple, second: tuple, share: float) -> tuple:
    """Return the colour `share` (0–1) of the way from `first` to `second`."""
    return tuple(a + (b - a) * share for a, b in zip(first, second, strict=True))


def ramp(stops: list[tuple[float, tuple]]) -> list[list[int]]:
    """Return three tables of 256 values, red, green and blue, that run through the colours at `stops`."""
    tables = [[], [], []]
    for level in range(256):
        place = level / 255
        upper = next(i for i, stop in enumerate(stops) if place <= stop[0] or i == len(stops) - 1)
        lower = max(upper - 1, 0)
        span = stops[upper][0] - stops[lower][0]
        colour = mix(
            stops[lower][1], stops[upper][1], (place - stops[lower][0]) / span if span else 0
        )
        for table, value in zip(tables, colour, strict=True):
            table.append(round(value))
    return tables


def grey(tone: float) -> int:
    return min(max(round(tone * 255), 0), 255)


class Layer:
    """One printing of a sheet: shapes of any tone, later ones over earlier ones.

    Where a shape names no `tone` or no `red`, the layer's own hold.
    """

    def __init__(self, sheet: "Sheet", tone: float, *, red: bool = False):
        self.tone = tone
        self.red = red
        self.zoom = sheet.zoom * FINE
        self.box = [sheet.size[0] * FINE, sheet.size[1] * FINE, 0, 0]
        self.cover = Image.new("L", (self.box[0], self.box[1]), 0)
        # Made only when a shape differs from the layer: most layers have one tone and one ink.
        self.tones = self.reds = None
        self._pen = ImageDraw.Draw(self.cover)

    def _fills(self, points, tone: float | None, red: bool | None, cover: float):
        """Return (pen, fill) for every plane to be drawn on, having noted which part of the sheet is touched."""
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = self.box
        self.box = [
            min(box[0], min(xs)),
            min(box[1], min(ys)),
            max(box[2], max(xs)),
            max(box[3], max(ys)),
        ]
        tone = self.tone if tone is None else tone
        red = self.red if red is None else red
        if self.tones is None and tone != self.tone:
            self.tones = Image.new("L", self.cover.size, grey(self.tone))
        if self.reds is None and red != self.red:
            self.reds = Image.new("L", self.cover.size, grey(self.red))
        fills = [(self._pen, grey(cover))]
        if self.tones is not None:
            fills.append((ImageDraw.Draw(self.tones), grey(tone)))
        if self.reds is not None:
            fills.append((ImageDraw.Draw(self.reds), grey(red)))
        return fills

    def shape(
        self,
        points: list[Point],
        tone: float | None = None,
        *,
        red: bool | None = None,
        cover: float = 1,
    ) -> None:
        """Fill a polygon; `cover` 0 cuts it out of the layer again."""
        scaled = [(x * self.zoom, y * self.zoom) for x, y in points]
        for pen, fill in self._fills(scaled, tone, red, cover):
            pen.polygon(scaled, fill=fill)

    def line(
        self,
        points: list[Point],
        width: float,
        tone: float | None = None,
        *,
        red: bool | None = None,
        cover: float = 1,
    ) -> None:
        """Draw an even line, `width` units thick."""
        scaled = [(x * self.zoom, y * self.zoom) for x, y in points]
        thick = max(round(width * self.zoom), 1)
        joint = "curve" if thick > 3 else None
        reach = [(x + side, y + side) for x, y in scaled for side in (-thick, thick)]
        for pen, fill in self._fills(reach, tone, red, cover):
            pen.line(scaled, fill=fill, width=thick, joint=joint)

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        tone: float | None = None,
        *,
        turn: float = 0,
        red: bool | None = None,
        cover: float = 1,
    ) -> None:
        """Fill an ellipse around (x, y), turned by `turn` radians."""
        if turn:
            self.shape(oval(x, y, rx, ry, turn), tone, red=red, cover=cover)
            return
        z = self.zoom
        box = [((x - rx) * z, (y - ry) * z), ((x + rx) * z, (y + ry) * z)]
        for pen, fill in self._fills(box, tone, red, cover):
            pen.ellipse(box, fill=fill)

    def stroke(
        self,
        points: list[Point],
        start: float,
        end: float,
        tone: float | None = None,
        *,
        belly: float = 0,
    ) -> None:
        """Draw a brush stroke with round ends that runs from width `start` to `end`."""
        self.shape(taper(points, start, end, belly), tone)
        for (x, y), width in ((points[0], start), (points[-1], end)):
            if width > 2:
                self.oval(x, y, width / 2, width / 2, tone)


class Sheet:
    """A sheet on which a motif is drawn; `rng` is the picture's only source of chance.

    `disc` is where its sun or moon stands (x, y and radius in units), if it has one.
    """

    def __init__(self, seed: int | str, size: tuple[int, int]):
        self.rng = Random(seed)
        self.size = size
        self.zoom = size[1] / 1000
        self.width = size[0] / self.zoom
        self.ink = Image.new("L", size, 0)
        self.red = Image.new("L", size, 0)
        self.disc: tuple[float, float, float] | None = None

    def field(self, strength: Strength, *, cells: int = 60) -> Image.Image:
        """Return a soft mask: `strength(x, y)` (0–1) asked on a coarse grid and smoothed between."""
        rows = cells * 5 // 8
        dx, dy = self.width / cells, 1000 / rows
        values = bytes(
            grey(strength((col + 0.5) * dx, (row + 0.5) * dy))
            for row in range(rows)
            for col in range(cells)
        )
        return Image.frombytes("L", (cells, rows), values).resize(
            self.size, Image.Resampling.BICUBIC
        )

    def sky(self, top: float, bottom: float) -> None:
        """Lay a wash from tone `top` to tone `bottom` over the whole sheet."""
        column = Image.linear_gradient("L").point(
            [grey(top + (bottom - top) * i / 255) for i in range(256)]
        )
        self.ink = column.resize(
            (1, self.size[1]), Image.Resampling.BICUBIC, (0, 0, 1, 256)
        ).resize(self.size, Image.Resampling.NEAREST)

    @contextmanager
    def layer(
        self,
        tone: float,
        *,
        red: bool = False,
        strength: float = 1,
        fade: Strength | None = None,
        blur: float = 0,
    ) -> Iterator[Layer]:
        """Draw a layer and print it on leaving.

        `tone` is its usual tone, `red` prints in cinnabar, `strength` (0–1) thins the ink, `fade` thins it place by
        place, `blur` softens the edges (units).
        """
        drawn = Layer(self, tone, red=red)
        yield drawn
        left, top, right, bottom = drawn.box
        pad = blur * self.zoom * 3 + 2
        box = (
            max(int(left / FINE - pad), 0),
            max(int(top / FINE - pad), 0),
            min(math.ceil(right / FINE + pad), self.size[0]),
            min(math.ceil(bottom / FINE + pad), self.size[1]),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        fine_box = tuple(edge * FINE for edge in box)
        cover = drawn.cover.reduce(FINE, fine_box)
        if blur:
            cover = cover.filter(ImageFilter.GaussianBlur(blur * self.zoom))
        if strength < 1:
            cover = cover.point([round(level * strength) for level in range(256)])
        if fade:
            cover = ImageChops.multiply(cover, self.field(fade).crop(box))
        fill = grey(tone) if drawn.tones is None else drawn.tones.reduce(FINE, fine_box)
        self.ink.paste(fill, box, cover)
        self.red.paste(
            grey(red) if drawn.reds is None else drawn.reds.reduce(FINE, fine_box), box, cover
        )

    def veil(self, tone: float, strength: Strength) -> None:
        """Lay mist or shade of one tone over the sheet, as thick as `strength(x, y)` says."""
        mask = self.field(strength)
        self.ink.paste(grey(tone), None, mask)
        self.red.paste(0, None, mask)

    def keep_outside(self, outline: list[Point], before: Image.Image) -> None:
        """Put the ink `before` back everywhere but inside `outline`, as a wall around its window."""
        inside = Layer(self, 0)
        inside.shape(outline)
        window = inside.cover.reduce(FINE)
        self.ink = Image.composite(self.ink, before, window)
        self.red = ImageChops.multiply(self.red, window)

    def print(self, hue: str, *, grain: float = 1) -> Image.Image:
        """Return the picture in colour, in the hue `#rrggbb`, with the paper's grain."""
        colour = tuple(int(hue[i : i + 2], 16) for i in (1, 3, 5))
        deep = mix(tuple(c * 0.5 for c in colour), NIGHT, 0.45)
        inks = ramp([(0, PAPER), (HUE_AT, mix(mix(colour, DUST, 0.14), PAPER, 0.04)), (1, deep)])
        reds = ramp([(0, PINK), (0.5, CINNABAR), (1, OXBLOOD)])
        ink = self._grained(grain)
        picture = Image.merge("RGB", [ink.point(table) for table in inks])
        box = self.red.getbbox()
        if box:
            ink = ink.crop(box)
            picture.paste(
                Image.merge("RGB", [ink.point(table) for table in reds]), box, self.red.crop(box)
            )
        return picture

    def _grained(self, grain: float) -> Image.Image:
        """Return the ink with the paper's fine grain and its slow clouds."""
        width, height = self.size
        clouds = Image.frombytes("L", (14, 9), self.rng.randbytes(126)).resize(
            self.size, Image.Resampling.BICUBIC
        )
        tile = (
            Image.frombytes("L", (512, 512), self.rng.randbytes(512 * 512))
            .filter(ImageFilter.GaussianBlur(0.6))
            .point([round(128 + (level - 127.5) * 0.1 * grain) for level in range(256)])
        )
        specks = Image.new("L", self.size)
        for x in range(0, width, 512):
            for y in range(0, height, 512):
                specks.paste(tile, (x, y))
        clouds = clouds.point([round(128 + (level - 127.5) * 0.035) for level in range(256)])
        return ImageChops.add(ImageChops.add(self.ink, specks, 1, -128), clouds, 1, -128)
