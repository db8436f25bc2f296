"""Water: rolling waves, and boats on a lake."""

import math

from brands.drawing.backdrop import birds, disc, far_hills, mist, ridge, sky
from brands.drawing.shapes import height_at, leaf, ridgeline, smooth, taper
from brands.drawing.sheet import Layer, Sheet


def swell(rng, width: float, level: float, height: float, length: float) -> list:
    """Return a line of waves: long backs, steep fronts."""
    phase, lean = rng.random() * math.tau, rng.choice([-0.45, 0.45])
    slow = rng.random() * math.tau
    points = []
    x = -12.0
    while x <= width + 12:
        turn = math.tau * x / length + phase
        size = height * (0.75 + 0.35 * math.sin(x / 330 + slow))
        points.append(
            (
                x,
                level
                - size * math.sin(turn + lean * math.sin(turn))
                - size * 0.22 * math.sin(2 * turn + slow),
            )
        )
        x += 6
    return points


def waves(sheet: Sheet) -> None:
    """Waves in rows, each with fine lines drawn along its back, the sun at the horizon."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    horizon = rng.uniform(360, 520)
    sun_x = width * rng.uniform(0.18, 0.82)
    disc(
        sheet,
        sun_x,
        horizon - rng.uniform(-10, 140),
        rng.uniform(90, 150),
        moon=rng.random() < 0.12,
    )
    if rng.random() < 0.55:
        far_hills(sheet, horizon - 10, count=1, swing=50, tone=0.13)
    count = rng.choice([5, 6, 7])
    for i in range(count):
        depth = i / (count - 1)
        level = horizon + 40 + (880 - horizon) * depth**1.25
        size = 12 + 58 * depth
        line = swell(
            rng,
            width,
            level,
            size * rng.uniform(0.8, 1.2),
            rng.uniform(300, 460) * (0.55 + 0.9 * depth),
        )
        ridge(sheet, line, 0.17 + 0.6 * depth, strength=0.9, reach=330, floor=0.35)
        with sheet.layer(0.02, strength=0.28 + 0.3 * depth) as ink:
            gap = 9 + 13 * depth
            for row in range(1, 5):
                back = [
                    (x, y + gap * row * (0.9 + 0.35 * math.sin(x / 170 + i * 2)))
                    for x, y in line[::2]
                ]
                ink.shape(taper(back, 1.2, 1.2, 1.6 + 2.4 * depth * (1 - row / 6)))
        if depth and rng.random() < 0.5:
            mist(sheet, level + 75, 26, strength=0.3)
        if i == 1 and rng.random() < 0.6:
            x = width * rng.uniform(0.15, 0.85)
            with sheet.layer(0.62) as ink:
                sail(ink, x, height_at(line, x) + 6, rng.uniform(80, 130))
    if rng.random() < 0.8:
        birds(
            sheet,
            rng.uniform(0.15, 0.7) * width,
            rng.uniform(140, 260),
            rng.randint(3, 7),
            size=rng.uniform(16, 26),
        )


def sail(ink: Layer, x: float, y: float, height: float) -> None:
    """Draw a junk with a ribbed sail, seen far off."""
    ink.shape(
        [
            (x - height * 0.42, y - height * 0.1),
            (x + height * 0.48, y - height * 0.13),
            (x + height * 0.32, y),
            (x - height * 0.3, y),
        ]
    )
    ink.line([(x, y - height * 0.08), (x, y - height)], height * 0.022)
    ink.shape(
        smooth(
            [
                (x + 3, y - height * 0.98),
                (x + height * 0.3, y - height * 0.78),
                (x + height * 0.36, y - height * 0.2),
                (x - height * 0.16, y - height * 0.2),
                (x + 3, y - height * 0.98),
            ],
            5,
        )
    )
    for rib in range(1, 5):
        ry = y - height * (0.2 + 0.15 * rib)
        ink.line(
            [(x - height * 0.2, ry + height * 0.02), (x + height * 0.4, ry)],
            height * 0.014,
            cover=0,
        )


def boat(
    ink: Layer, x: float, y: float, length: float, facing: int, tone: float, *, rower: bool = True
) -> None:
    """Draw a covered boat on the water line `y`, and its shadow below."""
    s = length * facing

    def at(px, py):
        return (x + s * px, y + length * py)

    ink.shape(
        smooth(
            [
                at(-0.5, -0.09),
                at(-0.3, -0.01),
                at(0, 0.015),
                at(0.3, -0.01),
                at(0.56, -0.12),
                at(0.36, 0.045),
                at(0, 0.075),
                at(-0.34, 0.05),
                at(-0.5, -0.09),
            ],
            5,
        ),
        tone,
    )
    ink.shape(
        smooth([at(-0.2, 0), at(-0.19, -0.13), at(0, -0.19), at(0.19, -0.13), at(0.2, 0)], 5),
        tone * 0.86,
    )
    for rib in (-0.09, 0.02, 0.12):
        ink.line([at(rib, -0.16), at(rib + 0.01, 0)], length * 0.008, tone * 0.6)
    if rower:
        ink.stroke(
            [at(-0.33, -0.02), at(-0.31, -0.13), at(-0.3, -0.2)],
            length * 0.07,
            length * 0.045,
            tone,
        )
        ink.oval(*at(-0.295, -0.245), length * 0.026, length * 0.03, tone)
        ink.shape([at(-0.37, -0.25), at(-0.295, -0.31), at(-0.22, -0.25)], tone)
        ink.line([at(-0.24, -0.2), at(-0.62, 0.13)], length * 0.012, tone)
    for row in range(4):
        half = 0.4 - 0.07 * row
        ink.shape(
            taper(
                [
                    at(-half, 0.11 + 0.035 * row),
                    at(0, 0.112 + 0.035 * row),
                    at(half, 0.11 + 0.035 * row),
                ],
                0.5,
                0.5,
                length * 0.014,
            ),
            tone * 0.55,
        )


def reeds(sheet: Sheet, x: float, spread: float, count: int, height: float, tone: float) -> None:
    """Grow reeds out of the lower edge around `x`."""
    rng = sheet.rng
    with sheet.layer(tone, strength=0.92) as ink:
        for _ in range(count):
            foot = x + rng.gauss(0, spread)
            tall = height * rng.uniform(0.5, 1.1)
            bend = rng.uniform(-0.1, 0.3) * tall
            stem = smooth(
                [(foot, 1010), (foot + bend * 0.2, 1000 - tall * 0.5), (foot + bend, 1000 - tall)],
                6,
            )
            ink.shape(taper(stem, 6, 1.6))
            for _ in range(2):
                at = stem[rng.randrange(2, len(stem) - 3)]
                ink.shape(
                    leaf(
                        *at,
                        -math.pi / 2 + rng.uniform(-0.9, 0.9),
                        tall * rng.uniform(0.25, 0.5),
                        11,
                        rng.uniform(-0.6, 0.6),
                    )
                )
            if rng.random() < 0.55:
                tip = stem[-1]
                for _ in range(5):
                    ink.shape(
                        leaf(
                            tip[0],
                            tip[1] + 26,
                            -math.pi / 2 + rng.uniform(-0.3, 0.7),
                            rng.uniform(40, 64),
                            8,
                            0.4,
                        ),
                        tone * 0.72,
                    )


def boats(sheet: Sheet) -> None:
    """Boats on a still lake between far hills and near reeds."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    shore = rng.uniform(400, 520)
    sun_x, sun_r = width * rng.uniform(0.15, 0.85), rng.uniform(55, 95)
    disc(sheet, sun_x, rng.uniform(150, shore - 160), sun_r, moon=rng.random() < 0.2)
    far_hills(
        sheet,
        shore - rng.uniform(70, 150),
        count=rng.choice([2, 3]),
        swing=rng.uniform(50, 95),
        sharp=rng.choice([0, 0.5]),
    )
    sheet.veil(0.05, lambda x, y: min(max((y - shore) / 30, 0), 1) * 0.94)
    sheet.veil(0.3, lambda x, y: max(y - shore - 160, 0) / 840)
    with sheet.layer(0.5, red=True, strength=0.3) as ink:
        for row in range(7):
            y = shore + 40 + row * 21
            half = sun_r * (0.85 - 0.09 * row) * rng.uniform(0.5, 1.1)
            x = sun_x + rng.uniform(-14, 14)
            ink.shape(taper([(x - half, y), (x, y + 1), (x + half, y)], 0.5, 0.5, 6))
    with sheet.layer(0.4, strength=0.4) as ink:
        for _ in range(46):
            y = shore + 20 + 480 * rng.random() ** 1.6
            half = rng.uniform(20, 90) * (0.4 + (y - shore) / 400)
            x = rng.uniform(0, width)
            ink.shape(
                taper([(x - half, y), (x, y + 1), (x + half, y)], 0.4, 0.4, 1.2 + (y - shore) / 180)
            )
    mist(sheet, shore + 6, 26, strength=0.8)
    facing = rng.choice([-1, 1])
    count = rng.choice([1, 2, 2, 3])
    x = width * rng.uniform(0.24, 0.42)
    with sheet.layer(0.8) as ink:
        for i in range(count):
            near = rng.uniform(0.25, 0.9) if count == 1 else (i + rng.random() * 0.6) / count
            y = shore + 70 + near * 250
            boat(ink, x, y, 110 + 230 * near, facing, 0.52 + 0.32 * near)
            x += width * rng.uniform(0.2, 0.34)
    side = rng.choice([0.04, 0.96, 0.12, 0.88])
    reeds(sheet, width * side, 80, rng.randint(14, 26), rng.uniform(280, 440), 0.8)
    if rng.random() < 0.5:
        reeds(sheet, width * (1 - side), 50, 8, 170, 0.62)
    if rng.random() < 0.7:
        birds(sheet, width * rng.uniform(0.2, 0.7), rng.uniform(130, 250), rng.randint(3, 6))
    if rng.random() < 0.5:
        ridge(sheet, ridgeline(rng, width, 1010, 26, rough=1.4), 0.86, floor=0.8)
