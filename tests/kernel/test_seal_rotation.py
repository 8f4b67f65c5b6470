"""`linli rotate_keys`, as an operator runs it."""

import pytest
from django.core.management import CommandError, call_command

from linli.kernel import keystore, master_key
from linli.kernel.models import Subject
from linli.kernel.sealing import Place
from linli.kernel.subjects import key_of, new_subject

HERE = Place("cases_case", "7K3M-92QD", "words")


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None


def begun(noon):
    return new_subject(purpose="case", purge_on=noon.date().replace(year=2027), at=noon)


@pytest.mark.django_db
def test_changes_the_master_key_and_nothing_that_is_sealed(noon, settings, capsys):
    subjects = [begun(noon) for _ in range(3)]
    sealed = [key_of(subject, at=noon).seal("秘密", HERE) for subject in subjects]
    old = master_key.read(settings.KEYS / "master.json")

    call_command("rotate_keys")

    assert capsys.readouterr().out == "keys: 3\n"
    assert master_key.read(settings.KEYS / "master.json").ids.isdisjoint(old.ids)
    opened = [
        key_of(subject, at=noon).open(value, HERE)
        for subject, value in zip(subjects, sealed, strict=True)
    ]
    assert opened == ["秘密"] * 3


@pytest.mark.django_db
def test_makes_the_master_key_in_the_place_that_was_named(noon, settings, tmp_path):
    settings.MASTER_KEY_FILE = tmp_path / "master.json"
    with pytest.raises(master_key.NoMasterKey):
        begun(noon)
    assert Subject.objects.count() == 0

    call_command("rotate_keys")

    assert key_of(begun(noon), at=noon)
    assert not (settings.KEYS / "master.json").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "said", "words"),
    [
        ("begin_rotation", FileNotFoundError("master.json"), "master.json"),
        ("end_rotation", False, "run this again"),
        ("scrub", False, "run this again"),
    ],
)
def test_says_what_stopped_it(noon, monkeypatch, method, said, words):
    subject = begun(noon)

    def stop(self):
        if isinstance(said, Exception):
            raise said
        return said

    with monkeypatch.context() as stopped:
        stopped.setattr(keystore.KeyStore, method, stop)
        with pytest.raises(CommandError, match=words):
            call_command("rotate_keys")

    assert key_of(subject, at=noon)


@pytest.mark.django_db
def test_refuses_when_the_master_key_is_missing(noon, settings):
    begun(noon)
    (settings.KEYS / "master.json").unlink()

    with pytest.raises(CommandError, match="is missing"):
        call_command("rotate_keys")

    assert not (settings.KEYS / "master.json").exists()
