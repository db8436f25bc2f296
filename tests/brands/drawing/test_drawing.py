"""The pictures the house draws itself: the same for the same seed, each seed its own, always on the palette."""

import builtins
from copy import copy
from functools import cache
from io import BytesIO
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.conf import settings
from PIL import Image, ImageChops, ImageFont, ImageStat

from brands.drawing import ACTIVITIES, HUES, MOTIFS, as_jpeg, draw, painted, stand_in
from brands.drawing.sheet import Sheet

SMALL = (320, 200)
EVERY_MOTIF = [*MOTIFS, *ACTIVITIES]


@cache
def sheet(seed: int, motif: str) -> Sheet:
    """Return a small sheet, painted once for all hues: these come in with the printing."""
    return painted(seed, motif, SMALL)


@cache
def drawn(seed: int, code: str, motif: str) -> Image.Image:
    """Return a small picture in a category's hue, printed once for all tests that look at it."""
    fresh = copy(sheet(seed, motif))
    fresh.rng = copy(
        fresh.rng
    )  # the grain goes on where the painting stopped, whatever was printed before
    return fresh.print(HUES[code])


def difference(first: Image.Image, second: Image.Image) -> float:
    """Return the mean difference of two pictures' pixels, 0–255."""
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


@pytest.mark.parametrize("motif", EVERY_MOTIF)
def test_a_seed_always_draws_the_same_picture(motif):
    assert draw(1, HUES["culture"], motif, SMALL).tobytes() == drawn(1, "culture", motif).tobytes()


@pytest.mark.parametrize("motif", EVERY_MOTIF)
def test_seeds_draw_pictures_that_differ_to_the_eye(motif):
    pictures = [drawn(seed, "culture", motif) for seed in range(4)]
    assert all(difference(first, second) > 5 for first, second in combinations(pictures, 2))


def test_motifs_differ_from_one_another():
    pictures = [drawn(3, "culture", motif) for motif in EVERY_MOTIF]
    assert all(difference(first, second) > 5 for first, second in combinations(pictures, 2))


@pytest.mark.parametrize("code", HUES)
@pytest.mark.parametrize("motif", EVERY_MOTIF)
def test_every_motif_shows_paper_and_its_category_s_hue(motif, code):
    """Between paper, the hue and cinnabar: no pure colour, no white, no black, and neither empty nor heavy."""
    picture = drawn(1, code, motif)
    red, green, blue = (band.getextrema() for band in picture.split())
    assert red[1] <= 250
    assert green[1] <= 246
    assert blue[1] <= 238
    assert min(red[0], green[0], blue[0]) >= 8
    saturation = picture.convert("HSV").getchannel("S")
    assert saturation.getextrema()[1] < 225
    assert 120 < ImageStat.Stat(picture.convert("L")).mean[0] < 236
    assert ImageStat.Stat(picture.convert("L")).stddev[0] > 8


@pytest.mark.parametrize("motif", EVERY_MOTIF)
def test_hues_colour_the_same_drawing(motif):
    lead, care = (drawn(1, code, motif) for code in ("lead", "care"))
    assert difference(lead, care) > 3


@pytest.mark.parametrize("size", [(1600, 1000), (1200, 630), (600, 600), (400, 700)])
def test_a_picture_has_the_size_asked_for(size):
    picture = draw(1, HUES["merit"], "ridges", size)
    assert picture.size == size
    assert picture.mode == "RGB"


@pytest.mark.parametrize("motif", EVERY_MOTIF)
def test_every_motif_fills_a_square_too(motif):
    assert draw(2, HUES["various"], motif, (240, 240)).size == (240, 240)


def test_an_unknown_motif_is_refused():
    with pytest.raises(KeyError):
        draw(1, HUES["lead"], "dragons")


def test_drawing_opens_no_file_and_no_font(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError(f"opened {args}")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(ImageFont, "truetype", refuse)
    monkeypatch.setattr(ImageFont, "load_default", refuse)
    for motif in EVERY_MOTIF:
        draw(4, HUES["lead"], motif, SMALL)


def test_a_cover_as_jpeg_is_light():
    assert len(as_jpeg(draw(9, HUES["lead"], "ridges"))) < 300_000


@pytest.mark.parametrize("code", HUES)
def test_a_stand_in_is_a_light_jpeg_that_stays_the_same(code):
    for seed in range(4):
        file = stand_in(code, seed)
        assert len(file) < 90_000
        picture = Image.open(BytesIO(file))
        assert (picture.format, picture.size) == ("JPEG", (1200, 750))
    stand_in.cache_clear()
    assert stand_in(code, 3) == file


def test_stand_ins_of_one_category_differ():
    assert len({stand_in("culture", seed) for seed in range(8)}) == 8


def test_a_category_of_the_office_s_own_gets_a_stand_in_too():
    assert stand_in("an-own-category", 5) == stand_in("various", 5)


@pytest.mark.parametrize("name", ["seal.svg", "empty.svg", "lost.svg"])
def test_the_drawn_marks_are_light_and_load_nothing(name):
    file = settings.BASE_DIR / "portal" / "static" / "img" / name
    text = file.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert len(text.encode()) < 6_000
    for word in ("<script", "style=", "<style", "href", "url(", "@import"):
        assert word not in text


@pytest.mark.parametrize("name", ["empty.svg", "lost.svg"])
def test_line_drawings_take_the_colour_of_the_text_around_them(name):
    root = ElementTree.parse(settings.BASE_DIR / "portal" / "static" / "img" / name).getroot()
    assert root.get("stroke") == "currentColor"
    assert root.get("id") == "drawing"
