"""Files of transactions that failed go after a day; what any row knows, or is young, stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from linli.cases.actions.asking import save_draft
from linli.cases.actions.draft_photos import add_photo
from linli.cases.actions.reading import open_photo
from linli.cases.models import Attachment
from linli.kernel import sealed_sweep
from linli.kernel.actors import HOLDER
from linli.kernel.sealed_files import keep_sealed
from linli.kernel.sealed_sweep import declared, sweep
from linli.kernel.sealing import Keyring
from linli.kernel.uploads import Rebuilt
from tests.architecture.source import ROOT
from tests.town import cases

pytestmark = pytest.mark.django_db
PHOTO = Rebuilt(b"a photo", "image/png", "png")
LONG = timedelta(days=2)


@pytest.fixture(autouse=True)
def _disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None


def on_disk(settings):
    found = (Path(settings.MEDIA_ROOT) / "sealed").rglob("*")
    return {path.name: path for path in found if path.is_file()}


def age(settings, at, by=LONG):
    for path in on_disk(settings).values():
        when = (at - by).timestamp()
        os.utime(path, (when, when))


def left_behind():
    """What a transaction leaves that fails after its file was kept."""
    return keep_sealed(Keyring.fresh().new_key("S")[0], "7K3M-92QD", b"noise")


def test_removes_what_a_failed_transaction_left(settings, noon):
    with transaction.atomic():
        cases.receipt(at=noon, photos=(PHOTO,))
        transaction.set_rollback(True)
    assert len(on_disk(settings)) == 1
    age(settings, noon)

    assert sweep(noon) == 1

    assert on_disk(settings) == {}
    assert sweep(noon) == 0


def test_keeps_what_a_case_or_a_draft_knows(settings, noon):
    case = cases.asked(at=noon, photos=(PHOTO,))
    draft, _passphrase = save_draft(by=HOLDER, at=noon, draft=None, answers={})
    add_photo(by=HOLDER, at=noon, draft=draft, photo=PHOTO)
    stranger = left_behind()
    age(settings, noon)

    assert sweep(noon) == 1

    kept = Attachment.objects.get(case=case)
    assert set(on_disk(settings)) == {kept.digest, draft.photos[0]["digest"]}
    assert stranger not in on_disk(settings)
    assert open_photo(by=HOLDER, at=noon, case=case, photo=kept) == b"a photo"


def test_keeps_what_is_younger_than_a_day(settings, noon):
    digest = left_behind()
    age(settings, noon, timedelta(hours=23))

    assert sweep(noon) == 0
    assert set(on_disk(settings)) == {digest}
    assert sweep(noon + timedelta(hours=2)) == 1


@pytest.mark.parametrize("guarded", [True, False])
def test_puts_back_what_a_row_comes_to_know_meanwhile(settings, noon, monkeypatch, guarded):
    """Without the second question (the control) a file is gone whose row was written meanwhile."""
    digest, asked = left_behind(), []
    age(settings, noon)

    def known(names):
        asked.append(names)
        return {digest} if len(asked) > 1 and guarded else set()

    monkeypatch.setattr(sealed_sweep, "declared", lambda: [known])

    assert sweep(noon) == (0 if guarded else 1)

    assert set(on_disk(settings)) == ({digest} if guarded else set())


def test_puts_back_what_a_stopped_sweep_left_aside(settings, noon):
    case = cases.asked(at=noon, photos=(PHOTO,))
    kept = Attachment.objects.get(case=case)
    path = on_disk(settings)[kept.digest]
    path.rename(path.with_name(f"{path.name}.aside"))
    age(settings, noon)

    assert sweep(noon) == 0

    assert set(on_disk(settings)) == {kept.digest}


def test_removes_half_a_file_and_what_a_stopped_sweep_left(settings, noon):
    digest = left_behind()
    path = on_disk(settings)[digest]
    path.rename(path.with_name(f"{path.name}.aside"))
    path.with_name(f"{'0' * 64}.123").write_bytes(b"half")
    age(settings, noon)

    sweep(noon)

    assert on_disk(settings) == {}


def test_removes_nothing_while_the_database_is_older_than_the_log(settings, noon, monkeypatch):
    digest = left_behind()
    age(settings, noon)
    monkeypatch.setattr(sealed_sweep, "lost", lambda: "a note")

    assert sweep(noon) == 0

    assert set(on_disk(settings)) == {digest}


def test_asks_every_engine_that_keeps_sealed_files():
    keepers = {
        path.relative_to(ROOT / "linli").parts[0]
        for path in (ROOT / "linli").rglob("*.py")
        if "keep_sealed(" in path.read_text() and "def keep_sealed" not in path.read_text()
    }

    assert keepers == {known.__module__.split(".")[1] for known in declared()}
