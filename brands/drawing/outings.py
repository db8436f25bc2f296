"""More activities in the open: table tennis, tug-of-war, an outing with cameras."""

import math

from brands.drawing import people
from brands.drawing.backdrop import birds, disc, far_hills, mist, ridge, sky
from brands.drawing.mountains import pine
from brands.drawing.people import Pose, person
from brands.drawing.plants import spray
from brands.drawing.shapes import Point, height_at, leaf, ridgeline, smooth, taper
from brands.drawing.sheet import Layer, Sheet
from brands.drawing.sports import ground, shadow
from brands.drawing.town import willow

PULL = Pose(
    (-0.16, 0.38), (-0.3, 0.66), (-0.34, 0.77),
    ((-0.08, 0.58), (0.12, 0.52)), ((-0.14, 0.5), (-0.02, 0.52)),
    ((0.06, 0.28), (0.2, 0)), ((-0.04, 0.2), (0.02, 0)),
)  # fmt: skip
LOOK = Pose(
    (-0.02, 0.47), (0.04, 0.78), (0.09, 0.88),
    ((0.19, 0.7), (0.17, 0.85)), ((0.15, 0.68), (0.15, 0.83)),
    ((0.05, 0.26), (0.07, 0)), ((-0.08, 0.25), (-0.11, 0)),
)  # fmt: skip
CROUCH = Pose(
    (-0.1, 0.25), (0.04, 0.53), (0.1, 0.63),
    ((0.2, 0.46), (0.18, 0.6)), ((0.14, 0.44), (0.16, 0.58)),
    ((0.17, 0.27), (0.12, 0)), ((0.06, 0.05), (-0.2, 0.02)),
)  # fmt: skip


def bat(ink: Layer, hand: Point, facing: int, size: float, *, red: bool) -> None:
    """Draw a table-tennis bat held at `hand`."""
    x, y = hand[0] + facing * size * 0.5, hand[1] - size * 0.75
    ink.line([hand, (x, y)], size * 0.2, 0.4)
    ink.oval(x, y, size * 0.46, size * 0.56, 0.5 if red else 0.84, turn=facing * 0.6, red=red)


def table(ink: Layer, x: float, y: float, half: float) -> None:
    """Draw a table-tennis table seen from the side, its top at `y`."""
    ink.shape(
        [
            (x - half * 0.9, y - 44),
            (x + half * 0.9, y - 44),
            (x + half, y + 14),
            (x - half, y + 14),
        ],
        0.56,
    )
    ink.line([(x - half * 0.95, y - 15), (x + half * 0.95, y - 15)], 3, 0.05)
    ink.shape(
        [(x - half, y + 14), (x + half, y + 14), (x + half, y + 26), (x - half, y + 26)], 0.78
    )
    for place in (-0.84, 0.84):
        ink.line([(x + half * place, y + 20), (x + half * place, y + 158)], 12, 0.74)
    ink.shape([(x - 8, y - 92), (x + 8, y - 62), (x + 8, y + 18), (x - 8, y - 40)], 0.1)
    ink.line([(x - 9, y - 94), (x + 9, y - 62)], 5, 0.03)


def table_tennis(sheet: Sheet) -> None:
    """Table tennis under trees, the ball over the net."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    disc(sheet, width * rng.uniform(0.15, 0.85), rng.uniform(200, 340), rng.uniform(75, 115))
    far_hills(sheet, rng.uniform(440, 540), count=3, swing=75)
    mist(sheet, 690, 60)
    ground(sheet, 650, 0.36)
    tables = [(width * rng.uniform(0.44, 0.56), 790, 300)]
    if rng.random() < 0.6:
        tables.insert(0, (tables[0][0] + rng.choice([-1, 1]) * width * 0.32, 640, 150))
    for x, y, half in tables:
        tall = half * 1.22
        feet = y + half * 0.5
        with sheet.layer(0.5, strength=0.45) as ink:
            shadow(ink, x, feet, half)
        near = half > 200
        with sheet.layer(0.7, strength=1 if near else 0.6) as ink:
            if near:
                table(ink, x, y, half)
            else:
                ink.shape(
                    [(x - half, y - 14), (x + half, y - 14), (x + half, y + 4), (x - half, y + 4)],
                    0.6,
                )
                for place in (-0.8, 0.8):
                    ink.line([(x + half * place, y), (x + half * place, feet)], 6, 0.6)
            for facing, how in (
                (1, rng.choice([people.READY, people.LUNGE])),
                (-1, rng.choice([people.READY, people.SMASH])),
            ):
                px = x - facing * (half + tall * rng.uniform(0.4, 0.52))
                coat = 0.5 if facing > 0 else 0.06
                at = person(ink, rng, px, feet, tall, how, facing=facing, coat=coat, trousers=0.74)
                bat(ink, at["right_hand"], facing, tall * 0.11, red=near)
    x, y, half = tables[-1]
    way = rng.choice([-1, 1])
    with sheet.layer(0.5, red=True) as ink:
        bx, by = x + way * half * rng.uniform(0.1, 0.5), y - rng.uniform(130, 200)
        path = smooth(
            [(bx + way * 260, by + 60), (bx + way * 120, by - 16), (bx + way * 18, by)], 8
        )
        for i in range(0, len(path) - 1, 2):
            ink.line([path[i], path[i + 1]], 2.4, 0.4, red=False)
        ink.oval(bx, by, 10, 10)
    side = rng.choice([-1, 1])
    if rng.random() < 0.5:
        willow(sheet, width * (0.5 + side * 0.45), -side, rng.randint(8, 13))
        return
    with sheet.layer(0.82) as ink:
        for _ in range(7):
            spray(
                ink,
                rng,
                width * (0.5 + side * 0.52) - side * rng.uniform(0, 240),
                rng.uniform(-30, 170),
                -side,
                rng.uniform(100, 150),
                0.8,
            )


def tug_of_war(sheet: Sheet) -> None:
    """Two teams at the rope, a red cloth at its middle."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    disc(sheet, width * rng.uniform(0.2, 0.8), rng.uniform(190, 330), rng.uniform(75, 125))
    far_hills(sheet, rng.uniform(440, 540), count=3, swing=80, sharp=rng.choice([0, 0.4]))
    mist(sheet, 700, 60)
    ground(sheet, 660, 0.4)
    middle, floor, tall = width * rng.uniform(0.46, 0.54), 890, 300
    rope = floor - tall * 0.52
    with sheet.layer(0.36, strength=0.7) as ink:
        line = ridgeline(rng, width, 730, 8, rough=0.4)
        for i in range(rng.randint(12, 17)):
            px = width * (0.04 + 0.92 * (i + rng.random() * 0.6) / 17)
            how = rng.choice([people.RAISE, people.STAND, people.STAND])
            person(
                ink,
                rng,
                px,
                height_at(line, px),
                150,
                how,
                facing=rng.choice([-1, 1]),
                coat=rng.choice([0.1, 0.3, 0.4]),
                trousers=0.42,
                hair=0.55,
            )
    mist(sheet, 745, 26, strength=0.4, tone=0.08)
    count = rng.choice([4, 5])
    with sheet.layer(0.5, strength=0.45) as ink:
        shadow(ink, middle, floor + 4, width * 0.42)
    with sheet.layer(0.7) as ink:
        for side in (-1, 1):
            coats = (0.5, 0.62) if side < 0 else (0.28, 0.34)
            for i in range(count):
                px = middle + side * (width * 0.07 + (width * 0.37 / count) * (i + 0.5))
                person(
                    ink,
                    rng,
                    px,
                    floor + rng.uniform(-6, 8),
                    tall * rng.uniform(0.95, 1.04),
                    PULL,
                    facing=-side,
                    coat=rng.choice(coats),
                    trousers=0.76,
                )
        ink.shape(
            taper(
                [
                    (width * 0.03, rope + 34),
                    (width * 0.2, rope + 2),
                    (middle, rope),
                    (width * 0.8, rope + 2),
                    (width * 0.97, rope + 34),
                ],
                9,
                9,
            ),
            0.3,
        )
        ink.shape(leaf(middle - 14, rope, math.pi / 2 + 0.1, 96, 40, 0.1), 0.5, red=True)
        ink.shape(leaf(middle + 12, rope, math.pi / 2 - 0.3, 84, 34, -0.1), 0.42, red=True)
        ink.oval(middle, rope, 20, 15, 0.55, red=True)
        ink.line([(middle - 4, floor + 24), (middle + 4, floor + 66)], 7, 0.05)
    if rng.random() < 0.6:
        side = rng.choice([-1, 1])
        willow(sheet, width * (0.5 + side * 0.45), -side, rng.randint(7, 11))
    else:
        birds(sheet, width * rng.uniform(0.2, 0.6), rng.uniform(150, 260), 5)


def camera(ink: Layer, at: dict[str, Point], facing: int, tall: float) -> None:
    """Draw a camera between the hands of a person with the joints `at`."""
    x, y = at["right_hand"]
    s = tall * 0.05
    ink.shape(
        [(x - s, y - s * 0.8), (x + s, y - s * 0.8), (x + s, y + s * 0.7), (x - s, y + s * 0.7)],
        0.9,
    )
    ink.shape(
        [
            (x + facing * s, y - s * 0.5),
            (x + facing * s * 2, y - s * 0.62),
            (x + facing * s * 2, y + s * 0.55),
            (x + facing * s, y + s * 0.4),
        ],
        0.8,
    )


def photography(sheet: Sheet) -> None:
    """People with cameras on a height, ranges and the sun before them."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    facing = rng.choice([-1, 1])
    disc(
        sheet,
        width * (0.5 + facing * rng.uniform(0.16, 0.34)),
        rng.uniform(220, 380),
        rng.uniform(75, 120),
    )
    far_hills(
        sheet, rng.uniform(420, 500), count=4, swing=95, sharp=rng.choice([0, 0.5]), step=0.08
    )
    mist(sheet, 790, 80, strength=0.75)
    rise = rng.uniform(150, 240)
    folds = ridgeline(rng, width, 0, 22, rough=1.4)
    cliff = []
    for x in range(-12, int(width) + 24, 6):
        share = (x / width - 0.5) * facing
        cliff.append(
            (x, 800 + rise / (1 + math.exp(-(share - 0.12) * 18)) + height_at(folds, x) * 0.7)
        )
    ridge(sheet, cliff, 0.62, floor=0.55, reach=260)
    count = rng.choice([2, 3, 4])
    with sheet.layer(0.8) as ink:
        foot = width * (0.5 - facing * 0.47)
        pine(ink, rng, foot, height_at(cliff, foot) + 8, rng.uniform(300, 420), 0.82)
        for i in range(count):
            x = width * (0.5 - facing * (0.37 - 0.42 * (i + rng.uniform(0.2, 0.7)) / count))
            y = height_at(cliff, x) + 12
            tall = rng.uniform(225, 262)
            how = CROUCH if i == count - 1 and rng.random() < 0.6 else LOOK
            at = person(
                ink,
                rng,
                x,
                y,
                tall,
                how,
                facing=facing,
                coat=0.5 if i == 0 else rng.choice([0.06, 0.5, 0.34]),
                trousers=0.8,
                red=i == 0,
            )
            camera(ink, at, facing, tall)
            if how is LOOK and rng.random() < 0.5:
                cx, cy = (
                    at["right_hand"][0] + facing * tall * 0.04,
                    at["right_hand"][1] + tall * 0.04,
                )
                for spread in (-0.16, 0.02, 0.18):
                    ink.line([(cx, cy), (cx + spread * tall, y + 4)], 4.5, 0.84)
    if rng.random() < 0.7:
        birds(
            sheet, width * (0.5 + facing * 0.1), rng.uniform(160, 300), rng.randint(4, 7), size=19
        )
