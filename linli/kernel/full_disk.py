"""A full disk, however it is told: by SQLite, by PostgreSQL, by the file system. It refuses, and harms nothing."""

import errno
import sqlite3

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused

_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_POSTGRESQL = "53100"  # disk_full
_FILES = {errno.ENOSPC, errno.EDQUOT}


class NoRoom(Refused):
    """Nothing more can be written down; what is written can be read."""

    def __init__(self) -> None:
        super().__init__(
            "no_room",
            _(
                "There is no room left to write this down, and nothing was changed. Try again later."
            ),
            status=503,
        )
        self.headers["Retry-After"] = "60"


def told_by(error: BaseException) -> bool:
    """Say whether this error, or one that it came of, says that the disk is full."""
    said: BaseException | None = error
    while said is not None:
        # Its primary code: the others stand in the bits above.
        sqlite = getattr(said, "sqlite_errorcode", 0) & 0xFF in _SQLITE
        files = isinstance(said, OSError) and said.errno in _FILES
        if sqlite or files or getattr(said, "sqlstate", "") == _POSTGRESQL:
            return True
        said = said.__cause__ or said.__context__
    return False
