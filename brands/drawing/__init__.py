"""Pictures that the house draws itself, in ink and cinnabar on paper: covers, photographs of the demo, stand-ins.

Every picture follows from its seed, its category's hue and its motif alone, so it can be drawn again at any time.
No font and no file is read. Drawing one at 1600×1000 takes about a tenth of a second.
"""

from functools import lru_cache
from io import BytesIO

from PIL import Image

from brands.drawing.festive import kites, lanterns, lattice
from brands.drawing.gatherings import calligraphy, reading, visit
from brands.drawing.halls import assembly, choir, lecture
from brands.drawing.mountains import pavilion, ridges
from brands.drawing.outings import photography, table_tennis, tug_of_war
from brands.drawing.plants import bamboo, chrysanthemums, plum
from brands.drawing.sheet import Sheet
from brands.drawing.sports import badminton, tai_chi, tree_planting, walk
from brands.drawing.town import books, swallows
from brands.drawing.water import boats, waves

# The hues of the seals, by the names that a category is given one by; the stylesheet's tokens of the same names.
HUES = {
    "lead": "#9c4327",
    "merit": "#8a5d12",
    "demos": "#34507b",
    "culture": "#3f6b45",
    "care": "#1a6a6a",
    "various": "#6b4a72",
}

# Covers of brands: landscapes, plants, things.
MOTIFS = {
    "ridges": ridges,
    "lanterns": lanterns,
    "bamboo": bamboo,
    "waves": waves,
    "lattice": lattice,
    "plum": plum,
    "swallows": swallows,
    "books": books,
    "boats": boats,
    "pavilion": pavilion,
    "kites": kites,
    "chrysanthemums": chrysanthemums,
}

# Pictures of activities: people at something.
ACTIVITIES = {
    "tai_chi": tai_chi,
    "choir": choir,
    "reading": reading,
    "badminton": badminton,
    "tree_planting": tree_planting,
    "lecture": lecture,
    "walk": walk,
    "assembly": assembly,
    "calligraphy": calligraphy,
    "visit": visit,
    "table_tennis": table_tennis,
    "tug_of_war": tug_of_war,
    "photography": photography,
}

JPEG_QUALITY = 82
STAND_IN_SIZE = (1200, 750)
# Landscapes that say nothing about what the brand does, so none can be wrong.
STAND_IN_MOTIFS = ["ridges", "pavilion", "ridges", "boats"]


def draw(
    seed: int | str, hue: str, motif: str, size: tuple[int, int] = (1600, 1000), *, grain: float = 1
) -> Image.Image:
    """Return the picture of `motif` (a key of `MOTIFS` or `ACTIVITIES`) in the hue `#rrggbb`, `size` in pixels.

    `grain` is the strength of the paper's grain (1 is usual, 0 none). Raises KeyError for an unknown motif.
    """
    return painted(seed, motif, size).print(hue, grain=grain)


def painted(seed: int | str, motif: str, size: tuple[int, int]) -> Sheet:
    """Return the sheet with the motif on it, which any hue can be printed from. Raises KeyError for an unknown motif."""
    paint = MOTIFS[motif] if motif in MOTIFS else ACTIVITIES[motif]
    sheet = Sheet(f"{motif} {seed}", size)
    paint(sheet)
    return sheet


def as_jpeg(picture: Image.Image, *, quality: int = JPEG_QUALITY) -> bytes:
    """Return the picture as a progressive JPEG file."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
    return file.getvalue()


@lru_cache(maxsize=64)
def stand_in(hue: str, seed: int) -> bytes:
    """Return the ink landscape (JPEG, 1200×750, below 90 KB) for a brand without a picture, in its category's hue.

    An unknown hue is drawn as that of 综合及其他. The last 64 are kept in memory.
    """
    colour = HUES.get(hue, HUES["various"])
    return as_jpeg(
        draw(seed, colour, STAND_IN_MOTIFS[seed % len(STAND_IN_MOTIFS)], STAND_IN_SIZE, grain=0.45)
    )
