"""Activities of many in a hall: a choir, a lecture, an assembly."""

import math

from brands.drawing import people
from brands.drawing.backdrop import disc, far_hills, mist
from brands.drawing.festive import lantern
from brands.drawing.indoors import room, window
from brands.drawing.people import person
from brands.drawing.plants import spray
from brands.drawing.shapes import leaf, smooth, taper
from brands.drawing.sheet import Sheet
from brands.drawing.sports import ground
from brands.drawing.town import box, vase


def heads(sheet: Sheet, y: float, size: float, count: int, tone: float) -> None:
    """Draw a row of listeners from behind: heads and shoulders."""
    rng, width = sheet.rng, sheet.width
    with sheet.layer(tone) as ink:
        for i in range(-1, count + 1):
            x = width * (i + 0.5) / count + rng.uniform(-0.12, 0.12) * size
            s = size * rng.uniform(0.92, 1.08)
            top = y + rng.uniform(-0.12, 0.12) * size
            coat = tone + rng.uniform(-0.16, 0.04)
            shoulders = smooth(
                [
                    (x - s * 1.02, top + s * 2.2),
                    (x - s * 0.9, top + s * 1.12),
                    (x - s * 0.3, top + s * 0.78),
                    (x + s * 0.3, top + s * 0.78),
                    (x + s * 0.9, top + s * 1.12),
                    (x + s * 1.02, top + s * 2.2),
                ],
                5,
            )
            ink.shape([*shoulders, (x + s, 1040), (x - s, 1040)], coat)
            ink.oval(x, top + s * 0.6, s * 0.17, s * 0.34, 0.05, red=True)
            ink.oval(x, top, s * 0.42, s * 0.5, min(tone + 0.12, 1))
            if rng.random() < 0.35:
                ink.oval(x, top - s * 0.36, s * 0.22, s * 0.2, min(tone + 0.12, 1))
            elif rng.random() < 0.35:
                box(ink, x - s * 0.42, top, s * 0.84, s * 0.56, min(tone + 0.12, 1))


def choir(sheet: Sheet) -> None:
    """A choir on its steps, the conductor before it."""
    rng, width = sheet.rng, sheet.width
    sheet.sky(rng.choice([0.1, 0.24, 0.4]), 0.05)
    cx = width * rng.uniform(0.48, 0.52)
    disc(
        sheet,
        cx + rng.uniform(-300, 300),
        rng.uniform(290, 360),
        rng.uniform(190, 250),
        moon=rng.random() < 0.25,
    )
    far_hills(sheet, rng.uniform(480, 560), count=2, swing=70, tone=0.18)
    ground(sheet, 690, 0.4)
    arch = rng.choice([0, 26, -22])
    robe = rng.choice([(0.5, 0.6, 0.7), (0.08, 0.06, 0.03), (0.62, 0.4, 0.62)])
    for row in range(3):
        y, tall, count = (690, 740, 800)[row], 235 + 18 * row, (11, 12, 11)[row]
        half = width * (0.31 + 0.025 * row)
        with sheet.layer(0.6, strength=0.97) as ink:
            box(ink, cx - half - 30, y, half * 2 + 60, 62, (0.3, 0.36, 0.44)[row])
            ink.line([(cx - half - 30, y), (cx + half + 30, y)], 4, 0.62)
        with sheet.layer(robe[row], strength=0.98) as ink:
            for i in range(count):
                t = (i + 0.5) / count * 2 - 1
                at = person(
                    ink,
                    rng,
                    cx + t * half,
                    y + 4 - arch * (1 - t * t),
                    tall * rng.uniform(0.95, 1.03),
                    people.SING,
                    facing=1 if t < 0 else -1,
                    coat=robe[row] + 0.03 * (i % 2),
                    gown=True,
                    hair=0.9,
                )
                hx, hy = at["hip"]
                ink.shape(
                    [
                        (hx - 24, hy - tall * 0.16),
                        (hx, hy - tall * 0.12),
                        (hx + 24, hy - tall * 0.16),
                        (hx + 22, hy - tall * 0.05),
                        (hx, hy - tall * 0.01),
                        (hx - 22, hy - tall * 0.05),
                    ],
                    0.03 if robe[row] > 0.3 else 0.6,
                )
    sheet.veil(0.55, lambda x, y: min(max((y - 800) / 200, 0), 1) * 0.8)
    with sheet.layer(0.92) as ink:
        mx = cx + rng.choice([-1, 1]) * rng.uniform(0, 90)
        box(ink, mx - 110, 976, 220, 30, 0.86)
        at = person(
            ink,
            rng,
            mx,
            980,
            330,
            people.CONDUCT,
            facing=rng.choice([-1, 1]),
            coat=0.88,
            trousers=0.95,
            hair=0.98,
            back=True,
        )
        hx, hy = at["right_hand"]
        ink.line([(hx, hy), (hx + (hx - mx) * 0.6, hy - 66)], 3.4, 0.9)
    if rng.random() < 0.5:
        with sheet.layer(0.45, red=True) as ink:
            for side in (-1, 1):
                for place in (0.46, 0.38):
                    lantern(
                        ink,
                        rng,
                        width * (0.5 + side * place),
                        -10 + 500 * (0.46 - place),
                        58,
                        0.46,
                        "round",
                    )
    else:
        with sheet.layer(0.6, strength=0.9) as ink:
            for side in (-1, 1):
                for fold in range(6):
                    x = width * 0.5 + side * (width * 0.5 - fold * 30)
                    ink.shape(
                        [
                            (x - 20, -5),
                            (x + 20, -5),
                            (x + 17 + side * 8, 1005),
                            (x - 17 + side * 8, 1005),
                        ],
                        0.5 + 0.16 * (fold % 2),
                    )


def lecture(sheet: Sheet) -> None:
    """A lecture: the speaker beside a large picture, rows of listeners from behind."""
    rng, width = sheet.rng, sheet.width
    room(sheet, 640, rng.choice([0.1, 0.2]))
    side = rng.choice([-1, 1])
    px = width * (0.5 - side * rng.uniform(0.06, 0.12))
    window(sheet, px, 310, rng.uniform(270, 300), round_=False, tone=0.72, hills=4, panes=False)
    with sheet.layer(0.5, strength=0.9) as ink:
        box(ink, -10, 625, width + 20, 34, 0.46)
        ink.line([(-10, 625), (width + 10, 625)], 5, 0.7)
    sx = width * (0.5 + side * rng.uniform(0.28, 0.33))
    with sheet.layer(0.8) as ink:
        person(
            ink,
            rng,
            sx,
            630,
            300,
            rng.choice([people.GIVE, people.RAISE]),
            facing=-side,
            coat=0.62,
            trousers=0.84,
        )
        box(ink, sx - side * 62 - 52, 476, 104, 152, 0.7)
        box(ink, sx - side * 62 - 62, 464, 124, 18, 0.84)
        hx = sx - side * 62
        ink.line([(hx, 466), (hx + side * 12, 430)], 4, 0.9)
    if rng.random() < 0.6:
        with sheet.layer(0.7) as ink:
            vase(ink, width * (0.5 + side * 0.44), 632, 170, 0.6)
            for _ in range(5):
                spray(
                    ink,
                    rng,
                    width * (0.5 + side * 0.44),
                    470 - rng.uniform(0, 40),
                    rng.choice([-1, 1]),
                    64,
                    0.7,
                )
    for row in range(3):
        heads(
            sheet,
            (730, 800, 895)[row],
            (44, 58, 80)[row],
            (12, 10, 8)[row] + rng.choice([-1, 0]),
            (0.4, 0.6, 0.84)[row],
        )
        if row < 2:
            mist(sheet, (800, 880)[row], 34, strength=0.35, tone=0.2)


def assembly(sheet: Sheet) -> None:
    """Staff deliberate around a long table; some raise a hand."""
    rng, width = sheet.rng, sheet.width
    room(sheet, 660)
    wx = width * rng.choice([0.36, 0.5, 0.64])
    window(sheet, wx, 290, rng.uniform(200, 235), round_=rng.random() < 0.4)
    with sheet.layer(0.4, strength=0.8) as ink:
        for x in (0.06, 0.13, 0.87, 0.94):
            if abs(width * x - wx) < 360:
                continue
            box(ink, width * x - 34, 90, 68, 420, 0.04)
            box(ink, width * x - 44, 84, 88, 12, 0.6)
            box(ink, width * x - 44, 506, 88, 12, 0.6)
            for row in range(5):
                y = 150 + row * 66
                ink.shape(
                    taper(
                        [
                            (width * x - 12, y + rng.uniform(-8, 8)),
                            (width * x + 3, y + 10),
                            (width * x + 12, y + rng.uniform(-8, 26)),
                        ],
                        8,
                        3,
                        6,
                    ),
                    0.5,
                )
    count = rng.choice([7, 8, 9])
    up = set(rng.sample(range(count), rng.choice([1, 2, 3])))
    with sheet.layer(0.6) as ink:
        for i in range(count):
            x = width * (0.13 + 0.74 * (i + 0.5) / count)
            coat = rng.choice([0.06, 0.34, 0.5, 0.62])
            person(
                ink,
                rng,
                x,
                905,
                372 * rng.uniform(0.96, 1.04),
                people.RAISE if i in up else people.GIVE,
                facing=1 if x < width / 2 else -1,
                coat=coat,
            )
    with sheet.layer(0.7) as ink:
        ink.shape(
            [(width * 0.1, 742), (width * 0.9, 742), (width * 0.985, 850), (width * 0.015, 850)],
            0.4,
        )
        ink.shape(
            [
                (width * 0.015, 850),
                (width * 0.985, 850),
                (width * 0.985, 1010),
                (width * 0.015, 1010),
            ],
            0.66,
        )
        ink.line([(width * 0.015, 850), (width * 0.985, 850)], 6, 0.8)
        for i in range(count):
            x = width * (0.15 + 0.7 * (i + 0.5) / count)
            ink.shape([(x - 34, 772), (x + 30, 772), (x + 40, 806), (x - 40, 806)], 0.05)
            if rng.random() < 0.6:
                box(ink, x + 48, 764, 20, 26, 0.14)
                ink.oval(x + 58, 764, 10, 3.5, 0.5)
    with sheet.layer(0.5, red=True) as ink:
        x = width * rng.uniform(0.44, 0.56)
        box(ink, x - 62, 884, 124, 96, 0.52)
        box(ink, x - 70, 872, 140, 20, 0.66)
        box(ink, x - 28, 878, 56, 6, 0.98)
        ink.shape(leaf(x, 880, -math.pi / 2 + 0.2, 58, 26, 0), 0.02)
