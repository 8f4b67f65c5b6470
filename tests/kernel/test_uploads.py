"""What comes back from an upload: the picture that was taken, upright, of a size that fits, and sound."""

import io
import subprocess
import unicodedata

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from linli.kernel import uploads
from linli.kernel.rebuild_photo import smaller_photo
from linli.kernel.refusals import Refused
from linli.kernel.uploads import MAX_BYTES, Rebuilt, rebuild
from tests.town import hostile_pdfs
from tests.town.hostile_photos import exif, picture, saved

ROLE = Image.Transpose
# How a camera that was turned writes what is upright, by what it says in its notes.
TURNED = {
    1: None,
    2: ROLE.FLIP_LEFT_RIGHT,
    3: ROLE.ROTATE_180,
    4: ROLE.FLIP_TOP_BOTTOM,
    5: ROLE.TRANSPOSE,
    6: ROLE.ROTATE_90,
    7: ROLE.TRANSVERSE,
    8: ROLE.ROTATE_270,
    9: None,
}


def opened(rebuilt):
    return Image.open(io.BytesIO(rebuilt.data))


def noise(size):
    return Image.merge("RGB", [Image.effect_noise(size, 60) for _ in range(3)])


@pytest.mark.parametrize("orientation", TURNED)
def test_turns_a_photo_upright_before_it_forgets_how_it_was_held(orientation):
    way = TURNED[orientation]
    taken = picture() if way is None else picture().transpose(way)

    drawn = opened(rebuild(saved("JPEG", taken, quality=95, exif=exif(orientation)), name="a.jpg"))

    assert drawn.size == (60, 40)
    assert drawn.getpixel((3, 3)) < (60, 60, 60)  # the dark corner is top left
    assert drawn.getpixel((56, 3)) > (150, 150, 150)
    assert drawn.getpixel((3, 36)) > (150, 150, 150)


@pytest.mark.parametrize(
    ("size", "drawn"),
    [((4000, 3), (4000, 3)), ((4001, 9), (4000, 9)), ((8000, 4000), (4000, 2000))],
)
def test_draws_no_side_longer_than_four_thousand(size, drawn):
    assert opened(rebuild(saved("PNG", Image.new("L", size)), name="")).size == drawn


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_makes_a_photo_of_ours_smaller_and_leaves_a_small_one(kind):
    file = io.BytesIO()
    Image.radial_gradient("L").resize((900, 300)).save(file, kind)

    smaller = smaller_photo(file.getvalue(), 300)

    with Image.open(io.BytesIO(smaller)) as drawn:
        assert (drawn.format, drawn.size) == (kind, (300, 100))
    assert smaller_photo(smaller, 300) == smaller


def test_halves_a_large_jpeg():
    kept = rebuild(saved("JPEG", Image.new("RGB", (6000, 4500), "red")), name="a.jpeg")

    assert opened(kept).size == (3000, 2250)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "JPEG"])
def test_keeps_letters_crisp(kind):
    options = {"lossless": True} if kind == "WEBP" else {"quality": 95} if kind == "JPEG" else {}
    kept = rebuild(saved(kind, picture(mode="L"), **options), name="x")

    assert kept.media_type == "image/png"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_draws_photos_as_jpeg(kind):
    kept = rebuild(saved(kind, noise((200, 100))), name="x")

    assert (kept.media_type, kept.extension, opened(kept).format) == ("image/jpeg", "jpg", "JPEG")
    assert opened(kept).size == (200, 100)


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("RGBA", (255, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (255, 0, 0, 255), (255, 0, 0)),
        ("LA", (0, 0), (255, 255, 255)),
        ("L", 7, 7),
        ("1", 1, 255),
        ("I;16", 51 * 256, 51),
    ],
)
def test_draws_every_kind_of_colour(mode, colour, seen):
    kept = rebuild(saved("PNG", Image.new(mode, (9, 9), colour)), name="a.png")

    assert opened(kept).getpixel((4, 4)) == seen


def test_draws_the_inks_of_a_printer():
    kept = opened(rebuild(saved("JPEG", Image.new("CMYK", (9, 9), (0, 255, 255, 0))), name="a.jpg"))

    assert (kept.mode, kept.size) == ("RGB", (9, 9))


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_shows_what_the_pages_of_a_pdf_showed():
    kept = rebuild(hostile_pdfs.document(), name="a.pdf")

    assert (words_of(kept.data), kept.media_type) == (["Hello"], "application/pdf")


def test_shows_what_was_filled_into_a_form():
    assert "Filled" in words_of(rebuild(hostile_pdfs.form(), name="a.pdf").data)[0]


def test_shows_the_photos_of_a_pdf():
    kept = rebuild(hostile_pdfs.document(hostile_pdfs.photo), name="a.pdf")
    document = pypdfium2.PdfDocument(kept.data)
    picture_within = pypdfium2.raw.FPDFPage_CountObjects(document[0])
    document.close()

    assert picture_within >= 1


def test_builds_the_same_pdf_again():
    """No hour and no chance in it: the same file handed in twice is one file."""
    given_ = hostile_pdfs.document()

    assert rebuild(given_, name="a") == rebuild(given_, name="b")


def test_rebuilds_what_it_made():
    first = rebuild(saved("JPEG", noise((90, 90))), name="a.jpg")

    assert rebuild(first.data, name=f"a.{first.extension}").media_type == first.media_type


def test_refuses_a_file_that_is_too_large_without_opening_it(monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)

    with pytest.raises(Refused) as refused:
        rebuild(bytes(MAX_BYTES + 1), name="a.jpg")

    assert (refused.value.code, refused.value.status) == ("file_too_large", 413)


def test_takes_a_file_of_the_largest_size():
    whole = saved("JPEG", picture())

    assert rebuild(whole + bytes(MAX_BYTES - len(whole)), name="a.jpg").media_type == "image/png"


STRANGE_NAMES = [
    "../../etc/passwd", "..\\..\\boot.png", "a" * 255, "照片" * 120 + ".jpg", "a\0.png", "con", ".htaccess.jpg",
    "photo\u202egnp.jpg", "C:\\x\\y.jpg", "a.2026", "1. 楼道", "报修单。", "%00.jpg", "-rf .jpg", "\n.png", "",
]  # fmt: skip


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_keeps_nothing_of_a_name(name):
    data = saved("PNG")

    assert rebuild(data, name=name) == rebuild(data, name="a.png")
    assert {*Rebuilt.__slots__} == {"data", "media_type", "extension"}


def test_is_not_slowed_by_a_file_that_hangs(monkeypatch):
    monkeypatch.setattr(uploads, "_SECONDS", 0.2)
    monkeypatch.setattr(uploads, "_PROGRAM", ("/bin/sleep", "60"))

    with pytest.raises(Refused) as refused:
        rebuild(b"x", name="a.jpg")

    assert refused.value.code == "file_not_accepted"


def test_tells_the_program_nothing_of_ours(monkeypatch):
    """Whoever takes over a library in there finds no secret in its surroundings."""
    monkeypatch.setenv("LINLI_SECRET_KEY", "CNRY-secret")
    monkeypatch.setattr(uploads, "_PROGRAM", ("/bin/sh", "-c", "echo application/pdf; env"))

    assert b"CNRY" not in rebuild(b"x", name="").data


def ends_in_what_runs(name):
    _head, dot, kind = name.rpartition(".")
    return bool(dot) and unicodedata.normalize("NFKC", kind).strip().lower() in {
        "html",
        "svg",
        "exe",
        "js",
    }


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["html", "SVG", "exe", "Js", "jpg", "PDF"]))
def test_refuses_names_that_a_desk_would_run(head, kind):
    name = f"{head}.{kind}"
    named = uploads._NAMED.search(name)

    assert (named[1].lower() in uploads._MAY_BE_NAMED) == (not ends_in_what_runs(name))
