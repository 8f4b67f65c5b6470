"""Files that wait to be read: opened piece by piece, so that never more than one of them is in clear."""

import hashlib
import io
from collections.abc import Collection
from typing import IO, TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from linli.funds.models import WaitingFile
from linli.kernel.keystore import store
from linli.kernel.refusals import Refused
from linli.kernel.sealed_files import open_sealed
from linli.kernel.sealing import Key
from linli.kernel.subjects import Gone

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE: Final = 2**20
LARGEST: Final = 100 * 2**20


class Pieces(io.RawIOBase):
    """One waiting file, to be read as if it were one."""

    def __init__(self, file: WaitingFile, key: Key) -> None:
        self._file, self._key = file, key
        self._at, self._piece, self._number = 0, b"", -1

    @property
    def percent(self) -> int:
        """Return how much of it has gone by."""
        return min(100, 100 * self._at // self._file.size)

    @property
    def stream(self) -> IO[bytes]:
        """Return it as others read files."""
        return io.BufferedReader(self, PIECE)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.size}[whence]
        self._at = begin + offset
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        number, begin = divmod(self._at, PIECE)
        if number >= len(self._file.pieces):
            return 0
        if number != self._number:
            place = place_of(self._file.code, number)
            self._piece = open_sealed(self._key, place, self._file.pieces[number])
            self._number = number
        view = memoryview(buffer)
        data = self._piece[begin : begin + len(view)]
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file, from its beginning, which is where it then stands again.

    Refuses: file_too_large above 100 MB; not_a_table when it is empty.
    """
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    if size > LARGEST:
        raise Refused("file_too_large", _("The file is larger than 100 MB."), status=413)
    if not size:
        sentence = _("This is not a table that we can read: bring CSV or XLSX.")
        raise Refused("not_a_table", sentence)
    return digest.hexdigest()


def opened(file: WaitingFile) -> Pieces:
    """Return a waiting file, open.

    Refuses: gone when its key was destroyed.
    """
    key = store().key(file.code)
    if key is None:
        raise Gone
    return Pieces(file, key)


def place_of(code: str, number: int) -> str:
    """Return for which place a piece is sealed: no piece can be put where another one stands."""
    return f"{code}.{number}"


def known_pieces(digests: Collection[str]) -> set[str]:
    """Return which of these sealed files are pieces of files that wait."""
    wanted = set(digests)
    kept = WaitingFile.objects.values_list("pieces", flat=True)
    return {name for pieces in kept for name in pieces if name in wanted}
