"""Roofs of the south: pavilions with flying eaves, white walls with dark tiles."""

from brands.drawing.shapes import smooth, taper
from brands.drawing.sheet import Layer


def eaves(ink: Layer, x: float, y: float, half: float, height: float, tone: float) -> None:
    """Draw a roof with upturned eaves: its middle at `x`, its eaves at `y`, `half` wide to each side."""
    left = [
        (x - half, y - height * 0.2),
        (x - half * 0.72, y - height * 0.03),
        (x - half * 0.36, y - height * 0.4),
        (x - half * 0.12, y - height),
    ]
    right = [(2 * x - px, py) for px, py in left[::-1]]
    under = [(x + half * 0.7, y + height * 0.08), (x - half * 0.7, y + height * 0.08)]
    ink.shape([*smooth(left, 5), *smooth(right, 5), *under], tone)
    for side in (-1, 1):
        tip = [
            (x + side * half * 0.7, y + height * 0.02),
            (x + side * half * 0.9, y - height * 0.08),
            (x + side * half * 1.06, y - height * 0.32),
        ]
        ink.shape(taper(smooth(tip, 4), height * 0.16, height * 0.03), tone)


def pavilion_at(
    ink: Layer, x: float, y: float, height: float, *, tiers: int = 1, tone: float = 0.86
) -> None:
    """Draw an open pavilion whose floor stands at (x, y)."""
    half = height * 0.62
    ink.shape(
        [
            (x - half * 0.86, y),
            (x + half * 0.86, y),
            (x + half * 0.92, y + height * 0.07),
            (x - half * 0.92, y + height * 0.07),
        ],
        tone,
    )
    for place in (-0.62, -0.26, 0.26, 0.62):
        ink.line(
            [(x + half * place, y), (x + half * place, y - height * 0.52)], height * 0.032, tone
        )
    ink.line(
        [(x - half * 0.62, y - height * 0.11), (x - half * 0.26, y - height * 0.11)],
        height * 0.02,
        tone,
    )
    ink.line(
        [(x + half * 0.26, y - height * 0.11), (x + half * 0.62, y - height * 0.11)],
        height * 0.02,
        tone,
    )
    base = y - height * 0.48
    for tier in range(tiers):
        scale = 1 - 0.3 * tier
        eaves(ink, x, base, half * 1.12 * scale, height * 0.4 * scale, tone)
        base -= height * 0.4 * scale
        if tier + 1 < tiers:
            ink.shape(
                [
                    (x - half * 0.34, base - height * 0.1),
                    (x + half * 0.34, base - height * 0.1),
                    (x + half * 0.34, base + height * 0.1),
                    (x - half * 0.34, base + height * 0.1),
                ],
                tone,
            )
            base -= height * 0.04
    ink.oval(x, base - height * 0.01, height * 0.035, height * 0.05, tone)
    ink.line([(x, base), (x, base - height * 0.12)], height * 0.018, tone)


def house(
    ink: Layer,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    wall: float,
    tile: float,
    steps: int = 2,
) -> None:
    """Draw a gabled house of the south: pale wall down to y + 400, stepped fire gables capped with dark tiles."""
    ink.shape([(x, y), (x + width, y), (x + width, y + 400), (x, y + 400)], wall)
    roof = height * 0.55
    ink.shape(
        [
            (x - 8, y + 4),
            (x + width * 0.06, y - roof),
            (x + width * 0.94, y - roof),
            (x + width + 8, y + 4),
        ],
        tile,
    )
    for side in (0, 1):
        for step in range(steps):
            reach = width * (0.17 - 0.055 * step)
            top = y - roof * (0.35 + 0.55 * step)
            left = x if side == 0 else x + width - reach
            ink.shape(
                [(left, top), (left + reach, top), (left + reach, y + 30), (left, y + 30)], wall
            )
            out = 10
            cap = [(left - out, top - 6), (left + reach + out, top - 6)]
            ink.line(cap, 11, tile)
            tip = cap[0] if side == 0 else cap[1]
            ink.line([tip, (tip[0] + (-9 if side == 0 else 9), tip[1] - 9)], 7, tile)
