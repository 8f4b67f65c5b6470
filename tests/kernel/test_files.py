import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from linli.kernel import files


def test_keeps_one_file_for_the_same_bytes(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    digest = files.keep(b"abc")

    assert digest == hashlib.sha256(b"abc").hexdigest() == files.keep(b"abc")
    assert files.fetch(digest) == b"abc"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_removes_a_file_for_ever(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    digest = files.keep(b"abc")

    files.remove(digest)
    files.remove(digest)

    with pytest.raises(FileNotFoundError):
        files.fetch(digest)
    with pytest.raises(ValueError, match="not a SHA-256"):
        files.remove("../abc")


def test_holds_for_a_day_what_nobody_decided_about(settings, tmp_path, noon):
    settings.MEDIA_ROOT = tmp_path

    first = files.set_aside(b"first", at=noon)
    second = files.set_aside(b"second", at=noon + timedelta(hours=20))
    assert (files.fetch_aside(first), files.fetch_aside(second)) == (b"first", b"second")
    files.set_aside(b"third", at=noon + timedelta(hours=25))

    with pytest.raises(FileNotFoundError):
        files.fetch_aside(first)
    assert files.fetch_aside(second) == b"second"
    with pytest.raises(FileNotFoundError):
        files.fetch(second)


def test_notices_a_file_that_was_changed(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    digest = files.keep(b"abc")
    Path(tmp_path / digest[:2] / digest).write_bytes(b"abd")

    with pytest.raises(ValueError, match="has changed"):
        files.fetch(digest)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_fetches_nothing_by_a_name_that_is_no_digest(name):
    with pytest.raises(ValueError, match="not a SHA-256"):
        files.fetch(name)
