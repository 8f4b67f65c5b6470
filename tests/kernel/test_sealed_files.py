"""Sealed files: on the disk only noise, opened with the subject's key, for the thing they belong to."""

import shutil

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from linli.kernel import keystore
from linli.kernel.files import digest_of
from linli.kernel.sealed_files import keep_sealed, open_sealed, remove_sealed
from linli.kernel.sealing import Keyring, Misplaced
from linli.kernel.subjects import Gone, destroy, key_of, new_subject

CANARY = b"CNRY-photo-of-a-door"
CASE = "7K3M-92QD"


@pytest.fixture(autouse=True)
def _disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None


@pytest.fixture
def key():
    return Keyring.fresh().new_key("S")[0]


def on_disk(settings):
    return sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def test_keeps_noise_under_its_digest(key, settings):
    digest = keep_sealed(key, CASE, CANARY)

    (path,) = on_disk(settings)
    assert path == settings.MEDIA_ROOT / "sealed" / digest[:2] / digest
    assert digest == digest_of(path.read_bytes())
    assert CANARY not in path.read_bytes()
    assert open_sealed(key, CASE, digest) == CANARY


@trials(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.sampled_from([b"", b"\0", b"\x80\0", b"\x80" * 64, bytes(64)]))
def test_opens_what_was_kept(key, data):
    assert open_sealed(key, CASE, keep_sealed(key, CASE, data)) == data


def test_tells_no_two_equal_files_apart_from_others(key):
    assert keep_sealed(key, CASE, CANARY) != keep_sealed(key, CASE, CANARY)


def test_opens_with_its_own_key_alone(key):
    digest = keep_sealed(key, CASE, CANARY)

    with pytest.raises(Misplaced):
        open_sealed(Keyring.fresh().new_key("S")[0], CASE, digest)


def test_opens_for_its_own_thing_alone(key):
    digest = keep_sealed(key, CASE, CANARY)

    with pytest.raises(Misplaced):
        open_sealed(key, "8K3M-92QD", digest)


def test_notices_a_changed_file(key, settings):
    digest = keep_sealed(key, CASE, CANARY)
    (path,) = on_disk(settings)
    *head, last = path.read_bytes()
    path.write_bytes(bytes([*head, last ^ 1]))

    with pytest.raises(Misplaced):
        open_sealed(key, CASE, digest)


def test_removes_a_file_and_does_nothing_a_second_time(key, settings):
    digest, other = keep_sealed(key, CASE, CANARY), keep_sealed(key, CASE, b"other")

    remove_sealed(digest)
    remove_sealed(digest)

    assert [path.name for path in on_disk(settings)] == [other]
    with pytest.raises(FileNotFoundError):
        open_sealed(key, CASE, digest)


@pytest.mark.parametrize("name", ["", "../../secret_key", "A" * 64, "0" * 63, "0" * 65])
def test_refuses_names_that_are_no_digest(key, name):
    with pytest.raises(ValueError, match="not a SHA-256"):
        open_sealed(key, CASE, name)
    with pytest.raises(ValueError, match="not a SHA-256"):
        remove_sealed(name)


def test_leaves_no_half_file_when_stopped(key, settings, monkeypatch):
    def stop(_):
        raise OSError

    monkeypatch.setattr("os.fsync", stop)
    with pytest.raises(OSError, match=r"^$"):
        keep_sealed(key, CASE, CANARY)

    assert [path.suffix != "" for path in on_disk(settings)] == [True]  # not under a digest
    assert CANARY not in on_disk(settings)[0].read_bytes()


@pytest.mark.django_db(transaction=True)
def test_opens_in_no_backup_once_the_key_is_destroyed(noon, settings, tmp_path):
    subject = new_subject(purpose="case", purge_on=noon.date().replace(year=2027), at=noon)
    digest = keep_sealed(key_of(subject, at=noon), CASE, CANARY)
    shutil.copytree(settings.MEDIA_ROOT, tmp_path / "backup")
    settings.MEDIA_ROOT = tmp_path / "backup"
    # The control: with the key, the backup opens.
    assert open_sealed(key_of(subject, at=noon), CASE, digest) == CANARY

    destroy(subject=subject, at=noon)

    with pytest.raises(Gone):
        key_of(subject, at=noon)
    assert keystore.store().key(subject.code) is None
    assert CANARY not in (tmp_path / "backup" / "sealed" / digest[:2] / digest).read_bytes()
