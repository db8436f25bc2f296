"""Kites: a swallow, a diamond, a fish, a long line of discs."""

import math
from collections.abc import Callable

from brands.drawing.shapes import Point, smooth, taper
from brands.drawing.sheet import Layer, Sheet

LIGHT = 0.06
# Puts a point of the kite, which is about 1 high, on the sheet.
Place = Callable[[float, float], Point]


def curve(ink: Layer, at: Place, points: list[Point], tone: float) -> None:
    ink.shape([at(*point) for point in smooth(points, 6)], tone)


def swallow_kite(ink: Layer, at: Place, size: float, tone: float) -> None:
    for side in (-1, 1):
        curve(
            ink,
            at,
            [
                (0, -0.3),
                (side * 0.5, -0.52),
                (side * 1.1, -0.36),
                (side * 0.62, -0.12),
                (side * 0.1, 0.12),
                (0, -0.3),
            ],
            tone,
        )
        curve(
            ink,
            at,
            [
                (0, 0.1),
                (side * 0.2, 0.45),
                (side * 0.62, 1),
                (side * 0.18, 0.82),
                (0, 0.3),
                (0, 0.1),
            ],
            tone,
        )
        curve(
            ink,
            at,
            [
                (side * 0.28, -0.36),
                (side * 0.58, -0.42),
                (side * 0.8, -0.34),
                (side * 0.5, -0.24),
                (side * 0.28, -0.36),
            ],
            LIGHT,
        )
        ink.oval(*at(side * 0.33, 0.62), size * 0.07, size * 0.07, LIGHT)
    curve(
        ink,
        at,
        [(0, -0.66), (0.2, -0.42), (0.15, 0.2), (0, 0.46), (-0.15, 0.2), (-0.2, -0.42), (0, -0.66)],
        tone + 0.16,
    )
    curve(ink, at, [(0, -0.16), (0.09, 0), (0, 0.3), (-0.09, 0), (0, -0.16)], LIGHT)


def diamond_kite(ink: Layer, at: Place, size: float, tone: float) -> None:
    corners = [(0, -0.8), (0.58, -0.1), (0, 0.9), (-0.58, -0.1), (0, -0.8)]
    for quarter in range(4):
        ink.shape(
            [at(*corners[quarter]), at(*corners[quarter + 1]), at(0, -0.1)],
            tone if quarter % 2 else tone * 0.45,
        )
    tails(ink, at, size, tone)


def fish_kite(ink: Layer, at: Place, size: float, tone: float) -> None:
    curve(
        ink,
        at,
        [
            (0, -0.7),
            (0.34, -0.3),
            (0.26, 0.2),
            (0.06, 0.5),
            (-0.06, 0.5),
            (-0.26, 0.2),
            (-0.34, -0.3),
            (0, -0.7),
        ],
        tone,
    )
    for side in (-1, 1):
        curve(
            ink,
            at,
            [(0, 0.42), (side * 0.26, 0.66), (side * 0.36, 1.05), (side * 0.08, 0.8), (0, 0.42)],
            tone * 0.8,
        )
        curve(
            ink,
            at,
            [(side * 0.28, -0.22), (side * 0.62, 0.02), (side * 0.22, 0.06), (side * 0.28, -0.22)],
            tone * 0.8,
        )
        ink.oval(*at(side * 0.14, -0.42), size * 0.06, size * 0.06, LIGHT)
    for row in range(3):
        ink.line(
            [
                at(px, -0.1 + row * 0.17 + 0.06 * math.cos(px * 9))
                for px in (-0.2, -0.1, 0, 0.1, 0.2)
            ],
            size * 0.03,
            LIGHT,
        )
    tails(ink, at, size, tone)


def dragon_kite(ink: Layer, at: Place, size: float, tone: float) -> None:
    spine = smooth([at(0, 0), at(0.44, 0.32), at(0.56, 0.75), at(1.1, 1), at(1.55, 1.55)], 6)
    for i, (x, y) in enumerate(spine[::2]):
        radius = size * (0.19 - 0.009 * i)
        ink.line(
            [(x - radius * 1.8, y - radius * 0.5), (x + radius * 1.8, y + radius * 0.5)], 2, tone
        )
        ink.oval(x, y, radius, radius, tone if i % 2 else tone * 0.5)
    ink.oval(*at(0, 0), size * 0.26, size * 0.26, tone + 0.1)
    for side in (-1, 1):
        ink.oval(*at(side * 0.1, -0.05), size * 0.055, size * 0.055, LIGHT)


def tails(ink: Layer, at: Place, size: float, tone: float) -> None:
    for side in (-0.12, 0.12):
        tail = smooth(
            [
                at(side, 0.8),
                at(side * 3 + 0.16, 1.3),
                at(side - 0.22, 1.9),
                at(side * 3 + 0.2, 2.5),
                at(side, 3),
            ],
            6,
        )
        ink.shape(taper(tail, size * 0.07, 2), tone)


KITES = [swallow_kite, diamond_kite, fish_kite, dragon_kite]


def fly(
    sheet: Sheet, form: Callable, x: float, y: float, size: float, tone: float, *, red: bool
) -> None:
    """Fly one of `KITES` at (x, y), turned by chance; `size` is about half its span."""
    turn = sheet.rng.uniform(-0.5, 0.5)
    cos, sin = math.cos(turn), math.sin(turn)
    with sheet.layer(tone, red=red) as ink:
        form(
            ink,
            lambda px, py: (x + size * (px * cos - py * sin), y + size * (px * sin + py * cos)),
            size,
            tone,
        )
