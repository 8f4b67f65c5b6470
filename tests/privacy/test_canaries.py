"""The scanner itself: what it does not find, no other test would."""

import gzip
import zipfile
from base64 import b64encode, urlsafe_b64encode
from io import BytesIO

import pytest

from tests.privacy.canaries import Cage


def zipped(data):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", data)
    return packed.getvalue()


WRAPPED = {
    "plain": lambda said: b"<p>" + said + b"</p>",
    "in capitals": lambda said: said.upper(),
    "in hex": lambda said: b"\\x00ff" + said.hex().encode(),
    "in base64": lambda said: b64encode(b"x" * 40 + said),
    "in base64, one further": lambda said: b64encode(b"x" * 41 + said + b"yy"),
    "in base64, two further": lambda said: b64encode(b"x" * 42 + said),
    "in base64 for addresses": lambda said: b"/a/" + urlsafe_b64encode(b"\xff\xfe" + said),
    "zipped": zipped,
    "gzipped": gzip.compress,
}


@pytest.mark.parametrize("way", WRAPPED)
def test_finds_a_canary_however_it_is_wrapped(way):
    cage = Cage()
    said = cage.new(7, "words").encode()

    assert cage.found(WRAPPED[way](said)) == {said: (7, "words")}


def test_finds_a_canary_that_can_be_dialled():
    cage = Cage()
    number = cage.number(12, "contact")

    assert cage.found(f"tel:+{number};".encode()) == {number.encode(): (12, "contact")}
    assert cage.found(f"1{number}".encode()) == {}


def test_finds_files_by_their_names(tmp_path):
    cage = Cage()
    said = cage.new(3, "wish")
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.wal").write_bytes(b"\0\0" + said.encode())
    (tmp_path / "clean").write_text("cnry-0003-wish-000000000000")

    assert list(cage.in_files(tmp_path)) == [str(tmp_path / "a" / "b" / "c.wal")]
