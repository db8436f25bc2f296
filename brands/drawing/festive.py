"""What hangs and flies on festive days: lanterns, kites, paper-cut lattice windows."""

import math
from random import Random

from brands.drawing.backdrop import birds, disc, far_hills, mist, ridge, sky
from brands.drawing.buildings import house
from brands.drawing.kite_forms import KITES, fly
from brands.drawing.lattices import LATTICES
from brands.drawing.plants import blossom, spray, twig
from brands.drawing.shapes import Point, height_at, leaf, oval, ridgeline, smooth
from brands.drawing.sheet import Layer, Sheet


def rope(start: Point, end: Point, sag: float, count: int = 24) -> list[Point]:
    """Return a rope from `start` to `end` that hangs `sag` units through."""
    return [
        (
            start[0] + (end[0] - start[0]) * i / count,
            start[1] + (end[1] - start[1]) * i / count + sag * 4 * (i / count) * (1 - i / count),
        )
        for i in range(count + 1)
    ]


def lantern(
    ink: Layer, rng: Random, x: float, y: float, size: float, tone: float, form: str
) -> None:
    """Draw a lantern that hangs from (x, y), with caps, ribs and a tassel; `size` is half its height."""
    cy = y + size * 1.5
    wide = {"round": 1.18, "long": 0.66, "gourd": 0.92}[form] * size
    ink.line([(x, y), (x, cy - size)], 2.5, min(tone + 0.36, 1))
    body = oval(x, cy, wide, size * 0.94, count=44)
    if form == "long":
        body = [(px, cy + (py - cy) * 1.25) for px, py in body]
    ink.shape(body, tone)
    ink.oval(x - wide * 0.12, cy - size * 0.08, wide * 0.62, size * 0.66, tone - 0.08)
    ink.oval(x - wide * 0.14, cy - size * 0.1, wide * 0.34, size * 0.46, tone - 0.14)
    stretch = 1.17 if form == "long" else 0.94
    for rib in (-0.8, -0.45, 0, 0.45, 0.8):
        ink.line(
            [
                (x + rib * wide * math.cos(a), cy + size * stretch * math.sin(a))
                for a in [math.pi * (i / 12 - 0.5) for i in range(13)]
            ],
            max(size * 0.022, 1.3),
            tone + 0.16,
        )
    top, low = cy - size * stretch, cy + size * stretch
    for edge in (top, low):
        ink.shape(
            [
                (x - wide * 0.36, edge - size * 0.08),
                (x + wide * 0.36, edge - size * 0.08),
                (x + wide * 0.36, edge + size * 0.08),
                (x - wide * 0.36, edge + size * 0.08),
            ],
            min(tone + 0.38, 1),
        )
    sway = rng.uniform(-0.12, 0.12) * size
    ink.line([(x, low), (x + sway * 0.4, low + size * 0.42)], 2.5, tone + 0.2)
    for thread in range(-3, 4):
        ink.line(
            [
                (x + sway * 0.4, low + size * 0.4),
                (x + sway + thread * size * 0.055, low + size * (1.12 - 0.03 * abs(thread))),
            ],
            max(size * 0.03, 1.4),
            tone + 0.08,
        )


def lanterns(sheet: Sheet) -> None:
    """Lanterns on ropes over roofs at dusk."""
    rng, width = sheet.rng, sheet.width
    dusk = rng.random() < 0.55
    sheet.sky(*((0.46, 0.08) if dusk else (0.12, 0.01)))
    form = rng.choice(["round", "round", "long", "gourd"])
    if dusk or rng.random() < 0.4:
        disc(
            sheet,
            width * rng.uniform(0.15, 0.85),
            rng.uniform(430, 560),
            rng.uniform(60, 100),
            moon=True,
        )
    far_hills(sheet, rng.uniform(640, 720), count=2, swing=60, tone=0.2)
    mist(sheet, 850, 80, strength=0.7, tone=0.05)
    if rng.random() < 0.65:
        with sheet.layer(0.7) as ink:
            x = -60.0
            while x < width:
                wide = rng.uniform(210, 330)
                house(
                    ink,
                    x,
                    rng.uniform(880, 950),
                    wide,
                    rng.uniform(90, 120),
                    wall=0.1 + 0.08 * dusk,
                    tile=0.74,
                )
                x += wide + rng.choice([-6, 30, 120])
    else:
        ridge(sheet, ridgeline(rng, width, 930, 50, rough=1.4), 0.72, floor=0.7)
    for depth in range(3):
        size = (20, 38, 72)[depth] * rng.uniform(0.9, 1.15)
        count = (9, 6, rng.choice([2, 3, 4]))[depth]
        left = (-40, rng.uniform(40, 330) - 70 * depth)
        right = (width + 40, rng.uniform(40, 330) - 70 * depth)
        line = rope(left, right, rng.uniform(70, 190))
        tone = (0.3, 0.45, 0.8)[depth]
        with sheet.layer(tone, strength=(0.6, 0.8, 0.9)[depth]) as ink:
            ink.line(line, (1.6, 2.2, 3.2)[depth])
        red = depth > 0
        with sheet.layer(
            0.4, red=red, strength=(0.6, 0.85, 1)[depth], blur=(1.2, 0, 0)[depth]
        ) as ink:
            shift = rng.uniform(0.2, 0.8)
            for i in range(count):
                x, y = line[min(round((i + shift) / count * 24), 24)]
                lantern(
                    ink, rng, x, y, size * rng.uniform(0.88, 1.12), (0.36, 0.42, 0.5)[depth], form
                )
    if rng.random() < 0.4:
        with sheet.layer(0.84) as ink:
            side = rng.choice([-1, 1])
            for _ in range(5):
                spray(
                    ink,
                    rng,
                    width * (0.5 - side * 0.52) + side * rng.uniform(0, 150),
                    rng.uniform(560, 760),
                    side,
                    rng.uniform(80, 120),
                    0.8,
                )


def kites(sheet: Sheet) -> None:
    """Kites over a spring hill where people hold the strings."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    side = rng.choice([-1, 1])
    for _ in range(rng.randint(2, 4)):
        mist(sheet, rng.uniform(120, 560), rng.uniform(22, 44), strength=0.6, tone=0.0)
    disc(
        sheet,
        width * (0.5 - side * rng.uniform(0.2, 0.36)),
        rng.uniform(380, 560),
        rng.uniform(58, 90),
    )
    far_hills(sheet, rng.uniform(620, 700), count=3, swing=60, tone=0.16)
    mist(sheet, 860, 60, strength=0.6)
    hill = ridgeline(rng, width, 900, 46, rough=1.2)
    ridge(sheet, hill, 0.68, floor=0.5, reach=200)
    forms = rng.sample([*KITES, *KITES], rng.randint(3, 5))
    holders = []
    for i, form in enumerate(forms):
        size = 150 if i == 0 else rng.uniform(46, 92)
        x = width * ((i + 0.5) / len(forms)) + rng.uniform(-70, 70)
        y = rng.uniform(170, 260) if i == 0 else rng.uniform(120, 470)
        if i == 0:
            x = width * (0.5 + side * rng.uniform(0.1, 0.22))
        hx = min(max(x + rng.uniform(-520, 520), 90), width - 90)
        hold = (hx, height_at(hill, hx) - 44)
        holders.append(hx)
        with sheet.layer(0.6, strength=0.6) as ink:
            ink.line(rope((x, y), hold, rng.uniform(40, 110)), 1.8)
        fly(sheet, form, x, y, size, 0.5, red=i == 0 or rng.random() < 0.25)
    with sheet.layer(0.9) as ink:
        for hx in holders:
            y = height_at(hill, hx) + 4
            tall = rng.uniform(52, 70)
            ink.shape(
                [
                    (hx - tall * 0.09, y - tall * 0.76),
                    (hx + tall * 0.09, y - tall * 0.76),
                    (hx + tall * 0.19, y),
                    (hx - tall * 0.19, y),
                ]
            )
            ink.oval(hx, y - tall * 0.9, tall * 0.11, tall * 0.12)
            ink.stroke(
                [(hx, y - tall * 0.68), (hx + tall * 0.2 * side, y - tall * 0.78)],
                tall * 0.09,
                tall * 0.06,
            )
    with sheet.layer(0.8) as ink:
        for _ in range(70):
            gx = rng.uniform(0, width)
            ink.shape(
                leaf(
                    gx,
                    height_at(hill, gx) + 8,
                    -math.pi / 2 + rng.uniform(-0.5, 0.5),
                    rng.uniform(14, 34),
                    4,
                    0.3,
                )
            )
    if rng.random() < 0.5:
        birds(sheet, width * rng.uniform(0.1, 0.6), rng.uniform(520, 600), 4)


def garden(sheet: Sheet) -> None:
    """Paint what is seen through a window: hills, the disc and, mostly, a branch."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    disc(
        sheet,
        width * rng.uniform(0.34, 0.66),
        rng.uniform(280, 440),
        rng.uniform(60, 100),
        moon=rng.random() < 0.2,
    )
    far_hills(
        sheet,
        rng.uniform(470, 580),
        count=4,
        swing=90,
        tone=0.15,
        step=0.11,
        sharp=rng.choice([0, 0.5]),
    )
    mist(sheet, 800, 70, strength=0.6)
    if rng.random() < 0.7:
        limbs = twig(rng, (width * 0.2, rng.uniform(400, 700)), rng.uniform(-0.5, 0.1), 760, 26, 2)
        with sheet.layer(0.78) as ink:
            for points, start, end in limbs:
                ink.stroke(smooth(points, 4), start, end)
        with sheet.layer(0.3, red=True) as ink:
            for points, start, _ in limbs:
                for x, y in points[1:]:
                    if start < 22 and rng.random() < 0.5:
                        blossom(ink, rng, x, y, rng.uniform(13, 20), 0.32, 0.8)


def lattice(sheet: Sheet) -> None:
    """A paper-cut lattice wall with an opening onto a garden."""
    rng, width = sheet.rng, sheet.width
    garden(sheet)
    cx, cy = width * rng.choice([0.36, 0.5, 0.5, 0.64]), rng.uniform(470, 520)
    form = rng.choice(["moon", "moon", "octagon", "fan", "square", "plain"])
    radius = rng.uniform(330, 400)
    opening = {
        "moon": oval(cx, cy, radius, radius, count=96),
        "octagon": [
            (cx + radius * 1.06 * math.cos(a), cy + radius * 1.06 * math.sin(a))
            for a in [math.pi / 8 + i * math.pi / 4 for i in range(8)]
        ],
        "square": [
            (cx - radius * 1.3, cy - radius * 0.92),
            (cx + radius * 1.3, cy - radius * 0.92),
            (cx + radius * 1.3, cy + radius * 0.92),
            (cx - radius * 1.3, cy + radius * 0.92),
        ],
        "fan": fan(cx, cy + radius * 1.5, radius * 2.3, radius * 1.0, 0.62),
        "plain": [],
    }[form]
    tone = rng.choice([0.62, 0.72, 0.82])
    wall = rng.choice([0.0, 0.0, 0.34])
    if form != "plain":
        with sheet.layer(0.06 if wall == 0 else wall, strength=0.86 if wall == 0 else 0.9) as ink:
            ink.shape([(-10, -10), (width + 10, -10), (width + 10, 1010), (-10, 1010)])
            ink.shape(opening, cover=0)
    with sheet.layer(tone, strength=0.94) as ink:
        rng.choice(LATTICES)(ink, rng, width, rng.uniform(0.85, 1.25))
        if form != "plain":
            ring = [*opening, opening[0], opening[1]]
            ink.line(ring, 52)
            ink.shape(opening, cover=0)
            ink.line(ring, 14)
            inner = [(cx + (x - cx) * 0.955, cy + (y - cy) * 0.955) for x, y in ring]
            ink.line(inner, 4)
        edge = 26
        for line in (
            [(0, 0), (width, 0)],
            [(0, 1000), (width, 1000)],
            [(0, 0), (0, 1000)],
            [(width, 0), (width, 1000)],
        ):
            ink.line(line, edge * 2)


def fan(x: float, y: float, outer: float, inner: float, spread: float) -> list[Point]:
    """Return a folding fan's leaf around the pivot (x, y), `spread` radians to each side."""
    angles = [-math.pi / 2 - spread + 2 * spread * i / 30 for i in range(31)]
    rim = [(x + outer * math.cos(a), y + outer * math.sin(a)) for a in angles]
    return rim + [(x + inner * math.cos(a), y + inner * math.sin(a)) for a in angles[::-1]]
