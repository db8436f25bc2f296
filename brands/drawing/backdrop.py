"""What stands behind every motif: the sky, the disc, far mountains, mist and birds."""

import math
from functools import cache

from brands.drawing.shapes import Point, height_at, leaf, ridgeline
from brands.drawing.sheet import Sheet


def disc(sheet: Sheet, x: float, y: float, radius: float, *, moon: bool = False) -> None:
    """Set the sun in cinnabar, or a pale moon with its halo, at (x, y)."""
    sheet.disc = (x, y, radius)
    if moon:
        # A pale disc shows only against a deeper sky: evening falls around it, and a halo lightens it again.
        sheet.veil(
            0.34,
            lambda px, py: 0.8 * math.exp(-(((px - x) ** 2 + (py - y) ** 2) / (radius * 7) ** 2)),
        )
        sheet.veil(
            0.0,
            lambda px, py: 0.5 * math.exp(-(((px - x) ** 2 + (py - y) ** 2) / (radius * 1.7) ** 2)),
        )
        with sheet.layer(0.0, strength=0.92) as ink:
            ink.oval(x, y, radius, radius)
        return
    with sheet.layer(0.5, red=True, strength=0.97) as ink:
        ink.oval(x, y, radius, radius)


def ridge(
    sheet: Sheet,
    line: list[Point],
    tone: float,
    *,
    strength: float = 1,
    reach: float = 380,
    floor: float = 0.12,
) -> list[Point]:
    """Paint a mountain below `line`; its foot dissolves in mist over `reach` units down to the share `floor`."""

    height = cache(lambda x: height_at(line, x))  # a place is asked for once in each row

    def fade(x, y):
        return min(max(1 - (y - height(x)) / reach, floor), 1)

    with sheet.layer(tone, strength=strength, fade=fade) as ink:
        ink.shape([*line, (sheet.width + 20, 1010), (-20, 1010)])
    return line


def far_hills(
    sheet: Sheet,
    level: float,
    *,
    count: int = 2,
    swing: float = 70,
    tone: float = 0.14,
    step: float = 0.09,
    sharp: float = 0,
) -> None:
    """Paint `count` pale ranges, the first at `level`, each nearer one lower and darker by `step`."""
    for i in range(count):
        line = ridgeline(
            sheet.rng, sheet.width, level + i * 75, swing * (1 - 0.15 * i), sharp=sharp, rough=0.9
        )
        ridge(sheet, line, tone + step * i, strength=0.85, reach=260)


def mist(
    sheet: Sheet, level: float, depth: float, *, strength: float = 0.75, tone: float = 0.03
) -> None:
    """Lay a bank of mist around height `level`, `depth` units thick, thinner in places."""
    phase, pace = sheet.rng.random() * 6.3, sheet.rng.uniform(0.8, 1.5)

    @cache
    def wave_at(x):
        return math.sin(x / 260 * pace + phase) * 0.5 + math.sin(x / 110 * pace + phase * 2) * 0.2

    def thick(x, y):
        wave = wave_at(x)
        return (
            strength
            * (0.78 + 0.22 * wave)
            * math.exp(-(((y - level - wave * depth * 0.35) / depth) ** 2))
        )

    sheet.veil(tone, thick)


def birds(
    sheet: Sheet, x: float, y: float, count: int, *, size: float = 15, tone: float = 0.6
) -> None:
    """Draw a loose flight of far birds around (x, y)."""
    rng = sheet.rng
    with sheet.layer(tone, strength=0.85) as ink:
        for i in range(count):
            bx = x + i * size * 2.6 * rng.uniform(0.7, 1.2)
            by = y + rng.uniform(-1, 1) * size * 1.6 - i * size * 0.5
            wing = size * rng.uniform(0.7, 1.1)
            lift = rng.uniform(0.25, 0.6)
            ink.shape(leaf(bx, by, math.pi + lift, wing, wing * 0.2, -0.3))
            ink.shape(leaf(bx, by, -lift, wing, wing * 0.2, 0.3))


def sky(sheet: Sheet) -> None:
    """Wash the sky as at dawn, noon or dusk."""
    top, bottom = sheet.rng.choice([(0.0, 0.16), (0.02, 0.1), (0.15, 0.01), (0.1, 0.04)])
    sheet.sky(top, bottom)
