"""The old town and the scholar's desk: swallows over roofs, books and scrolls."""

import math
from random import Random

from brands.drawing.backdrop import disc, far_hills, mist, sky
from brands.drawing.buildings import house
from brands.drawing.plants import blossom, spray, twig
from brands.drawing.shapes import leaf, oval, smooth, taper
from brands.drawing.sheet import Layer, Sheet


def swallow(
    ink: Layer, x: float, y: float, size: float, heading: float, bank: float, tone: float
) -> None:
    """Draw a swallow that flies along `heading` (radians); `bank` (0–1) says how far its wings are folded."""
    cos, sin = math.cos(heading), math.sin(heading)

    def put(points, shade=tone):
        ink.shape(
            [
                (x + size * (px * cos - py * sin), y + size * (px * sin + py * cos))
                for px, py in smooth(points, 5)
            ],
            shade,
        )

    put(
        [
            (0.46, 0),
            (0.3, -0.09),
            (0, -0.1),
            (-0.3, -0.03),
            (-0.3, 0.03),
            (0, 0.1),
            (0.3, 0.08),
            (0.46, 0),
        ]
    )
    for side, reach in ((-1, 1), (1, 1 - 0.55 * bank)):
        put(
            [
                (0.2, side * 0.04),
                (0.24, side * 0.4 * reach),
                (-0.02, side * 0.8 * reach),
                (-0.42, side * 1.08 * reach),
                (-0.14, side * 0.6 * reach),
                (-0.06, side * 0.2 * reach),
                (-0.16, side * 0.04),
                (0.2, side * 0.04),
            ]
        )
        put(
            [(-0.24, 0), (-0.5, side * 0.07), (-0.98, side * 0.2), (-0.5, side * 0.015), (-0.24, 0)]
        )


def willow(sheet: Sheet, x: float, side: int, count: int) -> None:
    """Hang willow strands from the upper edge, blown to one side."""
    rng = sheet.rng
    with sheet.layer(0.6, strength=0.92) as ink:
        for _ in range(count):
            top = x + rng.uniform(-150, 150)
            drop, blow = rng.uniform(180, 520), side * rng.uniform(20, 130)
            strand = smooth([(top, -20), (top + blow * 0.2, drop * 0.45), (top + blow, drop)], 10)
            tone = rng.uniform(0.5, 0.74)
            ink.shape(taper(strand, 3.2, 1), tone)
            for px, py in strand[2:]:
                for way in (-1, 1):
                    ink.shape(
                        leaf(
                            px,
                            py + rng.uniform(-8, 8),
                            math.pi / 2 + way * rng.uniform(0.25, 0.7),
                            rng.uniform(24, 40),
                            7,
                            0.2,
                        ),
                        tone,
                    )


def casement(ink: Layer, x: float, y: float, size: float, tone: float) -> None:
    """Draw a small window with its bars and a tiled brow, its upper left corner at (x, y)."""
    box(ink, x, y, size, size * 1.15, tone)
    for bar in (0.32, 0.62):
        box(ink, x + size * bar, y + size * 0.1, size * 0.07, size * 0.95, 0.06)
    box(ink, x - size * 0.2, y - size * 0.22, size * 1.4, size * 0.16, tone)


def swallows(sheet: Sheet) -> None:
    """Swallows over the white walls and dark roofs of an old town."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    side = rng.choice([-1, 1])
    disc(
        sheet,
        width * rng.uniform(0.2, 0.8),
        rng.uniform(190, 400),
        rng.uniform(60, 105),
        moon=rng.random() < 0.1,
    )
    far_hills(sheet, rng.uniform(450, 560), count=2, swing=80)
    for row in range(3):
        level = (600, 720, 850)[row] + rng.uniform(-20, 20)
        tile = (0.36, 0.56, 0.8)[row]
        with sheet.layer(tile) as ink:
            x = -rng.uniform(20, 240)
            while x < width:
                wide = rng.uniform(170, 300) * (0.75 + 0.25 * row)
                steps = rng.choice([1, 2, 2, 3])
                y = level + rng.uniform(-45, 45)
                house(
                    ink,
                    x,
                    y,
                    wide,
                    wide * rng.uniform(0.4, 0.52),
                    wall=(0.1, 0.07, 0.03)[row],
                    tile=tile,
                    steps=steps,
                )
                for place in rng.sample([0.24, 0.46, 0.68], rng.randint(1, 2)):
                    casement(ink, x + wide * place, y + 58, 26 + 6 * row, tile * 0.8)
                x += wide + rng.choice([-8, -8, 24, 90])
        if row < 2:
            mist(sheet, level + 130, 55, strength=0.75)
    sheet.veil(0.36, lambda x, y: max(y - 830, 0) / 170 * 0.6)
    count = rng.randint(4, 9)
    flow = rng.uniform(-0.5, 0.3)
    with sheet.layer(0.86) as ink:
        for i in range(count):
            x = width * (0.14 + 0.72 * (i + rng.random() * 0.7) / count)
            y = rng.uniform(120, 520)
            size = rng.uniform(34, 58) if i else rng.uniform(84, 112)
            heading = flow + rng.uniform(-0.5, 0.5)
            swallow(
                ink,
                x,
                y,
                size,
                heading if side > 0 else math.pi - heading,
                rng.random(),
                0.9 if size > 50 else 0.66,
            )
    if rng.random() < 0.7:
        willow(sheet, width * (0.5 + side * 0.44), -side, rng.randint(9, 16))


def box(ink: Layer, x: float, y: float, wide: float, tall: float, tone: float) -> None:
    ink.shape([(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)], tone)


def thread_bound(
    ink: Layer, rng: Random, x: float, y: float, wide: float, tall: float, tone: float
) -> None:
    """Draw a thread-bound book that lies flat, its lower edge at `y`, the pages facing us."""
    box(ink, x, y - tall, wide, tall, 0.05)
    for i in range(1, 6):
        ink.line(
            [(x + 6, y - tall * i / 6), (x + wide - 3, y - tall * i / 6 + rng.uniform(-1, 1))],
            1.6,
            0.3,
        )
    for edge in (y - tall, y):
        box(ink, x - 6, edge - tall * 0.09, wide + 10, tall * 0.18, tone)
    box(ink, x - 6, y - tall, wide * 0.045 + 6, tall, tone)


def scroll(ink: Layer, x: float, y: float, length: float, girth: float, tone: float) -> None:
    """Draw a rolled scroll that lies on the table, seen from the side."""
    box(ink, x - girth * 0.5, y - girth * 0.68, length + girth, girth * 0.36, min(tone + 0.26, 1))
    box(ink, x, y - girth, length, girth, tone)
    box(ink, x, y - girth * 0.9, length, girth * 0.3, tone - 0.1)
    for place in (0.44, 0.5):
        box(ink, x + length * place, y - girth, girth * 0.18, girth, 0.04)


def pot_of_brushes(ink: Layer, rng: Random, x: float, y: float, size: float, tone: float) -> None:
    """Draw a brush pot with brushes in it, standing on `y`."""
    for _ in range(rng.randint(4, 6)):
        lean = rng.uniform(-0.28, 0.28) * size
        top = (x + lean * 1.9, y - size * rng.uniform(1.75, 2.25))
        foot = (x + lean * 0.4, y - size * 0.6)
        ink.line([foot, top], size * 0.06, tone * 0.7)
        angle = math.atan2(top[1] - foot[1], top[0] - foot[0])
        ink.shape(leaf(*top, angle, size * 0.42, size * 0.17, 0.06), min(tone + 0.2, 1))
    ink.shape(
        [
            (x - size * 0.36, y - size),
            (x + size * 0.36, y - size),
            (x + size * 0.33, y),
            (x - size * 0.33, y),
        ],
        tone,
    )
    ink.oval(x, y - size, size * 0.36, size * 0.07, tone * 0.7)
    ink.shape(
        [
            (x - size * 0.355, y - size * 0.8),
            (x + size * 0.355, y - size * 0.8),
            (x + size * 0.35, y - size * 0.74),
            (x - size * 0.35, y - size * 0.74),
        ],
        0.1,
    )


def vase(ink: Layer, x: float, y: float, size: float, tone: float) -> None:
    """Draw a slim vase standing on `y`."""
    half = [
        (0.13, -1),
        (0.1, -0.86),
        (0.11, -0.72),
        (0.33, -0.5),
        (0.36, -0.3),
        (0.24, -0.08),
        (0.22, 0),
    ]
    right = smooth([(x + size * px, y + size * py) for px, py in half], 6)
    ink.shape(right + [(2 * x - px, py) for px, py in right[::-1]], tone)
    ink.oval(x - size * 0.14, y - size * 0.4, size * 0.05, size * 0.14, tone - 0.14)


def books(sheet: Sheet) -> None:
    """A scholar's table by a round window: books, scrolls, brushes, a branch in a vase."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    wx, wr = width * rng.choice([0.3, 0.5, 0.62, 0.7]), rng.uniform(290, 360)
    disc(
        sheet,
        wx + rng.uniform(-0.4, 0.4) * wr,
        rng.uniform(240, 380),
        rng.uniform(55, 85),
        moon=rng.random() < 0.15,
    )
    far_hills(
        sheet, rng.uniform(430, 500), count=3, swing=70, tone=0.16, sharp=rng.choice([0, 0.5])
    )
    mist(sheet, 700, 60)
    with sheet.layer(0.09, strength=0.95) as ink:
        ink.shape([(-10, -10), (width + 10, -10), (width + 10, 1010), (-10, 1010)])
        if rng.random() < 0.7:
            ring = oval(wx, 430, wr, wr, count=90)
        else:
            ring = [
                (wx - wr * 1.15, 130),
                (wx + wr * 1.15, 130),
                (wx + wr * 1.15, 700),
                (wx - wr * 1.15, 700),
            ]
        ink.shape(ring, cover=0)
        ink.line([*ring, ring[0], ring[1]], 12, 0.58)
    table = rng.uniform(800, 840)
    with sheet.layer(0.78, fade=lambda x, y: 1 if y < table + 60 else 0.93) as ink:
        box(ink, -10, table, width + 20, 26, 0.84)
        box(ink, -10, table + 26, width + 20, 200, 0.66)
    things = [
        vase_with_branch,
        *rng.sample([stack, stack, scrolls, brushes, open_book], rng.choice([2, 3, 3])),
    ]
    rng.shuffle(things)
    slot = width * 0.86 / len(things)
    for i, thing in enumerate(things):
        thing(
            sheet,
            width * 0.07 + slot * (i + 0.5) + rng.uniform(-20, 20),
            table,
            min(slot * 0.86, 330),
        )


def vase_with_branch(sheet: Sheet, x: float, y: float, room: float) -> None:
    """Set a vase with a branch, in blossom or in leaf, on the table."""
    rng = sheet.rng
    size = rng.uniform(250, 310)
    limbs = twig(rng, (x, y - size * 0.95), -math.pi / 2 + rng.uniform(-0.4, 0.4), 360, 12, 2)
    with sheet.layer(0.74) as ink:
        vase(ink, x, y, size, 0.68)
        for points, start, end in limbs:
            ink.stroke(smooth(points, 4), start, end, 0.82)
    if rng.random() < 0.35:
        with sheet.layer(0.7) as ink:
            for points, _, _ in limbs:
                spray(ink, rng, *points[-1], rng.choice([-1, 1]), 60, 0.7)
        return
    with sheet.layer(0.32, red=rng.random() < 0.7) as ink:
        for points, _, _ in limbs:
            for px, py in points[2:]:
                if rng.random() < 0.62:
                    blossom(ink, rng, px, py, rng.uniform(12, 19), 0.34, 0.8)


def stack(sheet: Sheet, x: float, y: float, room: float) -> None:
    """Set a stack of books on the table, a scroll on top of some."""
    rng = sheet.rng
    with sheet.layer(0.6) as ink:
        for _ in range(rng.randint(3, 6)):
            wide, tall = room * rng.uniform(0.72, 1), rng.uniform(30, 50)
            thread_bound(
                ink,
                rng,
                x - wide / 2 + rng.uniform(-14, 14),
                y,
                wide,
                tall,
                rng.choice([0.5, 0.62, 0.74]),
            )
            y -= tall + 4
        if rng.random() < 0.5:
            scroll(ink, x - room * 0.35, y, room * 0.7, 34, 0.4)


def scrolls(sheet: Sheet, x: float, y: float, room: float) -> None:
    """Set a heap of rolled scrolls on the table, their ends towards us."""
    with sheet.layer(0.6) as ink:
        for row, count in enumerate((3, 2, 1)):
            for i in range(count):
                cx, cy = x + (i - (count - 1) / 2) * 84, y - 42 - row * 72
                tone = sheet.rng.choice([0.3, 0.42, 0.54])
                for radius, shade in (
                    (42, tone),
                    (33, 0.06),
                    (27, tone),
                    (18, 0.08),
                    (11, tone + 0.2),
                ):
                    ink.oval(cx, cy, radius, radius, shade)


def brushes(sheet: Sheet, x: float, y: float, room: float) -> None:
    """Set a pot of brushes on the table, and a cinnabar seal beside it."""
    rng = sheet.rng
    with sheet.layer(0.6) as ink:
        pot_of_brushes(ink, rng, x, y, rng.uniform(120, 150), 0.66)
        sx = x + rng.choice([-1, 1]) * 92
        box(ink, sx - 18, y - 56, 36, 46, 0.3)
        ink.oval(sx, y - 58, 17, 14, 0.3)
        ink.shape([(sx - 20, y - 12), (sx + 20, y - 12), (sx + 20, y), (sx - 20, y)], 0.5, red=True)


def open_book(sheet: Sheet, x: float, y: float, room: float) -> None:
    """Set an open book on the table."""
    half = room * 0.52
    with sheet.layer(0.6) as ink:
        for side in (-1, 1):
            page = smooth(
                [(x, y - 34), (x + side * half * 0.4, y - 74), (x + side * half, y - 46)], 6
            )
            ink.shape([*page, (x + side * half, y - 16), (x, y - 4)], 0.62)
            ink.shape(
                [*[(px, py - 8) for px, py in page], (x + side * half * 0.97, y - 26), (x, y - 12)],
                0.04,
            )
            for row in range(6):
                t = 0.16 + row * 0.13
                top = y - 32 - 34 * math.sin(min(t * 2.4, 1.6))
                ink.line([(x + side * half * t, top), (x + side * half * t, y - 24)], 3, 0.5)
