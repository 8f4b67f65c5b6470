"""Whatever a stranger hands in is refused, or comes back as a picture of itself that does and tells nothing."""

import io
import json
import signal
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from linli.kernel.rebuild_pdf import rebuilt_pdf
from linli.kernel.rebuild_photo import rebuilt_photo
from linli.kernel.refusals import Refused
from linli.kernel.uploads import rebuild
from tests.town import hostile_pdfs, hostile_photos
from tests.town.hostile_others import OTHERS
from tests.town.hostile_photos import CANARY, png, saved

ROOT = Path(__file__).parents[2]
REFUSED = hostile_photos.BROKEN | hostile_pdfs.BROKEN | OTHERS
ACTS = (
    *(
        "/JavaScript",
        "/JS",
        "/Launch",
        "/URI",
        "/SubmitForm",
        "/OpenAction",
        "/EmbeddedFile",
    ),
    *(
        "/XFA",
        "/RichMedia",
        "/Annots",
        "/AcroForm",
        "/Names",
        "/Outlines",
        "/Metadata",
        "/Filespec",
    ),
)


def said_by_photo(data):
    """Everything that a program finds in a photo beside its colours, of every frame."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what cameras and attackers write is often not to standard
        with Image.open(io.BytesIO(data)) as opened:
            told = [opened.info, dict(opened.getexif()), getattr(opened, "text", {})]
            told += [frame.info for frame in ImageSequence.Iterator(opened)]
    return repr(told).encode()


def said_by_pdf(data):
    """Everything that a program finds in a PDF: each object, each stream unpacked."""
    said = []
    with pikepdf.open(io.BytesIO(data)) as opened:
        for whole in opened.objects:
            if isinstance(whole, pikepdf.Stream):
                # Of the picture's own kind the bytes as they are, of all others unpacked.
                said.append(unpacked(whole))
                said.append(repr(dict(whole.items())).encode())
            else:
                said.append(whole.unparse(resolved=True))
    return b"\n".join(said)


def unpacked(stream):
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def png_chunks(data):
    kinds, at = set(), 8
    while at < len(data):
        kinds.add(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4])
    return kinds


def jpeg_segments(data):
    kinds, at = set(), 2
    while data[at + 1] != 0xDA:
        kinds.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return kinds


def test_has_more_than_forty_files():
    assert len(REFUSED) + len(hostile_photos.TALKING) + len(hostile_pdfs.ACTING) >= 100


@cache
def handed_in(name):
    """Some of them take a second to make."""
    return REFUSED[name]()


@pytest.mark.sweep(3)
@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name):
    with pytest.raises(Refused) as refused:
        rebuild(handed_in(name), name=name)

    assert refused.value.code == "file_not_accepted"
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("name", hostile_photos.TALKING)
def test_draws_a_photo_that_tells_nothing(name):
    given_ = hostile_photos.TALKING[name]()
    # The control: whoever keeps the file as it came keeps what it says.
    assert CANARY in given_ + said_by_photo(given_)

    drawn = rebuild(given_, name=name)

    assert (drawn.media_type, drawn.extension) == ("image/png", "png")
    assert png_chunks(drawn.data) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    assert drawn.data.endswith(b"IEND\xaeB`\x82")
    assert CANARY not in drawn.data + said_by_photo(drawn.data)


def test_draws_a_colourful_photo_that_tells_nothing():
    """As above, of the other kind: photos become JPEG."""
    dice = Image.merge("RGB", [Image.effect_noise((300, 200), 60) for _ in range(3)])
    given_ = saved("JPEG", dice, exif=hostile_photos.exif(), comment=CANARY, icc_profile=CANARY)
    assert CANARY in given_

    drawn = rebuild(given_, name="IMG_0001.JPG")

    assert (drawn.media_type, drawn.extension) == ("image/jpeg", "jpg")
    assert jpeg_segments(drawn.data) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert drawn.data.count(b"\xff\xd9") == 1
    assert drawn.data.endswith(b"\xff\xd9")
    assert CANARY not in drawn.data + said_by_photo(drawn.data)


@pytest.mark.sweep(3)
@pytest.mark.parametrize("name", hostile_pdfs.ACTING)
def test_builds_a_pdf_that_neither_acts_nor_tells(name):
    given_ = hostile_pdfs.ACTING[name]()
    assert CANARY in given_ + said_by_pdf(given_)

    built = rebuild(given_, name=name)

    assert (built.media_type, built.extension) == ("application/pdf", "pdf")
    said = built.data + said_by_pdf(built.data)
    assert CANARY not in said
    assert [act for act in ACTS if act.encode() in said] == []
    with pikepdf.open(io.BytesIO(built.data)) as opened:
        assert set(opened.Root.keys()) == {"/Type", "/Pages"}
        assert set(opened.trailer.keys()) <= {
            "/Root",
            "/Size",
            "/ID",
            "/Type",
            "/W",
            "/Length",
            "/Filter",
            "/Info",
        }
        shown = {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate"}
        assert [set(page.obj.keys()) - shown for page in opened.pages] == [set()]


HEAVY = (
    *("thirty thousand square.png", "packed text of 100 MB.png", "a thousand scans.jpg"),
    *("packed profile of 100 MB.png", "says too much.jpg", "a page of 1 GB.pdf", "nested.pdf"),
    *("table in a ring.pdf", "page tree in a ring.pdf", "swelling.zip", "packed nothing.png"),
)
# The same program, which says at its end what it took.
_MEASURED = """
import json, pathlib, sys, time
from linli.kernel import rebuild_file
code = rebuild_file.main()
peak = int(pathlib.Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
json.dump({"code": code, "seconds": time.process_time(), "megabytes": peak}, sys.stderr)
"""


def cost_of(data):
    told = subprocess.run(
        [sys.executable, "-I", "-c", _MEASURED],
        input=data,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return json.loads(told.stderr)


@pytest.mark.sweep(3)
@pytest.mark.parametrize("name", HEAVY)
def test_refuses_soon_and_small(name):
    cost = cost_of(handed_in(name))

    assert cost["code"] == 3
    assert cost["megabytes"] < 300
    assert cost["seconds"] < 5  # of work, not of waiting; alone each takes less than one


def test_draws_the_largest_photos_in_bounds():
    """The control of the bounds: what honest cameras make passes, near the limit of pixels too."""
    honest = saved("JPEG", Image.new("RGB", (8160, 6120), "green"), progressive=True)
    scan = png(7900, 7900, hostile_photos.zeros(7900 * 989))

    for data in (honest, scan):
        cost = cost_of(data)
        assert cost["code"] == 0
        assert cost["megabytes"] < 500


def test_is_stopped_by_the_machine_when_a_library_is_not():
    """Memory and time end for the program, not for the site: the limits stand before any library is opened."""
    greedy = (
        "from linli.kernel import rebuild_file\n"
        "rebuild_file._rebuilt = lambda data: ({}, 'x')\n"
        "rebuild_file._SECONDS = 1\n"
        "rebuild_file.main()\n"
    )
    for deed, code in (("bytes(2_000_000_000)", 3), ("exec('while 1: pass')", -signal.SIGKILL)):
        done = subprocess.run(
            [sys.executable, "-I", "-c", greedy.format(deed) + "\nraise SystemExit(3)"],
            input=b"",
            capture_output=True,
            timeout=60,
            check=False,
        )

        assert (done.returncode, done.stdout) == (code, b"")


def tried(build, data):
    """Whatever a library does with a stranger's bytes: it ends, or raises an ordinary error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            build(data)
        except Exception as error:
            return type(error).__name__
    return "built"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_ends_with_damaged_photos_and_pdfs(data):
    build, makers = data.draw(
        st.sampled_from([
            (rebuilt_photo, [hostile_photos.TALKING["text.png"], hostile_photos.TALKING["exif.webp"]]),
            (rebuilt_pdf, [hostile_pdfs.document, hostile_pdfs.form]),
        ])
    )  # fmt: skip
    whole = bytearray(data.draw(st.sampled_from(makers))())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))])

    assert tried(build, cut)
