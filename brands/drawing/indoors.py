"""Rooms: wall and floor, windows onto the hills."""

from brands.drawing.backdrop import disc, far_hills, mist
from brands.drawing.shapes import oval
from brands.drawing.sheet import Sheet
from brands.drawing.sports import ground


def room(sheet: Sheet, floor: float, wall: float = 0.08) -> None:
    """Lay a plain wall and a floor that meet at height `floor`."""
    sheet.sky(wall + 0.05, wall)
    ground(sheet, floor, 0.34)


def window(
    sheet: Sheet,
    x: float,
    y: float,
    radius: float,
    *,
    round_: bool,
    tone: float = 0.6,
    hills: int = 3,
    panes: bool = True,
) -> None:
    """Open a window in the wall onto hills and the disc; the wall around it stays what it is."""
    rng = sheet.rng
    ring = (
        oval(x, y, radius, radius, count=90)
        if round_
        else [
            (x - radius * 1.3, y - radius * 0.8),
            (x + radius * 1.3, y - radius * 0.8),
            (x + radius * 1.3, y + radius * 0.8),
            (x - radius * 1.3, y + radius * 0.8),
        ]
    )
    before = sheet.ink.copy()
    sheet.sky(0.02, 0.1)
    disc(
        sheet,
        x + rng.uniform(-0.5, 0.5) * radius,
        y - radius * rng.uniform(0.15, 0.4),
        radius * rng.uniform(0.18, 0.26),
    )
    far_hills(sheet, y + radius * 0.1, count=hills, swing=radius * 0.25, tone=0.16)
    mist(sheet, y + radius * 0.75, radius * 0.16, strength=0.6)
    sheet.keep_outside(ring, before)
    with sheet.layer(tone) as ink:
        ink.line([*ring, ring[0], ring[1]], 13)
        for cut in (-0.4, 0.4) if panes and not round_ else ():
            ink.line(
                [
                    (x + radius * 1.3 * cut, y - radius * 0.8),
                    (x + radius * 1.3 * cut, y + radius * 0.8),
                ],
                6,
            )
