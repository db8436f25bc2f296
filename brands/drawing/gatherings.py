"""Activities of a few: a reading circle, calligraphy, a visit."""

import math

from brands.drawing import people
from brands.drawing.backdrop import disc, far_hills, mist, sky
from brands.drawing.festive import lantern
from brands.drawing.indoors import room, window
from brands.drawing.people import person
from brands.drawing.plants import blossom, spray, twig
from brands.drawing.shapes import Point, leaf, smooth, taper
from brands.drawing.sheet import Layer, Sheet
from brands.drawing.sports import ground
from brands.drawing.town import box, pot_of_brushes, thread_bound, vase


def shelves(sheet: Sheet, left: float, right: float, top: float, floor: float) -> None:
    """Stand bookshelves along the wall."""
    rng = sheet.rng
    with sheet.layer(0.26, strength=0.9) as ink:
        box(ink, left, top, right - left, floor - top, 0.17)
        rows = 4
        gap = (floor - top) / rows
        for row in range(rows):
            x = left + 16
            base = top + gap * (row + 1) - 8
            while x < right - 40:
                wide, tall = rng.uniform(14, 34), gap * rng.uniform(0.52, 0.8)
                if rng.random() < 0.16:
                    x += wide * 2
                    continue
                box(ink, x, base - tall, wide, tall, rng.choice([0.06, 0.24, 0.34, 0.42]))
                x += wide + 3
            ink.line([(left, base + 4), (right, base + 4)], 9, 0.36)
        x = left
        while x <= right + 1:
            ink.line([(x, top - 5), (x, floor)], 10, 0.36)
            x += (right - left) / max(round((right - left) / 330), 1)


def opened(ink: Layer, hand: Point, half: float, tone: float, *, red: bool) -> None:
    """Draw an open book held at `hand`, `half` wide to each side."""
    x, y = hand
    upper = [(x - half, y - half * 0.5), (x, y - half * 0.1), (x + half, y - half * 0.5)]
    lower = [
        (x + half * 0.9, y + half * 0.3),
        (x, y + half * 0.6),
        (x - half * 0.9, y + half * 0.3),
    ]
    ink.shape([*upper, *lower], tone, red=red)


def reading(sheet: Sheet) -> None:
    """A reading circle: people on stools with books, shelves or a window behind."""
    rng, width = sheet.rng, sheet.width
    room(sheet, 700)
    wx = width * rng.choice([0.3, 0.5, 0.7])
    window(sheet, wx, 330, rng.uniform(210, 250), round_=rng.random() < 0.6)
    for left, right in ((-40, wx - 340), (wx + 340, width + 40)):
        if right - left > 200 and rng.random() < 0.85:
            shelves(sheet, left, right, 120, 705)
    cx = width * rng.uniform(0.44, 0.56)
    count = rng.choice([6, 7, 8])
    seats = []
    for i in range(count):
        a = math.pi * (0.06 + 0.88 * i / (count - 1))
        seats.append(
            (cx - math.cos(a) * width * 0.37, 935 - math.sin(a) * 165, 1 if i < count / 2 else -1)
        )
    seats.sort(key=lambda seat: seat[1])
    with sheet.layer(0.3, strength=0.55) as ink:
        ink.oval(cx, 905, width * 0.35, 96, 0.24)
        ink.oval(cx, 905, width * 0.33, 86, 0.1)
        ink.oval(cx, 905, width * 0.3, 74, 0.2)
    hero = rng.randrange(len(seats))
    with sheet.layer(0.7) as ink:
        for place, (x, y, facing) in enumerate(seats):
            tall = 320 + 110 * (y - 770) / 165
            stool = x - facing * tall * 0.06
            top = y - tall * 0.24
            ink.shape(
                [(stool - 46, top), (stool + 46, top), (stool + 38, y + 4), (stool - 38, y + 4)],
                0.56,
            )
            coat, legs = rng.choice([(0.06, 0.7), (0.5, 0.8), (0.66, 0.84), (0.34, 0.74)])
            at = person(ink, rng, x, y, tall, people.SIT, facing=facing, coat=coat, trousers=legs)
            opened(
                ink,
                at["right_hand"],
                tall * 0.14,
                0.5 if place == hero else rng.choice([0.04, 0.6]),
                red=place == hero,
            )
    with sheet.layer(0.7) as ink:
        ink.oval(cx, 905, 92, 22, 0.72)
        box(ink, cx - 12, 905, 24, 60, 0.72)
        for _ in range(2):
            thread_bound(ink, rng, cx - 60, 902, 100, 20, 0.5)
        vase(ink, cx + 52, 900, 78, 0.6)
        for _ in range(3):
            spray(ink, rng, cx + 52, 826, rng.choice([-1, 1]), 34, 0.7)


def calligraphy(sheet: Sheet) -> None:
    """People write with the brush at long tables, finished scrolls on the wall."""
    rng, width = sheet.rng, sheet.width
    room(sheet, 690)
    wx, wr = width * rng.choice([0.24, 0.5, 0.76]), rng.uniform(190, 225)
    window(sheet, wx, 300, wr, round_=True)
    with sheet.layer(0.5) as ink:
        for i in range(9):
            x = width * (0.06 + 0.11 * i)
            wide, tall = rng.uniform(78, 112), rng.uniform(330, 450)
            if abs(x - wx) < wr + wide * 0.5 + 24 or rng.random() < 0.2:
                continue
            box(ink, x - wide / 2, 80, wide, tall, 0.03)
            for y in (80, 80 + tall):
                box(ink, x - wide / 2 - 10, y - 7, wide + 20, 14, 0.62)
            for row in range(int(tall / 84)):
                y = 128 + row * 78
                for _ in range(4):
                    dx, dy = rng.uniform(-24, 24), rng.uniform(-24, 24)
                    ink.shape(
                        taper(
                            smooth(
                                [
                                    (x - dx, y - dy * 0.6),
                                    (x + rng.uniform(-8, 8), y),
                                    (x + dx, y + dy * 0.6 + 4),
                                ],
                                4,
                            ),
                            9,
                            3,
                            5,
                        ),
                        0.7,
                    )
    count = rng.choice([3, 4])
    for i in range(count):
        x = width * (0.08 + 0.84 * (i + 0.36) / count)
        facing = 1
        with sheet.layer(0.7) as ink:
            coat = rng.choice([0.06, 0.5, 0.64, 0.36])
            at = person(
                ink,
                rng,
                x,
                940,
                420 * rng.uniform(0.96, 1.03),
                people.WRITE,
                facing=facing,
                coat=coat,
                trousers=0.8,
            )
            hx, hy = at["right_hand"]
            ink.line([(hx - 4, hy - 74), (hx + 7, hy + 26)], 5, 0.84)
            ink.shape(leaf(hx + 6, hy + 20, math.pi / 2 - 0.1, 30, 12, 0), 0.95)
    with sheet.layer(0.6) as ink:
        ink.shape([(-10, 742), (width + 10, 742), (width + 10, 800), (-10, 800)], 0.34)
        ink.shape([(-10, 800), (width + 10, 800), (width + 10, 1010), (-10, 1010)], 0.62)
        ink.line([(-10, 800), (width + 10, 800)], 6, 0.8)
        for i in range(count):
            x = width * (0.08 + 0.84 * (i + 0.36) / count) + 120
            ink.shape([(x - 76, 748), (x + 70, 748), (x + 88, 790), (x - 92, 790)], 0.03)
            for _ in range(5):
                dx = rng.uniform(-44, 30)
                ink.shape(
                    taper(
                        [
                            (x + dx - 12, 768 + rng.uniform(-8, 8)),
                            (x + dx + 4, 772),
                            (x + dx + 15, 766 + rng.uniform(-6, 10)),
                        ],
                        6,
                        2,
                        4,
                    ),
                    0.8,
                )
            pot_of_brushes(ink, rng, x + 150, 786, 66, 0.72)


def visit(sheet: Sheet) -> None:
    """A visit: flowers and greetings handed over at a door under a blossoming branch."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    side = rng.choice([-1, 1])
    disc(
        sheet,
        width * (0.5 + side * rng.uniform(0.1, 0.34)),
        rng.uniform(200, 320),
        rng.uniform(65, 105),
    )
    far_hills(sheet, rng.uniform(460, 540), count=3, swing=80)
    mist(sheet, 740, 80)
    ground(sheet, 790, 0.36)
    dx = width * (0.5 - side * 0.36)
    with sheet.layer(0.6) as ink:
        box(ink, dx - 330, 170, 660, 690, 0.05)
        ink.shape(
            [
                (dx - 430, 210),
                (dx - 330, 90),
                (dx + 330, 90),
                (dx + 430, 210),
                (dx + 400, 226),
                (dx - 400, 226),
            ],
            0.72,
        )
        for i in range(17):
            x = dx - 400 + i * 50
            ink.line([(dx + (x - dx) * 0.8, 94), (x, 214)], 4, 0.52)
        box(ink, dx - 150, 370, 300, 500, 0.62)
        box(ink, dx - 130, 390, 260, 480, 0.16)
        ink.line([(dx, 390), (dx, 870)], 5, 0.6)
    with sheet.layer(0.46, red=True) as ink:
        for way in (-1, 1):
            box(ink, dx + way * 192 - 26, 420, 52, 300, 0.46)
            lantern(ink, rng, dx + way * 250, 218, 46, 0.46, "round")
    people_at = width * (0.5 + side * 0.02)
    count = rng.choice([2, 3, 4])
    with sheet.layer(0.8) as ink:
        host = people_at - side * 150
        person(ink, rng, host, 925, 350, people.GIVE, facing=side, coat=0.5, trousers=0.76)
        for i in range(count):
            coat, legs = rng.choice([(0.06, 0.72), (0.62, 0.84), (0.36, 0.76)])
            person(
                ink,
                rng,
                host + side * (240 + i * 135),
                930 + rng.uniform(-14, 20),
                rng.uniform(345, 375),
                people.GIVE if i == 0 else rng.choice([people.STAND, people.WALK]),
                facing=-side,
                coat=coat,
                trousers=legs,
            )
    bx, by = host + side * 122, 690
    with sheet.layer(0.6) as ink:
        for _ in range(14):
            ink.shape(
                leaf(
                    bx, by + 20, -math.pi / 2 + rng.uniform(-0.9, 0.9), rng.uniform(50, 84), 17, 0.1
                ),
                rng.uniform(0.46, 0.7),
            )
        ink.shape([(bx - 34, by - 12), (bx + 34, by - 12), (bx, by + 64)], 0.04)
    with sheet.layer(0.36, red=True) as ink:
        for _ in range(8):
            blossom(ink, rng, bx + rng.uniform(-44, 44), by - rng.uniform(14, 60), 17, 0.36, 0.8)
    foot = (width * (0.5 + side * 0.54), rng.uniform(60, 260))
    limbs = twig(rng, foot, math.pi + 0.1 if side > 0 else -0.1, 560, 26, 2)
    with sheet.layer(0.8) as ink:
        for points, start, end in limbs:
            ink.stroke(smooth(points, 4), start, end)
    with sheet.layer(0.3, red=True) as ink:
        for points, start, _ in limbs:
            for x, y in points[1:]:
                if start < 20 and rng.random() < 0.5:
                    blossom(ink, rng, x, y, rng.uniform(12, 18), 0.34, 0.8)
