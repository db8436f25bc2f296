"""Lattice patterns of windows, cut as lines over the whole sheet. Each takes (layer, rng, width, scale)."""

import math
from random import Random

from brands.drawing.sheet import Layer


def diamonds(ink: Layer, rng: Random, width: float, scale: float) -> None:
    """Crossing slanted bars with small squares at every crossing."""
    gap = 120 * scale
    for i in range(-10, int(width / gap) + 12):
        ink.line([(i * gap, -10), (i * gap + 1020, 1010)], 11)
        ink.line([(i * gap, -10), (i * gap - 1020, 1010)], 11)
    for row in range(int(1000 / gap * 2) + 2):
        for col in range(int(width / gap) + 2):
            x, y = (col + (row % 2) * 0.5) * gap + 10, row * gap / 2 - 10 + 10
            ink.oval(x - 10, y - 10, 15, 15)


def steps(ink: Layer, rng: Random, width: float, scale: float) -> None:
    """Rectangles within rectangles, joined by short bars (步步锦)."""
    wide, tall = 260 * scale, 190 * scale
    for row in range(int(1000 / tall) + 1):
        for col in range(-1, int(width / wide) + 2):
            x, y = (col + (row % 2) * 0.5) * wide, row * tall
            for inset, thick in ((0, 11), (0.2, 8), (0.36, 8)):
                x0, y0, x1, y1 = (
                    x + wide * inset,
                    y + tall * inset,
                    x + wide * (1 - inset),
                    y + tall * (1 - inset),
                )
                ink.line([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], thick)
            for px in (0, 0.64):
                ink.line([(x + wide * px, y + tall / 2), (x + wide * (px + 0.36), y + tall / 2)], 8)
                ink.line([(x + wide / 2, y + tall * px), (x + wide / 2, y + tall * (px + 0.36))], 8)


def ice(ink: Layer, rng: Random, width: float, scale: float) -> None:
    """Cracked ice (冰裂纹): panes split and split again along chance lines."""

    def split(pane, depth):
        sides = len(pane)
        if depth == 0 or sides < 3:
            return
        lengths = [math.dist(pane[i], pane[(i + 1) % sides]) for i in range(sides)]
        first = max(range(sides), key=lengths.__getitem__)
        others = [i for i in range(sides) if i != first and lengths[i] > 30]
        if not others:
            return
        second = max(others, key=lambda i: lengths[i] * rng.uniform(0.6, 1.4))
        a, b = sorted((first, second))
        cuts = []
        for side in (a, b):
            t = rng.uniform(0.34, 0.66)
            p, q = pane[side], pane[(side + 1) % sides]
            cuts.append((p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t))
        ink.line(cuts, 5 + depth * 0.6)
        split([cuts[0], *pane[a + 1 : b + 1], cuts[1]], depth - 1)
        split([cuts[1], *pane[b + 1 :], *pane[: a + 1], cuts[0]], depth - 1)

    split([(0, 0), (width, 0), (width, 1000), (0, 1000)], 9 if scale < 1.05 else 8)


def hexagons(ink: Layer, rng: Random, width: float, scale: float) -> None:
    """Tortoise-shell: hexagons, each with a smaller one inside."""
    r = 92 * scale
    for row in range(-1, int(1000 / (r * 1.5)) + 2):
        for col in range(-1, int(width / (r * 1.732)) + 2):
            x, y = (col + (row % 2) * 0.5) * r * 1.732, row * r * 1.5
            for size, thick in ((1, 10), (0.52, 7)):
                corners = [
                    (x + r * size * math.cos(a), y + r * size * math.sin(a))
                    for a in [math.pi / 6 + i * math.pi / 3 for i in range(7)]
                ]
                ink.line(corners, thick)
            for a in [math.pi / 6 + i * 2 * math.pi / 3 for i in range(3)]:
                ink.line(
                    [
                        (x + r * 0.52 * math.cos(a), y + r * 0.52 * math.sin(a)),
                        (x + r * math.cos(a), y + r * math.sin(a)),
                    ],
                    7,
                )


def coins(ink: Layer, rng: Random, width: float, scale: float) -> None:
    """Overlapping circles (古钱)."""
    r = 104 * scale
    step = r * math.sqrt(2) / 1
    for row in range(-1, int(1000 / step * 2) + 3):
        for col in range(-1, int(width / step) + 3):
            x, y = (col + (row % 2) * 0.5) * step, row * step / 2
            ink.line(
                [
                    (
                        x + r * 0.707 * math.cos(i * math.pi / 14),
                        y + r * 0.707 * math.sin(i * math.pi / 14),
                    )
                    for i in range(29)
                ],
                9,
            )


def begonias(ink: Layer, rng: Random, width: float, scale: float) -> None:
    """Four-lobed begonia flowers (海棠) between straight bars."""
    gap = 190 * scale
    for row in range(-1, int(1000 / gap) + 2):
        for col in range(-1, int(width / gap) + 2):
            x, y = col * gap, row * gap
            ring = []
            for i in range(49):
                a = math.tau * i / 48
                r = gap * (0.27 + 0.1 * abs(math.cos(2 * a)))
                ring.append((x + gap / 2 + r * math.cos(a), y + gap / 2 + r * math.sin(a)))
            ink.line(ring, 8)
            ink.line([(x, y), (x + gap, y)], 10)
            ink.line([(x, y), (x, y + gap)], 10)
            for sx, sy in ((0, 0), (1, 0), (0, 1), (1, 1)):
                ink.line(
                    [
                        (x + gap * sx, y + gap * sy),
                        (x + gap * (0.5 + (sx - 0.5) * 0.4), y + gap * (0.5 + (sy - 0.5) * 0.4)),
                    ],
                    7,
                )


LATTICES = [diamonds, steps, ice, hexagons, coins, begonias]
