"""Mountains: bare ridges, and a pavilion on a hill."""

import math

from brands.drawing.backdrop import birds, disc, far_hills, mist, ridge, sky
from brands.drawing.buildings import pavilion_at
from brands.drawing.shapes import height_at, ridgeline
from brands.drawing.sheet import Layer, Sheet


def pine(ink: Layer, rng, x: float, y: float, height: float, tone: float) -> None:
    """Draw a pine whose foot stands at (x, y): a leaning trunk and flat clouds of needles."""
    lean = rng.uniform(-0.22, 0.22) * height
    trunk = [
        (x, y + 4),
        (x + lean * 0.2, y - height * 0.4),
        (x + lean * 0.5, y - height * 0.7),
        (x + lean, y - height),
    ]
    ink.stroke(trunk, height * 0.07, height * 0.02, tone)
    for i in range(6):
        t = 0.4 + 0.12 * i
        side = 1 if i % 2 else -1
        reach = height * (0.5 - 0.06 * i) * rng.uniform(0.7, 1.1)
        cx = x + lean * t * t + side * reach * (0.45 if i < 5 else 0)
        cy = y - height * t
        for _ in range(5):
            ink.oval(
                cx + rng.uniform(-0.5, 0.5) * reach,
                cy + rng.uniform(-0.03, 0.03) * height,
                reach * rng.uniform(0.22, 0.4),
                height * rng.uniform(0.025, 0.05),
                tone,
            )


def pines(sheet: Sheet, line, places: list[float], height: float, tone: float) -> None:
    """Set pines on a ridge at the given x, about `height` units tall."""
    with sheet.layer(tone) as ink:
        for x in places:
            pine(ink, sheet.rng, x, height_at(line, x), height * sheet.rng.uniform(0.7, 1.15), tone)


def ridges(sheet: Sheet) -> None:
    """Ranges behind ranges, the disc among them."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    sharp = rng.choice([0, 0, 0.35, 0.75])
    count = rng.choice([4, 5, 6])
    start = rng.uniform(330, 470)
    pace = rng.uniform(0.75, 1.5)
    sun_after = rng.choice([0, 1, 1, 2])
    sun = (
        width * rng.choice([0.2, 0.3, 0.42, 0.62, 0.74, 0.82]) + rng.uniform(-40, 40),
        rng.uniform(190, 330),
        rng.uniform(62, 112),
    )
    line = []
    for i in range(count):
        if i == min(sun_after, count - 1):
            disc(sheet, *sun, moon=rng.random() < 0.15)
        depth = i / (count - 1)
        line = ridgeline(
            rng, width, start + (900 - start) * depth**1.1, 100 * (1 - 0.3 * depth) * rng.uniform(0.75, 1.3),
            sharp=sharp * (1 - depth * 0.6), pace=pace, rough=0.8 + depth,
        )  # fmt: skip
        ridge(
            sheet,
            line,
            0.13 + 0.64 * depth**1.2,
            strength=0.72 + 0.26 * depth,
            reach=420,
            floor=0.1 if i < count - 1 else 0.75,
        )
        if i in (1, count - 2) and rng.random() < 0.8:
            mist(sheet, start + (900 - start) * depth + 150, 60, strength=0.55)
    if rng.random() < 0.6:
        start = rng.choice([0.08, 0.62, 0.78]) * width
        pines(
            sheet,
            line,
            [start + i * rng.uniform(38, 74) for i in range(rng.randint(2, 4))],
            rng.uniform(90, 150),
            0.86,
        )
    if rng.random() < 0.6:
        birds(sheet, rng.uniform(0.15, 0.75) * width, rng.uniform(130, 300), rng.randint(3, 7))


def pavilion(sheet: Sheet) -> None:
    """A pavilion on a hill above a sea of mist."""
    rng, width = sheet.rng, sheet.width
    sky(sheet)
    left = rng.random() < 0.5
    px = width * (rng.uniform(0.2, 0.36) if left else rng.uniform(0.64, 0.8))
    top = rng.uniform(450, 640)
    sun_x = width * (rng.uniform(0.55, 0.84) if left else rng.uniform(0.16, 0.45))
    if rng.random() < 0.3:
        sun_x = px + rng.uniform(-60, 60)
    disc(sheet, sun_x, rng.uniform(200, 320), rng.uniform(58, 98), moon=rng.random() < 0.15)
    far_hills(
        sheet,
        rng.uniform(430, 520),
        count=3,
        swing=rng.uniform(60, 110),
        sharp=rng.choice([0, 0.3, 0.6]),
    )
    mist(sheet, 720, 90, strength=0.8)
    slopes = {-1: rng.uniform(190, 700), 1: rng.uniform(190, 700)}
    steep = rng.uniform(1.2, 2.2)
    folds = ridgeline(rng, width, 0, 46, rough=1.5)
    hill = []
    for x in range(-12, int(width) + 24, 6):
        far = (x - px) / slopes[-1 if x < px else 1]
        drop = 1 - math.exp(-(abs(far) ** steep))
        hill.append((x, top + drop * (1000 - top - 40 + height_at(folds, x) * 1.7)))
    hill = [(x, top + 3 if abs(x - px) < 105 and y < top + 40 else y) for x, y in hill]
    ridge(sheet, hill, 0.66, reach=330, floor=0.25)
    with sheet.layer(0.84) as ink:
        pavilion_at(
            ink,
            px,
            top + 6,
            rng.uniform(125, 180) + (40 if top > 560 else 0),
            tiers=rng.choice([1, 1, 2]),
        )
        for side in (-1, 1):
            for _ in range(rng.randint(1, 3)):
                x = px + side * rng.uniform(150, 330)
                pine(
                    ink,
                    rng,
                    x,
                    height_at(hill, x) + 6,
                    rng.uniform(90, 210),
                    rng.uniform(0.72, 0.88),
                )
    mist(sheet, 900, 70, strength=0.55)
    ridge(sheet, ridgeline(rng, width, 985, 46, rough=1.6), 0.84, floor=0.8)
    if rng.random() < 0.75:
        birds(sheet, sun_x - 120, rng.uniform(330, 420), rng.randint(3, 6))
