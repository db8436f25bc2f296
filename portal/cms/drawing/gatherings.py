"""Activities under a roof: a choir, a reading circle, a lecture, an assembly, calligraphy, a visit."""

import math

from portal.cms.drawing import people
from portal.cms.drawing.backdrop import disc, far_hills, mist, sky
from portal.cms.drawing.festive import lantern
from portal.cms.drawing.people import person
from portal.cms.drawing.plants import blossom, spray, twig
from portal.cms.drawing.shapes import leaf, oval, smooth, taper
from portal.cms.drawing.sheet import Sheet
from portal.cms.drawing.sports import ground
from portal.cms.drawing.town import box, pot_of_brushes, thread_bound, vase


def room(sheet: Sheet, floor: float, wall: float = 0.08) -> None:
    """Lay a plain wall and a floor that meet at height `floor`."""
    sheet.sky(wall + 0.05, wall)
    ground(sheet, floor, 0.34)


def window(sheet: Sheet, x: float, y: float, radius: float, *, round_: bool, tone: float = 0.6, hills: int = 3, panes: bool = True) -> None:
    """Open a window in the wall onto hills and the disc; the wall around it stays what it is."""
    rng = sheet.rng
    ring = oval(x, y, radius, radius, count=90) if round_ else [(x - radius * 1.3, y - radius * 0.8), (x + radius * 1.3, y - radius * 0.8), (x + radius * 1.3, y + radius * 0.8), (x - radius * 1.3, y + radius * 0.8)]
    before = sheet.ink.copy()
    sheet.sky(0.02, 0.1)
    disc(sheet, x + rng.uniform(-0.5, 0.5) * radius, y - radius * rng.uniform(0.15, 0.4), radius * rng.uniform(0.18, 0.26))
    far_hills(sheet, y + radius * 0.1, count=hills, swing=radius * 0.25, tone=0.16)
    mist(sheet, y + radius * 0.75, radius * 0.16, strength=0.6)
    sheet.keep_outside(ring, before)
    with sheet.layer(tone) as ink:
        ink.line([*ring, ring[0], ring[1]], 13)
        for cut in (-0.4, 0.4) if panes and not round_ else ():
            ink.line([(x + radius * 1.3 * cut, y - radius * 0.8), (x + radius * 1.3 * cut, y + radius * 0.8)], 6)


def choir(sheet: Sheet) -> None:
    """A choir on its steps, the conductor before it."""
    rng, width = sheet.rng, sheet.width
    sheet.sky(rng.choice([0.1, 0.24, 0.4]), 0.05)
    cx = width * rng.uniform(0.48, 0.52)
    disc(sheet, cx + rng.uniform(-300, 300), rng.uniform(290, 360), rng.uniform(190, 250), moon=rng.random() < 0.25)
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
                at = person(ink, rng, cx + t * half, y + 4 - arch * (1 - t * t), tall * rng.uniform(0.95, 1.03), people.SING, facing=1 if t < 0 else -1, coat=robe[row] + 0.03 * (i % 2), gown=True, hair=0.9)
                hx, hy = at["hip"]
                ink.shape([(hx - 24, hy - tall * 0.16), (hx, hy - tall * 0.12), (hx + 24, hy - tall * 0.16), (hx + 22, hy - tall * 0.05), (hx, hy - tall * 0.01), (hx - 22, hy - tall * 0.05)], 0.03 if robe[row] > 0.3 else 0.6)
    sheet.veil(0.55, lambda x, y: min(max((y - 800) / 200, 0), 1) * 0.8)
    with sheet.layer(0.92) as ink:
        mx = cx + rng.choice([-1, 1]) * rng.uniform(0, 90)
        box(ink, mx - 110, 976, 220, 30, 0.86)
        at = person(ink, rng, mx, 980, 330, people.CONDUCT, facing=rng.choice([-1, 1]), coat=0.88, trousers=0.95, hair=0.98, back=True)
        hx, hy = at["right_hand"]
        ink.line([(hx, hy), (hx + (hx - mx) * 0.6, hy - 66)], 3.4, 0.9)
    if rng.random() < 0.5:
        with sheet.layer(0.45, red=True) as ink:
            for side in (-1, 1):
                for place in (0.46, 0.38):
                    lantern(ink, rng, width * (0.5 + side * place), -10 + 500 * (0.46 - place), 58, 0.46, "round")
    else:
        with sheet.layer(0.6, strength=0.9) as ink:
            for side in (-1, 1):
                for fold in range(6):
                    x = width * 0.5 + side * (width * 0.5 - fold * 30)
                    ink.shape([(x - 20, -5), (x + 20, -5), (x + 17 + side * 8, 1005), (x - 17 + side * 8, 1005)], 0.5 + 0.16 * (fold % 2))


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
        seats.append((cx - math.cos(a) * width * 0.37, 935 - math.sin(a) * 165, 1 if i < count / 2 else -1))
    seats.sort(key=lambda seat: seat[1])
    with sheet.layer(0.3, strength=0.55) as ink:
        ink.oval(cx, 905, width * 0.35, 96, 0.24)
        ink.oval(cx, 905, width * 0.33, 86, 0.1)
        ink.oval(cx, 905, width * 0.3, 74, 0.2)
    hero = rng.randrange(len(seats))
    for place, (x, y, facing) in enumerate(seats):
        near = (y - 770) / 165
        tall = 320 + 110 * near
        coat, legs = rng.choice([(0.06, 0.7), (0.5, 0.8), (0.66, 0.84), (0.34, 0.74)])
        with sheet.layer(0.7) as ink:
            ink.shape([(x - facing * tall * 0.06 - 46, y - tall * 0.24), (x - facing * tall * 0.06 + 46, y - tall * 0.24), (x - facing * tall * 0.06 + 38, y + 4), (x - facing * tall * 0.06 - 38, y + 4)], 0.56)
            at = person(ink, rng, x, y, tall, people.SIT, facing=facing, coat=coat, trousers=legs)
        with sheet.layer(0.5, red=place == hero) as ink:
            hx, hy = at["right_hand"]
            s = tall * 0.14
            ink.shape([(hx - s, hy - s * 0.5), (hx, hy - s * 0.1), (hx + s, hy - s * 0.5), (hx + s * 0.9, hy + s * 0.3), (hx, hy + s * 0.6), (hx - s * 0.9, hy + s * 0.3)], 0.5 if place == hero else rng.choice([0.04, 0.6]))
    with sheet.layer(0.7) as ink:
        ink.oval(cx, 905, 92, 22, 0.72)
        box(ink, cx - 12, 905, 24, 60, 0.72)
        for _ in range(2):
            thread_bound(ink, rng, cx - 60, 902, 100, 20, 0.5)
        vase(ink, cx + 52, 900, 78, 0.6)
        for _ in range(3):
            spray(ink, rng, cx + 52, 826, rng.choice([-1, 1]), 34, 0.7)


def heads(sheet: Sheet, y: float, size: float, count: int, tone: float) -> None:
    """Draw a row of listeners from behind: heads and shoulders."""
    rng, width = sheet.rng, sheet.width
    with sheet.layer(tone) as ink:
        for i in range(-1, count + 1):
            x = width * (i + 0.5) / count + rng.uniform(-0.12, 0.12) * size
            s = size * rng.uniform(0.92, 1.08)
            top = y + rng.uniform(-0.12, 0.12) * size
            coat = tone + rng.uniform(-0.16, 0.04)
            shoulders = smooth([(x - s * 1.02, top + s * 2.2), (x - s * 0.9, top + s * 1.12), (x - s * 0.3, top + s * 0.78), (x + s * 0.3, top + s * 0.78), (x + s * 0.9, top + s * 1.12), (x + s * 1.02, top + s * 2.2)], 5)
            ink.shape([*shoulders, (x + s, 1040), (x - s, 1040)], coat)
            ink.oval(x, top + s * 0.6, s * 0.17, s * 0.34, 0.05, red=True)
            ink.oval(x, top, s * 0.42, s * 0.5, min(tone + 0.12, 1))
            if rng.random() < 0.35:
                ink.oval(x, top - s * 0.36, s * 0.22, s * 0.2, min(tone + 0.12, 1))
            elif rng.random() < 0.35:
                box(ink, x - s * 0.42, top, s * 0.84, s * 0.56, min(tone + 0.12, 1))


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
        person(ink, rng, sx, 630, 300, rng.choice([people.GIVE, people.RAISE]), facing=-side, coat=0.62, trousers=0.84)
        box(ink, sx - side * 62 - 52, 476, 104, 152, 0.7)
        box(ink, sx - side * 62 - 62, 464, 124, 18, 0.84)
        hx = sx - side * 62
        ink.line([(hx, 466), (hx + side * 12, 430)], 4, 0.9)
    if rng.random() < 0.6:
        with sheet.layer(0.7) as ink:
            vase(ink, width * (0.5 + side * 0.44), 632, 170, 0.6)
            for _ in range(5):
                spray(ink, rng, width * (0.5 + side * 0.44), 470 - rng.uniform(0, 40), rng.choice([-1, 1]), 64, 0.7)
    for row in range(3):
        heads(sheet, (730, 800, 895)[row], (44, 58, 80)[row], (12, 10, 8)[row] + rng.choice([-1, 0]), (0.4, 0.6, 0.84)[row])
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
                ink.shape(taper([(width * x - 12, y + rng.uniform(-8, 8)), (width * x + 3, y + 10), (width * x + 12, y + rng.uniform(-8, 26))], 8, 3, 6), 0.5)
    count = rng.choice([7, 8, 9])
    up = set(rng.sample(range(count), rng.choice([1, 2, 3])))
    with sheet.layer(0.6) as ink:
        for i in range(count):
            x = width * (0.13 + 0.74 * (i + 0.5) / count)
            coat = rng.choice([0.06, 0.34, 0.5, 0.62])
            person(ink, rng, x, 905, 372 * rng.uniform(0.96, 1.04), people.RAISE if i in up else people.GIVE, facing=1 if x < width / 2 else -1, coat=coat)
    with sheet.layer(0.7) as ink:
        ink.shape([(width * 0.1, 742), (width * 0.9, 742), (width * 0.985, 850), (width * 0.015, 850)], 0.4)
        ink.shape([(width * 0.015, 850), (width * 0.985, 850), (width * 0.985, 1010), (width * 0.015, 1010)], 0.66)
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
                    ink.shape(taper(smooth([(x - dx, y - dy * 0.6), (x + rng.uniform(-8, 8), y), (x + dx, y + dy * 0.6 + 4)], 4), 9, 3, 5), 0.7)
    count = rng.choice([3, 4])
    for i in range(count):
        x = width * (0.08 + 0.84 * (i + 0.36) / count)
        facing = 1
        with sheet.layer(0.7) as ink:
            coat = rng.choice([0.06, 0.5, 0.64, 0.36])
            at = person(ink, rng, x, 940, 420 * rng.uniform(0.96, 1.03), people.WRITE, facing=facing, coat=coat, trousers=0.8)
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
                ink.shape(taper([(x + dx - 12, 768 + rng.uniform(-8, 8)), (x + dx + 4, 772), (x + dx + 15, 766 + rng.uniform(-6, 10))], 6, 2, 4), 0.8)
            pot_of_brushes(ink, rng, x + 150, 786, 66, 0.72)


def visit(sheet: Sheet) -> None:
    """A visit: flowers and greetings handed over at a door under a blossoming branch."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    side = rng.choice([-1, 1])
    disc(sheet, width * (0.5 + side * rng.uniform(0.1, 0.34)), rng.uniform(200, 320), rng.uniform(65, 105))
    far_hills(sheet, rng.uniform(460, 540), count=3, swing=80)
    mist(sheet, 740, 80)
    ground(sheet, 790, 0.36)
    dx = width * (0.5 - side * 0.36)
    with sheet.layer(0.6) as ink:
        box(ink, dx - 330, 170, 660, 690, 0.05)
        ink.shape([(dx - 430, 210), (dx - 330, 90), (dx + 330, 90), (dx + 430, 210), (dx + 400, 226), (dx - 400, 226)], 0.72)
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
            person(ink, rng, host + side * (240 + i * 135), 930 + rng.uniform(-14, 20), rng.uniform(345, 375), people.GIVE if i == 0 else rng.choice([people.STAND, people.WALK]), facing=-side, coat=coat, trousers=legs)
    bx, by = host + side * 122, 690
    with sheet.layer(0.6) as ink:
        for _ in range(14):
            ink.shape(leaf(bx, by + 20, -math.pi / 2 + rng.uniform(-0.9, 0.9), rng.uniform(50, 84), 17, 0.1), rng.uniform(0.46, 0.7))
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

