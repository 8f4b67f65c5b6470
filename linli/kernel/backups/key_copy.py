"""The one copy of the key store: sealed under a passphrase, each over the last, never beside a backup.

It holds all but the master key, which is copied by hand and kept apart: who finds this file and guesses its passphrase
still opens nothing.
"""

import io
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.kernel import master_key
from linli.kernel.backups.archive import PREFIX
from linli.kernel.backups.unpacking import unpack
from linli.kernel.refusals import Refused

SHORTEST: Final = 16  # characters of a passphrase
_HEAD: Final = b"linli-keys-1\n"
_SALT, _NONCE = 16, 12
_WORK = {"n": 2**15, "r": 8, "p": 1}
_STORE, _MASTER = "subjects.sqlite3", "master.json"
# What comes back by itself, or belongs to one run of one machine.
_LEFT = (".lock", ".sqlite3-wal", ".sqlite3-shm", ".new")


def seal_keys(to: Path, passphrase: str) -> list[str]:
    """Write the copy over the one before; return what is in it.

    Refuses: short_passphrase below sixteen characters; beside_data when backups or the data lie in the same folder;
    no_keys when there are none yet.
    """
    if len(passphrase) < SHORTEST:
        raise Refused("short_passphrase", _("A passphrase has sixteen characters at least."))
    if _beside_data(to.resolve().parent):
        raise Refused("beside_data", _("Keys are never kept beside the data: name another folder."))
    packed, names = _packed()
    if not names:
        raise Refused("no_keys", _("There is no key yet."))
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, packed, _HEAD)
    aside = to.with_name(f"{to.name}.new")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(_HEAD + salt + nonce + sealed)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(to)
    return names


def open_keys(file: Path, passphrase: str) -> list[str]:
    """Put the copy back into the empty folder of keys; return what was in it.

    Refuses: keys_there when a key store is there; wrong_passphrase; not_keys for another file.
    """
    keys = Path(settings.KEYS)
    if (keys / _STORE).exists():
        raise Refused("keys_there", _("There is a key store already: nothing was put over it."))
    told = file.read_bytes()
    if not told.startswith(_HEAD):
        raise Refused("not_keys", _("This file is no copy of keys."))
    rest = told[len(_HEAD) :]
    salt, nonce, sealed = rest[:_SALT], rest[_SALT : _SALT + _NONCE], rest[_SALT + _NONCE :]
    try:
        packed = AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed, _HEAD)
    except (InvalidTag, ValueError):
        raise Refused("wrong_passphrase", _("This passphrase does not open it.")) from None
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as found:
        unpack(found, keys)
        return sorted(found.getnames())


def _packed() -> tuple[bytes, list[str]]:
    out, names = io.BytesIO(), []
    with tempfile.TemporaryDirectory() as aside, tarfile.open(fileobj=out, mode="w") as packed:
        for path in _kept():
            source = path
            if path.name == _STORE:
                source = Path(aside) / path.name
                with (
                    closing(sqlite3.connect(path)) as store,
                    closing(sqlite3.connect(source)) as to,
                ):
                    store.backup(to)
            member = packed.gettarinfo(source, path.name)
            member.uid, member.gid, member.uname, member.gname, member.mode = 0, 0, "", "", 0o600
            with source.open("rb") as file:
                packed.addfile(member, file)
            names.append(path.name)
    return out.getvalue(), names


def _kept() -> Iterator[Path]:
    folder = Path(settings.KEYS)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and path.name != _MASTER and not path.name.endswith(_LEFT):
            yield path


def _beside_data(folder: Path) -> bool:
    """Say whether a folder holds backups, or is the house's own or inside it."""
    home = Path(settings.HOME).resolve()
    return folder.is_relative_to(home) or any(folder.glob(f"{PREFIX}*.tar"))


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **_WORK).derive(passphrase.encode())


def fingerprint_of_master() -> str:
    """Return by which name the master key is known, "" while there is none: another after each rotation."""
    file = settings.MASTER_KEY_FILE or Path(settings.KEYS) / _MASTER
    try:
        return str(master_key.read(Path(file)).primary)
    except master_key.NoMasterKey:
        return ""
