"""Activities in the open: tai chi, badminton, a walk by the lake, planting trees."""

import math

from brands.drawing import people
from brands.drawing.backdrop import birds, disc, far_hills, mist, ridge, sky
from brands.drawing.mountains import pine
from brands.drawing.people import person, row_of
from brands.drawing.plants import spray
from brands.drawing.shapes import height_at, leaf, ridgeline, smooth, taper
from brands.drawing.sheet import Layer, Sheet
from brands.drawing.town import willow
from brands.drawing.water import reeds


def ground(sheet: Sheet, level: float, tone: float = 0.3) -> None:
    """Lay open ground below `level`, darker towards us."""
    sheet.veil(0.07, lambda x, y: min(max((y - level) / 34, 0), 1) * 0.95)
    sheet.veil(tone, lambda x, y: min(max((y - level) / (1000 - level), 0), 1) ** 1.5 * 0.9)


def shadow(ink: Layer, x: float, y: float, half: float) -> None:
    ink.shape(taper([(x - half, y), (x, y + 2), (x + half * 1.3, y)], 1, 1, half * 0.16))


def tai_chi(sheet: Sheet) -> None:
    """Rows of people at tai chi in the morning mist."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    disc(sheet, width * rng.uniform(0.16, 0.84), rng.uniform(230, 400), rng.uniform(80, 140))
    far_hills(sheet, rng.uniform(440, 520), count=3, swing=80)
    mist(sheet, 680, 70)
    ground(sheet, 640)
    side = rng.choice([-1, 1])
    if rng.random() < 0.55:
        willow(sheet, width * (0.5 + side * 0.45), -side, rng.randint(8, 14))
    else:
        with sheet.layer(0.84) as ink:
            for _ in range(6):
                spray(
                    ink,
                    rng,
                    width * (0.5 + side * 0.52) - side * rng.uniform(0, 220),
                    rng.uniform(-30, 200),
                    -side,
                    rng.uniform(100, 150),
                    0.8,
                )
    how = rng.choice([people.WHIP, people.CRANE, people.SPHERE, people.CLOUD, people.ROOSTER])
    facing = rng.choice([-1, 1])
    pale = rng.random() < 0.5
    for depth, (y, tall, count) in enumerate(
        ((705, 135, 8), (800, 205, 6), (945, 315, rng.choice([3, 4])))
    ):
        coat = (0.2, 0.1, 0.04)[depth] if pale else (0.38, 0.52, 0.66)[depth]
        dark = (0.46, 0.64, 0.82)[depth]
        left, right = (width * 0.1, width * 0.9) if depth < 2 else (width * 0.06, width * 0.94)
        with sheet.layer(0.5, strength=0.4) as ink:
            for i in range(count):
                shadow(ink, left + (right - left) * (i + 0.5) / count, y, tall * 0.36)
        with sheet.layer(dark, strength=(0.8, 0.93, 1)[depth]) as ink:
            row_of(
                ink,
                rng,
                y,
                tall,
                how,
                left=left,
                right=right,
                count=count,
                facing=facing,
                coat=coat,
                trousers=dark,
                hair=min(dark + 0.1, 1),
            )
        if depth < 2:
            mist(sheet, y + 20, 30, strength=0.35, tone=0.05)


def racket(ink: Layer, hand, angle: float, size: float, tone: float) -> None:
    """Draw a racket held at `hand`, pointing along `angle`."""
    cos, sin = math.cos(angle), math.sin(angle)
    ink.line([hand, (hand[0] + cos * size * 0.55, hand[1] + sin * size * 0.55)], size * 0.05, tone)
    x, y = hand[0] + cos * size * 0.85, hand[1] + sin * size * 0.85
    ink.oval(x, y, size * 0.33, size * 0.24, tone, turn=angle)
    ink.oval(x, y, size * 0.28, size * 0.19, 0.08, turn=angle)
    for i in (-0.5, 0, 0.5):
        ink.line(
            [
                (
                    x - cos * size * 0.26 - sin * size * 0.16 * i,
                    y - sin * size * 0.26 + cos * size * 0.16 * i,
                ),
                (
                    x + cos * size * 0.26 - sin * size * 0.16 * i,
                    y + sin * size * 0.26 + cos * size * 0.16 * i,
                ),
            ],
            1.4,
            0.45,
        )


def court(sheet: Sheet, net: float) -> None:
    """Draw the lines of a court and the net at `net`, running away from us."""
    width = sheet.width
    with sheet.layer(0.02, strength=0.75) as ink:
        for line in (
            [(-20, 780), (width + 20, 780)],
            [(-20, 955), (width + 20, 955)],
            [(net - 30, 780), (net + 40, 955)],
            [(width * 0.16, 780), (width * 0.06, 955)],
            [(width * 0.84, 780), (width * 0.94, 955)],
        ):
            ink.line(line, 5)
    with sheet.layer(0.4, strength=0.9) as ink:
        for i in range(13):
            x, y = net - 34 + 76 * i / 12, 520 + 80 * i / 12
            ink.line([(x, y), (x, y + 120 + 2.5 * i)], 1.6)
        for i in range(7):
            ink.line([(net - 34, 520 + 20 * i), (net + 42, 600 + 25 * i)], 1.6)
        ink.line([(net - 34, 520), (net + 42, 600)], 9, 0.05)
        ink.line([(net - 34, 512), (net - 34, 775)], 8, 0.7)
        ink.line([(net + 42, 592), (net + 42, 955)], 11, 0.8)


def shuttlecock(ink: Layer, x: float, y: float, way: int) -> None:
    """Draw a shuttlecock that flies to the side `way`, and its path so far."""
    path = smooth([(x - way * 330, y + 210), (x - way * 150, y + 40), (x - way * 24, y)], 8)
    for i in range(0, len(path) - 1, 2):
        ink.line([path[i], path[i + 1]], 2.4, 0.4)
    for i in range(-3, 4):
        angle = (math.pi if way > 0 else 0) + i * 0.15 - way * 0.2
        ink.shape(leaf(x, y, angle, 46, 11, 0), 0.12 if i % 2 else 0.5)
    ink.oval(x, y, 11, 11, 0.85)


def badminton(sheet: Sheet) -> None:
    """Players on both sides of a net, the shuttlecock high in the air."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    disc(sheet, width * rng.uniform(0.15, 0.85), rng.uniform(220, 380), rng.uniform(75, 120))
    far_hills(sheet, rng.uniform(480, 560), count=2, swing=60)
    mist(sheet, 690, 60)
    ground(sheet, 660, 0.36)
    net = width * rng.uniform(0.42, 0.58)
    court(sheet, net)
    angles = {people.SMASH: -1.07, people.READY: -0.9, people.LUNGE: -0.25}
    moves = rng.sample(list(angles), 3)
    away = width * rng.uniform(0.25, 0.3)
    players = [(net - away, 900, 330, 1, moves[0]), (net + away, 900, 330, -1, moves[1])]
    if rng.random() < 0.5:
        far = [
            (net - width * 0.14, 800, 225, 1, moves[2]),
            (net + width * 0.37, 800, 225, -1, people.READY),
        ]
        players = far + players
    for x, y, tall, facing, how in players:
        with sheet.layer(0.5, strength=0.45) as ink:
            shadow(ink, x, y, tall * 0.32)
        with sheet.layer(0.7) as ink:
            coat = 0.06 if facing < 0 else 0.5
            at = person(
                ink,
                rng,
                x,
                y,
                tall,
                how,
                facing=facing,
                coat=coat,
                trousers=0.7,
                red=facing > 0 and tall > 300,
            )
            racket(
                ink,
                at["right_hand"],
                angles[how] if facing > 0 else math.pi - angles[how],
                tall * 0.42,
                0.84,
            )
    with sheet.layer(0.75) as ink:
        shuttlecock(ink, net + rng.uniform(-260, 260), rng.uniform(200, 330), rng.choice([-1, 1]))


def walk(sheet: Sheet) -> None:
    """A line of people walking along the lake, a flag in front."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    shore = rng.uniform(500, 570)
    disc(sheet, width * rng.uniform(0.15, 0.85), rng.uniform(200, 360), rng.uniform(65, 110))
    far_hills(sheet, shore - 120, count=3, swing=80, sharp=rng.choice([0, 0.4]))
    sheet.veil(0.06, lambda x, y: min(max((y - shore) / 26, 0), 1) * 0.95)
    mist(sheet, shore, 24)
    with sheet.layer(0.4, strength=0.4) as ink:
        for _ in range(26):
            x, y, half = rng.uniform(0, width), shore + rng.uniform(16, 190), rng.uniform(30, 110)
            ink.shape(taper([(x - half, y), (x, y + 1), (x + half, y)], 0.4, 0.4, 2.2))
    path = ridgeline(rng, width, 850, 20, rough=0.4, pace=0.7)
    ridge(sheet, path, 0.34, floor=0.5)
    facing = rng.choice([-1, 1])
    count = rng.randint(8, 12)
    with sheet.layer(0.7) as ink:
        for i in range(count):
            x = width * (0.09 + 0.82 * (i + rng.uniform(-0.18, 0.18) + 0.5) / count)
            tall = rng.uniform(180, 215)
            look = rng.choice([(0.06, 0.7), (0.5, 0.78), (0.66, 0.84), (0.3, 0.74)])
            person(
                ink,
                rng,
                x,
                height_at(path, x) + 20 + rng.uniform(-8, 16),
                tall,
                people.WALK,
                facing=facing,
                coat=look[0],
                trousers=look[1],
            )
    lead = width * (0.93 if facing > 0 else 0.07)
    with sheet.layer(0.8) as ink:
        at = person(
            ink,
            rng,
            lead,
            height_at(path, lead) + 26,
            212,
            people.RAISE,
            facing=facing,
            coat=0.5,
            trousers=0.8,
        )
        hx, hy = at["right_hand"]
        ink.line([(hx - facing * 10, hy + 110), (hx + facing * 14, hy - 200)], 5)
    with sheet.layer(0.48, red=True) as ink:
        fx, fy = hx + facing * 13, hy - 196
        ink.shape(
            [
                *smooth([(fx, fy), (fx - facing * 60, fy + 16), (fx - facing * 130, fy + 2)], 5),
                *smooth(
                    [
                        (fx - facing * 124, fy + 74),
                        (fx - facing * 60, fy + 90),
                        (fx - facing * 6, fy + 74),
                    ],
                    5,
                ),
            ]
        )
    ridge(sheet, ridgeline(rng, width, 960, 20, rough=1.2), 0.7, floor=0.8)
    side = rng.choice([0.03, 0.97])
    if rng.random() < 0.6:
        willow(sheet, width * side, 1 if side < 0.5 else -1, rng.randint(8, 13))
    else:
        reeds(sheet, width * side, 60, 14, 300, 0.8)
    if rng.random() < 0.6:
        birds(sheet, width * rng.uniform(0.2, 0.6), rng.uniform(150, 260), 5)


def sapling(ink: Layer, rng, x: float, y: float, tall: float, tone: float) -> None:
    """Draw a young tree that stands at (x, y)."""
    stem = smooth(
        [(x, y), (x + rng.uniform(-8, 8), y - tall * 0.5), (x + rng.uniform(-12, 12), y - tall)], 6
    )
    ink.shape(taper(stem, tall * 0.045, tall * 0.016), tone)
    for px, py in stem[5:]:
        for _ in range(3):
            angle = -math.pi / 2 + rng.uniform(-1.35, 1.35)
            bx, by = px + math.cos(angle) * tall * 0.12, py + math.sin(angle) * tall * 0.12
            ink.line([(px, py), (bx, by)], 2, tone)
            for _ in range(2):
                ink.shape(
                    leaf(
                        bx,
                        by,
                        angle + rng.uniform(-0.7, 0.7),
                        tall * rng.uniform(0.1, 0.17),
                        tall * 0.05,
                        0.2,
                    ),
                    tone - rng.uniform(0, 0.22),
                )


def tree_planting(sheet: Sheet) -> None:
    """People plant young trees on a hillside."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    disc(sheet, width * rng.uniform(0.15, 0.85), rng.uniform(190, 330), rng.uniform(65, 115))
    far_hills(sheet, rng.uniform(420, 500), count=3, swing=80)
    mist(sheet, 690, 60)
    slope = ridgeline(rng, width, rng.uniform(700, 740), 42, rough=0.8, pace=0.8)
    ridge(sheet, slope, 0.3, reach=300, floor=0.3)
    with sheet.layer(0.56) as ink:
        for _ in range(rng.randint(7, 12)):
            x = rng.uniform(0, width)
            sapling(ink, rng, x, height_at(slope, x) + 6, rng.uniform(70, 120), 0.5)
        if rng.random() < 0.5:
            x = width * rng.choice([0.07, 0.93])
            pine(ink, rng, x, height_at(slope, x) + 10, 260, 0.62)
    front = ridgeline(rng, width, 885, 24, rough=1.0, pace=0.7)
    ridge(sheet, front, 0.52, reach=300, floor=0.6)
    groups = rng.choice([2, 3, 3])
    for i in range(groups):
        x = width * (0.16 + 0.7 * (i + 0.5) / groups) + rng.uniform(-50, 50)
        y = height_at(front, x) + 22
        with sheet.layer(0.8) as ink:
            sapling(ink, rng, x, y, rng.uniform(230, 300), 0.72)
            ink.oval(x, y + 4, 54, 13, 0.7)
            moves = rng.sample([people.DIG, people.KNEEL, people.POUR, people.GIVE], 2)
            for how, facing in zip(moves, (1, -1), strict=True):
                coat, legs = rng.choice([(0.06, 0.74), (0.54, 0.82), (0.4, 0.78)])
                tall = rng.uniform(245, 285)
                px = x - facing * tall * (0.46 if how is people.DIG else 0.4)
                at = person(
                    ink,
                    rng,
                    px,
                    y + rng.uniform(-2, 14),
                    tall,
                    how,
                    facing=facing,
                    coat=coat,
                    trousers=legs,
                )
                hand = at["right_hand"]
                if how is people.DIG:
                    end = (hand[0] + facing * tall * 0.13, y + 6)
                    ink.line(
                        [(hand[0] - facing * tall * 0.2, hand[1] - tall * 0.34), end],
                        tall * 0.024,
                        0.86,
                    )
                    ink.shape(
                        [
                            (end[0] - 16, end[1] - 40),
                            (end[0] + 16, end[1] - 44),
                            (end[0] + 13, end[1] + 6),
                            (end[0], end[1] + 16),
                            (end[0] - 13, end[1] + 6),
                        ],
                        0.9,
                    )
                elif how is people.POUR:
                    cx, cy = hand[0] + facing * 4, hand[1] + 24
                    ink.shape(
                        [
                            (cx - 25, cy - 24),
                            (cx + 25, cy - 24),
                            (cx + 20, cy + 28),
                            (cx - 20, cy + 28),
                        ],
                        0.62,
                    )
                    ink.line([(cx + facing * 20, cy + 16), (cx + facing * 58, cy - 18)], 6, 0.62)
                    for drop in range(5):
                        ink.line(
                            [
                                (cx + facing * (60 + drop * 5), cy - 10 + drop),
                                (cx + facing * (66 + drop * 7), cy + 64),
                            ],
                            1.6,
                            0.3,
                        )
    with sheet.layer(0.5, red=True) as ink:
        hx = width * rng.choice([0.05, 0.95])
        hy = height_at(front, hx) + 10
        ink.line([(hx, hy), (hx, hy - 230)], 5, 0.8)
        ink.shape(
            smooth(
                [
                    (hx, hy - 226),
                    (hx + 60, hy - 236),
                    (hx + 110, hy - 216),
                    (hx + 108, hy - 156),
                    (hx + 58, hy - 172),
                    (hx, hy - 160),
                    (hx, hy - 226),
                ],
                4,
            )
        )
