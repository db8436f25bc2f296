"""Plants of the scholars: bamboo, plum, chrysanthemum."""

import math
from random import Random

from brands.drawing.backdrop import birds, disc, far_hills, mist, sky
from brands.drawing.shapes import Point, leaf, smooth, taper
from brands.drawing.sheet import Layer, Sheet


def culm(ink: Layer, rng: Random, x: float, girth: float, lean: float, tone: float) -> list[Point]:
    """Draw one bamboo stem from the lower edge upwards and return its nodes."""
    y, nodes = 1030.0, []
    length = girth * 6.5
    while y > -60:
        top = y - length * rng.uniform(0.85, 1.1)
        nx = x + lean * (y - top)
        ink.shape(
            [
                (x - girth * 0.5, y - 3),
                (x - girth * 0.44, (y + top) / 2),
                (nx - girth * 0.5, top + 4),
                (nx + girth * 0.5, top + 4),
                (nx + girth * 0.44, (y + top) / 2 - 2),
                (x + girth * 0.5, y - 3),
            ],
            tone,
        )
        ink.shape(
            taper(
                [(nx - girth * 0.62, top + 2), (nx, top - 1), (nx + girth * 0.62, top + 2)],
                1,
                1,
                girth * 0.12,
            ),
            min(tone + 0.14, 1),
        )
        nodes.append((nx, top))
        x, y = nx, top
        length = min(length * 1.06, girth * 11)
    return nodes


def spray(ink: Layer, rng: Random, x: float, y: float, side: int, size: float, tone: float) -> None:
    """Draw a twig with hanging groups of leaves, like the strokes of 个 and 介."""
    tip = (x + side * size * rng.uniform(0.9, 1.5), y - size * rng.uniform(0.1, 0.6))
    twig = smooth([(x, y), ((x + tip[0]) / 2, (y + tip[1]) / 2 - size * 0.2), tip], 5)
    ink.shape(taper(twig, size * 0.035, size * 0.015), tone)
    for place in (len(twig) // 2, len(twig) - 1):
        px, py = twig[place]
        for _ in range(rng.randint(3, 5)):
            angle = math.pi / 2 - side * rng.uniform(-0.35, 1.15)
            ink.shape(
                leaf(
                    px,
                    py,
                    angle,
                    size * rng.uniform(0.75, 1.3),
                    size * rng.uniform(0.12, 0.17),
                    rng.uniform(-0.2, 0.2),
                ),
                tone + rng.uniform(-0.09, 0.05),
            )


def bamboo(sheet: Sheet) -> None:
    """A grove: pale stems in mist, dark ones in front, the disc between them."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    open_side = rng.choice([-1, 1])
    disc(
        sheet,
        width * (0.5 + open_side * rng.uniform(0.02, 0.3)),
        rng.uniform(220, 430),
        rng.uniform(75, 130),
        moon=rng.random() < 0.2,
    )
    if rng.random() < 0.6:
        far_hills(sheet, rng.uniform(560, 680), count=2, swing=70)
    for depth in range(3):
        tone = (0.18, 0.4, 0.74)[depth]
        with sheet.layer(tone, strength=(0.7, 0.85, 0.96)[depth]) as ink:
            for _ in range((5, 3, rng.choice([2, 3]))[depth]):
                if depth == 0:
                    x = rng.uniform(0, width)
                else:
                    x = (
                        width * (0.5 - open_side * rng.uniform(0.08, 0.5))
                        if rng.random() < 0.85
                        else width * (0.5 + open_side * 0.46)
                    )
                lean = rng.uniform(-0.07, 0.1) * open_side
                nodes = culm(ink, rng, x, (13, 22, 36)[depth] * rng.uniform(0.8, 1.2), lean, tone)
                upper = [node for node in nodes if -40 < node[1] < 720]
                for nx, ny in rng.sample(upper, min(len(upper), rng.randint(2, 4))):
                    spray(
                        ink,
                        rng,
                        nx,
                        ny,
                        rng.choice([-1, 1, open_side]),
                        (60, 95, 125)[depth] * rng.uniform(0.8, 1.2),
                        tone,
                    )
        mist(sheet, (820, 900, 990)[depth], 120 - depth * 25, strength=(0.75, 0.6, 0.35)[depth])
    with sheet.layer(0.84, strength=0.97) as ink:
        corner = width * (0.5 - open_side * 0.52)
        for _ in range(rng.randint(5, 9)):
            spray(
                ink,
                rng,
                corner + open_side * rng.uniform(0, 260),
                rng.uniform(-40, 190),
                open_side,
                rng.uniform(110, 170),
                0.82,
            )
    if rng.random() < 0.5:
        birds(sheet, width * (0.5 + open_side * 0.22), rng.uniform(480, 580), 2, size=20)


def twig(
    rng: Random, start: Point, angle: float, length: float, girth: float, depth: int
) -> list[tuple[list[Point], float, float]]:
    """Return a plum branch and its side twigs as (points, width at the start, width at the end)."""
    x, y = start
    points = [start]
    steps = 6
    for _ in range(steps):
        angle += rng.uniform(-0.42, 0.42)
        x += math.cos(angle) * length / steps
        y += math.sin(angle) * length / steps
        points.append((x, y))
    grown = [(points, girth, girth * 0.42)]
    if depth:
        for place in range(1, steps + 1):
            if rng.random() < 0.72:
                side = rng.choice([-1, 1]) * rng.uniform(0.5, 1.1)
                grown += twig(
                    rng,
                    points[place],
                    angle + side,
                    length * rng.uniform(0.35, 0.6),
                    girth * (0.52 - 0.04 * place),
                    depth - 1,
                )
    return grown


def blossom(
    ink: Layer, rng: Random, x: float, y: float, size: float, tone: float, heart: float
) -> None:
    """Draw a plum blossom of five petals, seen a little from the side."""
    turn, flat = rng.random() * math.tau, rng.uniform(0.72, 1)
    for petal in range(5):
        a = turn + petal * math.tau / 5
        ink.oval(
            x + math.cos(a) * size * 0.52,
            y + math.sin(a) * size * 0.52 * flat,
            size * 0.46,
            size * 0.46 * flat,
            tone + rng.uniform(-0.06, 0.06),
        )
    ink.oval(x, y, size * 0.2, size * 0.2 * flat, heart)
    for petal in range(7):
        a = turn + petal * math.tau / 7
        ink.line(
            [(x, y), (x + math.cos(a) * size * 0.42, y + math.sin(a) * size * 0.42 * flat)],
            1.2,
            heart,
        )


def plum(sheet: Sheet) -> None:
    """An old plum branch in blossom across the disc: red on a pale sky, white in the evening."""
    rng, width = sheet.rng, sheet.width
    white = rng.random() < 0.3
    if white:
        sheet.sky(0.5, 0.16)
    else:
        sky(sheet)
    side = rng.choice([-1, 1])
    edge = width * (0.5 - side * 0.53)
    moon = rng.random() < 0.4
    disc(
        sheet,
        width * (0.5 + side * rng.uniform(0.02, 0.3)),
        rng.uniform(240, 480),
        rng.uniform(110, 190),
        moon=moon,
    )
    far_hills(sheet, rng.uniform(640, 760), count=2, swing=60)
    mist(sheet, 960, 150, strength=0.7)
    red = not white
    for depth in range(2):
        near = depth == 1
        tone = 0.82 if near else 0.3
        foot = (edge, rng.uniform(520, 900) if near else rng.uniform(60, 420))
        angle = (-0.42 if near else 0.1) + rng.uniform(-0.22, 0.22)
        angle = angle if side > 0 else math.pi - angle
        limbs = twig(rng, foot, angle, width * rng.uniform(0.62, 0.78), 50 if near else 22, 2)
        with sheet.layer(tone, strength=0.95 if near else 0.7) as ink:
            for points, start, end in limbs:
                ink.stroke(smooth(points, 4), start, end)
        flowers = [
            (x + rng.uniform(-12, 12), y + rng.uniform(-14, 8))
            for points, start, _ in limbs
            if start < 34
            for x, y in points[1:]
            if rng.random() < (0.6 if near else 0.3)
        ]
        rng.shuffle(flowers)
        with sheet.layer(0.34 if red else 0.03, red=red, strength=0.96 if near else 0.45) as ink:
            for x, y in flowers[: 42 if near else 18]:
                size = rng.uniform(15, 27) if near else rng.uniform(9, 14)
                if rng.random() < 0.3:
                    ink.oval(x, y, size * 0.42, size * 0.48)
                else:
                    blossom(ink, rng, x, y, size, 0.34 if red else 0.04, 0.82 if red else 0.5)
    if rng.random() < 0.6:
        with sheet.layer(0.25 if red else 0.02, red=red, strength=0.7) as ink:
            for _ in range(16):
                ink.oval(
                    rng.uniform(0.1, 0.9) * width,
                    rng.uniform(300, 940),
                    rng.uniform(4, 8),
                    rng.uniform(3, 5),
                    turn=rng.random() * 3,
                )


def chrysanthemum(
    ink: Layer,
    rng: Random,
    x: float,
    y: float,
    size: float,
    tones: tuple[float, float],
    tilt: float,
    *,
    red: bool,
) -> None:
    """Draw a flower of many curling petals, ring within ring; `tones` run from its rim to its heart."""
    rings = 6
    for ring in range(rings):
        share = 1 - ring / rings
        count = 11 + round(14 * share)
        tone = tones[0] + (tones[1] - tones[0]) * ring / (rings - 1)
        for i in range(count):
            a = math.tau * (i + 0.5 * (ring % 2)) / count + rng.uniform(-0.09, 0.09)
            length = size * share * rng.uniform(0.86, 1.08)
            petal = leaf(0, 0, a, length, size * (0.085 + 0.07 * share), 0.28 * math.cos(a + tilt))
            ink.shape(
                [(x + px, y - size * 0.04 * ring + py * 0.74) for px, py in petal],
                tone + rng.uniform(-0.07, 0.07),
                red=red,
            )
    ink.oval(x, y - size * 0.2, size * 0.09, size * 0.07, tones[1], red=red)


def chrysanthemums(sheet: Sheet) -> None:
    """Chrysanthemums by a fence in autumn light."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    side = rng.choice([-1, 1])
    disc(
        sheet,
        width * (0.5 + side * rng.uniform(0.12, 0.34)),
        rng.uniform(170, 330),
        rng.uniform(65, 110),
        moon=rng.random() < 0.2,
    )
    far_hills(sheet, rng.uniform(430, 540), count=3, swing=70)
    mist(sheet, 760, 110, strength=0.8)
    if rng.random() < 0.6:
        with sheet.layer(
            0.34, strength=0.65, fade=lambda x, y: min(max((960 - y) / 160, 0), 1)
        ) as ink:
            for x in range(0, int(width), 62):
                ink.line(
                    [
                        (x + rng.uniform(-5, 5), 1010),
                        (x + rng.uniform(-5, 5), 690 + rng.uniform(-16, 16)),
                    ],
                    13,
                )
            for y in (760, 860):
                ink.line([(-10, y + rng.uniform(-6, 6)), (width + 10, y + rng.uniform(-6, 6))], 9)
    hearts = []
    for _ in range(rng.randint(14, 22)):
        x, y = width * (0.5 - side * rng.uniform(-0.3, 0.48)), rng.uniform(430, 880)
        if all(math.hypot(x - fx, y - fy) > 165 for fx, fy in hearts):
            hearts.append((x, y))
    hearts.sort(key=lambda heart: heart[1])
    red = rng.random() < 0.5
    with sheet.layer(0.5, strength=0.98) as ink:
        for place, (x, y) in enumerate(hearts):
            near = (place + 1) / len(hearts)
            foliage(ink, rng, x, y, 0.34 + 0.44 * near)
            size = (86 + 74 * near) * rng.uniform(0.8, 1.15)
            flame = red and rng.random() < 0.6
            tones = (0.3, 0.62) if flame else rng.choice([(0.05, 0.4), (0.1, 0.5), (0.5, 0.12)])
            chrysanthemum(ink, rng, x, y, size, tones, rng.random() * 6, red=flame)


def foliage(ink: Layer, rng: Random, x: float, y: float, tone: float) -> None:
    """Draw the stem and the lobed leaves of a chrysanthemum whose flower is at (x, y)."""
    foot = x + rng.uniform(-60, 60)
    bend = ((foot + x) / 2 + rng.uniform(-40, 40), (1010 + y) / 2)
    stem = smooth([(foot, 1010), bend, (x, y)], 6)
    ink.shape(taper(stem, 11, 7), tone)
    for _ in range(rng.randint(7, 11)):
        px, py = stem[rng.randrange(len(stem) - 4)]
        way = rng.choice([-1, 1])
        for lobe in (-0.45, 0, 0.45):
            angle = (0 if way > 0 else math.pi) + lobe - way * 0.3
            blade = leaf(px, py, angle, rng.uniform(60, 115), 32, 0.2 * way)
            ink.shape(blade, tone + rng.uniform(-0.08, 0.06))
