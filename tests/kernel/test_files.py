import hashlib
from pathlib import Path

import pytest

from linli.kernel import files


def test_keeps_one_file_for_the_same_bytes(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    digest = files.keep(b"abc")

    assert digest == hashlib.sha256(b"abc").hexdigest() == files.keep(b"abc")
    assert files.fetch(digest) == b"abc"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


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
