"""Small people in ink, without faces, drawn from a pose.

A pose names where the joints are: x to the front, y up, the whole person standing 1 tall on the ground at (0, 0).
"""

from random import Random
from typing import NamedTuple

from brands.drawing.shapes import Point, oval, smooth, taper
from brands.drawing.sheet import Layer

Joints = dict[str, Point]


class Pose(NamedTuple):
    """Where the joints are; arms are (elbow, hand), legs (knee, foot)."""

    hip: Point
    neck: Point
    head: Point
    right_arm: tuple[Point, Point]
    left_arm: tuple[Point, Point]
    right_leg: tuple[Point, Point]
    left_leg: tuple[Point, Point]

    def joints(self, x: float, y: float, tall: float, facing: int) -> Joints:
        """Return the joints on the sheet of a person whose feet stand at (x, y)."""
        (right_elbow, right_hand), (left_elbow, left_hand) = self.right_arm, self.left_arm
        (right_knee, right_foot), (left_knee, left_foot) = self.right_leg, self.left_leg
        named = {
            "hip": self.hip, "neck": self.neck, "head": self.head,
            "right_elbow": right_elbow, "right_hand": right_hand, "left_elbow": left_elbow, "left_hand": left_hand,
            "right_knee": right_knee, "right_foot": right_foot, "left_knee": left_knee, "left_foot": left_foot,
        }  # fmt: skip
        return {joint: (x + facing * px * tall, y - py * tall) for joint, (px, py) in named.items()}


# Faces and hands are a breath of the cinnabar.
SKIN = 0.03


STAND = Pose(
    (0, 0.48),
    (0, 0.8),
    (0.01, 0.91),
    ((0.11, 0.64), (0.13, 0.5)),
    ((-0.11, 0.64), (-0.12, 0.5)),
    ((0.06, 0.26), (0.07, 0)),
    ((-0.06, 0.26), (-0.07, 0)),
)
WHIP = Pose(
    (0, 0.4),
    (0.01, 0.72),
    (0.03, 0.83),
    ((0.24, 0.6), (0.42, 0.7)),
    ((-0.24, 0.64), (-0.42, 0.7)),
    ((0.26, 0.27), (0.3, 0)),
    ((-0.18, 0.24), (-0.32, 0)),
)
CRANE = Pose(
    (0, 0.47),
    (0, 0.79),
    (0.01, 0.9),
    ((0.22, 0.82), (0.22, 1.02)),
    ((-0.19, 0.6), (-0.26, 0.42)),
    ((0.13, 0.27), (0.17, 0)),
    ((-0.07, 0.25), (-0.08, 0)),
)
SPHERE = Pose(
    (0, 0.43),
    (0, 0.75),
    (0.02, 0.86),
    ((0.22, 0.63), (0.2, 0.74)),
    ((-0.14, 0.53), (0.16, 0.49)),
    ((0.17, 0.25), (0.18, 0)),
    ((-0.15, 0.25), (-0.19, 0)),
)
CLOUD = Pose(
    (0, 0.42),
    (0, 0.74),
    (-0.02, 0.85),
    ((0.26, 0.7), (0.33, 0.87)),
    ((-0.2, 0.55), (0.06, 0.52)),
    ((0.22, 0.25), (0.24, 0)),
    ((-0.2, 0.25), (-0.25, 0)),
)
ROOSTER = Pose(
    (0, 0.49),
    (0, 0.81),
    (0.01, 0.92),
    ((0.18, 0.72), (0.26, 0.93)),
    ((-0.17, 0.66), (-0.22, 0.52)),
    ((0.2, 0.55), (0.14, 0.3)),
    ((-0.02, 0.25), (-0.02, 0)),
)
SMASH = Pose(
    (0, 0.5),
    (-0.03, 0.81),
    (0, 0.92),
    ((0.1, 0.97), (0.16, 1.13)),
    ((0.16, 0.82), (0.3, 0.92)),
    ((0.17, 0.33), (0.22, 0.08)),
    ((-0.14, 0.3), (-0.3, 0.14)),
)
READY = Pose(
    (-0.05, 0.41),
    (0.07, 0.7),
    (0.12, 0.81),
    ((0.2, 0.56), (0.32, 0.66)),
    ((0.14, 0.52), (0.25, 0.48)),
    ((0.13, 0.25), (0.14, 0)),
    ((-0.13, 0.23), (-0.25, 0)),
)
LUNGE = Pose(
    (-0.02, 0.36),
    (0.14, 0.62),
    (0.2, 0.72),
    ((0.3, 0.52), (0.46, 0.44)),
    ((-0.08, 0.55), (-0.24, 0.58)),
    ((0.28, 0.24), (0.32, 0)),
    ((-0.2, 0.2), (-0.4, 0)),
)
WALK = Pose(
    (0, 0.47),
    (0.03, 0.79),
    (0.05, 0.9),
    ((0.14, 0.63), (0.23, 0.56)),
    ((-0.11, 0.62), (-0.14, 0.48)),
    ((0.12, 0.27), (0.2, 0)),
    ((-0.04, 0.25), (-0.2, 0.03)),
)
DIG = Pose(
    (-0.07, 0.45),
    (0.12, 0.72),
    (0.2, 0.82),
    ((0.22, 0.56), (0.33, 0.42)),
    ((0.1, 0.6), (0.22, 0.6)),
    ((0.12, 0.25), (0.13, 0)),
    ((-0.14, 0.24), (-0.24, 0)),
)
KNEEL = Pose(
    (-0.08, 0.26),
    (0.06, 0.54),
    (0.13, 0.64),
    ((0.2, 0.4), (0.33, 0.3)),
    ((0.14, 0.36), (0.3, 0.2)),
    ((0.16, 0.24), (0.12, 0)),
    ((0.02, 0.04), (-0.24, 0.02)),
)
POUR = Pose(
    (-0.02, 0.47),
    (0.06, 0.78),
    (0.11, 0.89),
    ((0.2, 0.62), (0.32, 0.54)),
    ((0.16, 0.58), (0.28, 0.48)),
    ((0.08, 0.26), (0.1, 0)),
    ((-0.07, 0.25), (-0.1, 0)),
)
SIT = Pose(
    (-0.06, 0.29),
    (-0.01, 0.6),
    (0.04, 0.71),
    ((0.1, 0.42), (0.22, 0.47)),
    ((0.07, 0.4), (0.2, 0.44)),
    ((0.18, 0.29), (0.17, 0)),
    ((0.15, 0.27), (0.1, 0)),
)
SING = Pose(
    (0, 0.48),
    (0, 0.8),
    (0, 0.92),
    ((0.13, 0.62), (0.05, 0.6)),
    ((-0.13, 0.62), (-0.05, 0.6)),
    ((0.05, 0.26), (0.06, 0)),
    ((-0.05, 0.26), (-0.06, 0)),
)
CONDUCT = Pose(
    (0, 0.48),
    (0, 0.8),
    (0, 0.91),
    ((0.21, 0.76), (0.3, 0.96)),
    ((-0.22, 0.72), (-0.32, 0.86)),
    ((0.06, 0.26), (0.07, 0)),
    ((-0.06, 0.26), (-0.07, 0)),
)
RAISE = Pose(
    (0, 0.48),
    (0, 0.8),
    (0.01, 0.91),
    ((0.13, 0.9), (0.12, 1.08)),
    ((-0.11, 0.64), (-0.12, 0.5)),
    ((0.06, 0.26), (0.07, 0)),
    ((-0.06, 0.26), (-0.07, 0)),
)
WRITE = Pose(
    (-0.02, 0.47),
    (0.07, 0.76),
    (0.13, 0.86),
    ((0.22, 0.64), (0.36, 0.58)),
    ((0.1, 0.58), (0.24, 0.5)),
    ((0.06, 0.25), (0.06, 0)),
    ((-0.08, 0.25), (-0.1, 0)),
)
GIVE = Pose(
    (0, 0.48),
    (0.03, 0.79),
    (0.06, 0.9),
    ((0.17, 0.62), (0.31, 0.62)),
    ((0.12, 0.6), (0.28, 0.57)),
    ((0.07, 0.26), (0.09, 0)),
    ((-0.06, 0.26), (-0.08, 0)),
)


def person(
    ink: Layer, rng: Random, x: float, y: float, tall: float, how: Pose, *, facing: int = 1, coat: float = 0.6, trousers: float = 0.74,
    hair: float = 0.9, gown: bool = False, back: bool = False, red: bool = False,
) -> Joints:  # fmt: skip
    """Draw a person whose feet stand at (x, y), `tall` units high; return the joints on the sheet.

    `facing` 1 looks right, -1 left; `gown` hides the legs under a long robe; `back` is seen from behind,
    `red` wears a cinnabar coat.
    """
    at = how.joints(x, y, tall, facing)
    (hx, hy), (nx, ny), (fx, fy) = at["hip"], at["neck"], at["head"]
    for side in ("left", "right"):
        knee, foot = at[f"{side}_knee"], at[f"{side}_foot"]
        if not gown:
            ink.shape(
                taper(smooth([(hx, hy - tall * 0.03), knee, foot], 4), tall * 0.13, tall * 0.085),
                trousers,
            )
            ink.oval(
                foot[0] + facing * tall * 0.02,
                foot[1] - tall * 0.008,
                tall * 0.055,
                tall * 0.022,
                hair,
            )
    arm(ink, at, "left", tall, coat + 0.07, red=red)
    hem = (y - tall * 0.02) if gown else hy + tall * 0.07
    flare = 0.17 if gown else 0.115
    left = smooth(
        [
            (nx - tall * 0.03, ny - tall * 0.02),
            (nx - tall * 0.105, ny + tall * 0.045),
            (hx - tall * 0.085, hy - tall * 0.06),
            (hx - tall * flare, hem),
        ],
        4,
    )
    right = smooth(
        [
            (hx + tall * flare, hem),
            (hx + tall * 0.085, hy - tall * 0.06),
            (nx + tall * 0.105, ny + tall * 0.045),
            (nx + tall * 0.03, ny - tall * 0.02),
        ],
        4,
    )
    ink.shape([*left, *right], coat, red=red)
    ink.line([(nx, ny - tall * 0.02), (fx, fy)], tall * 0.045, hair if back else SKIN, red=not back)
    arm(ink, at, "right", tall, coat - 0.04, red=red)
    ink.oval(fx, fy, tall * 0.056, tall * 0.066, hair if back else SKIN, red=not back)
    if not back:
        ink.shape(
            [
                p
                for p in oval(fx, fy, tall * 0.062, tall * 0.072)
                if p[1] < fy - tall * 0.012 or (p[0] - fx) * facing < -tall * 0.028
            ],
            hair,
        )
    if rng.random() < 0.4:
        ink.oval(
            fx - (0 if back else facing * tall * 0.045),
            fy - tall * (0.06 if back else 0.045),
            tall * 0.034,
            tall * 0.032,
            hair,
        )
    for side in ("right", "left"):
        ink.oval(*at[f"{side}_hand"], tall * 0.026, tall * 0.026, SKIN, red=True)
    return at


def arm(ink: Layer, at: Joints, side: str, tall: float, tone: float, *, red: bool) -> None:
    """Draw one sleeve from the shoulder to the hand."""
    nx, ny = at["neck"]
    hand = at[f"{side}_hand"]
    ink.shape(
        taper(
            smooth([(nx, ny + tall * 0.035), at[f"{side}_elbow"], hand], 4),
            tall * 0.08,
            tall * 0.058,
        ),
        tone,
        red=red,
    )


def row_of(
    ink: Layer,
    rng: Random,
    y: float,
    tall: float,
    how: Pose,
    *,
    left: float,
    right: float,
    count: int,
    facing: int = 1,
    **look,
) -> None:
    """Draw `count` people side by side between `left` and `right`, all in one pose."""
    for i in range(count):
        x = left + (right - left) * (i + 0.5) / count
        person(
            ink,
            rng,
            x + rng.uniform(-0.04, 0.04) * tall,
            y,
            tall * rng.uniform(0.95, 1.04),
            how,
            facing=facing,
            **look,
        )
