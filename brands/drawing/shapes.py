"""Plane geometry of the drawings: curves, brush strokes, ridgelines. Points are (x, y) in sheet units, y downwards."""

import math
from random import Random

Point = tuple[float, float]


def smooth(points: list[Point], steps: int = 8) -> list[Point]:
    """Return a Catmull-Rom curve through `points`, `steps` points for each span."""
    if len(points) < 3:
        return points
    ends = [points[0], *points, points[-1]]
    curve = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                tuple(
                    0.5
                    * (
                        2 * b[i]
                        + (c[i] - a[i]) * t
                        + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
                        + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
                    )
                    for i in (0, 1)
                )
            )
    return [*curve, points[-1]]


def ribbon(points: list[Point], widths: list[float]) -> list[Point]:
    """Return the outline of a brush stroke along `points` that is `widths[i]` wide at point i."""
    left, right = [], []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        before, after = points[max(i - 1, 0)], points[min(i + 1, last)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1
        nx, ny = -dy / length * widths[i] / 2, dx / length * widths[i] / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def taper(points: list[Point], start: float, end: float, belly: float = 0) -> list[Point]:
    """Return a stroke's outline that runs from width `start` to `end`, swollen by `belly` in the middle."""
    last = max(len(points) - 1, 1)
    return ribbon(
        points,
        [
            start + (end - start) * i / last + belly * math.sin(math.pi * i / last)
            for i in range(len(points))
        ],
    )


def leaf(
    x: float, y: float, angle: float, length: float, width: float, bend: float = 0.12
) -> list[Point]:
    """Return a pointed leaf that starts at (x, y) and runs along `angle` (radians), bending to one side."""
    cos, sin = math.cos(angle), math.sin(angle)
    spine = [
        (
            x + cos * length * t - sin * bend * length * t * t,
            y + sin * length * t + cos * bend * length * t * t,
        )
        for t in (0, 0.12, 0.28, 0.46, 0.64, 0.82, 1)
    ]
    return ribbon(spine, [width * w for w in (0.12, 0.62, 0.98, 1, 0.74, 0.36, 0.02)])


def oval(x: float, y: float, rx: float, ry: float, turn: float = 0, count: int = 28) -> list[Point]:
    """Return an ellipse around (x, y), turned by `turn` radians."""
    cos, sin = math.cos(turn), math.sin(turn)
    points = []
    for i in range(count):
        a = 2 * math.pi * i / count
        px, py = rx * math.cos(a), ry * math.sin(a)
        points.append((x + px * cos - py * sin, y + px * sin + py * cos))
    return points


def ridgeline(
    rng: Random,
    width: float,
    level: float,
    swing: float,
    *,
    sharp: float = 0,
    rough: float = 1.4,
    pace: float = 1,
) -> list[Point]:
    """Return a mountain's outline from the left edge to the right.

    `level` is its mean height on the sheet, `swing` how far it rises and falls, `sharp` (0–1) turns hills into
    peaks, `rough` is the tremble of the brush in units, `pace` how many hills stand side by side.
    """
    waves = [
        (swing / order**1.25, pace * order * rng.uniform(0.7, 1.6), rng.random())
        for order in range(1, 7)
    ]
    points, tremble, x = [], 0.0, -12.0
    while x <= width + 12:
        y = level
        for height, frequency, phase in waves:
            sine = math.sin(math.tau * (x / 1600 * frequency + phase))
            y += height * (sine * (1 - sharp) + (2 * abs(sine) - 1) * sharp)
        tremble = tremble * 0.93 + rng.gauss(0, rough)
        points.append((x, y + tremble))
        x += 6
    return points


def height_at(line: list[Point], x: float) -> float:
    """Return the y of an outline of even steps (see `ridgeline`) at `x`."""
    step = line[1][0] - line[0][0]
    place = min(max((x - line[0][0]) / step, 0), len(line) - 1.001)
    i = int(place)
    return line[i][1] + (line[i + 1][1] - line[i][1]) * (place - i)
