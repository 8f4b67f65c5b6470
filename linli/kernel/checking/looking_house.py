"""Looks at the settings, the database and what pages are made of. Thin: what is seen is judged elsewhere."""

import json
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from linli.kernel.checking import judging, judging_log
from linli.kernel.checking.findings import Finding, State, judged
from linli.kernel.checking.looking_lines import lines_seen

_FULL = 2  # PRAGMA synchronous
_POSTGRESQL = ("synchronous_commit", "fsync", "full_page_writes")


def settings_seen(_at: datetime) -> list[Finding]:
    """Look at the settings, and ask Django what it finds wrong with them."""
    seen = judging.Set(
        debug=settings.DEBUG,
        demo=settings.DEMO,
        https=settings.HTTPS,
        second_factor=settings.SECOND_FACTOR,
        hosts=tuple(settings.ALLOWED_HOSTS),
        secret=settings.SECRET_KEY,
    )
    return [*judging.settings(seen), _django(seen)]


def database_seen(_at: datetime) -> list[Finding]:
    """Look at the database: every change of its tables is in, what is acknowledged is on the disk, there is room."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    lasting = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    free = shutil.disk_usage(settings.HOME).free
    return [
        judged("database", "migrations", State.FAIL if waiting else State.OK,
            (_("The database answers, and its tables are of this version."), _("%(count)d changes of tables wait.") % {"count": waiting}),
            "linli migrate"),
        judged("database", "lasting", State.OK if lasting else State.FAIL,
            (_("What is acknowledged is on the disk."), _("What is acknowledged may be lost with the next power failure.")),
            _("See docs/operations.md, Install: settings of the database.")),
        judging.disk(free, _size()),
        *lines_seen(),
    ]  # fmt: skip


def pages_seen(_at: datetime) -> list[Finding]:
    """Look at static files, fonts and compiled translations."""
    root = Path(settings.STATIC_ROOT)
    try:
        paths = json.loads((root / "staticfiles.json").read_text(encoding="utf-8"))[
            "paths"
        ].values()
        missing = sum(not (root / path).is_file() for path in paths)
        fonts = sum(path.endswith(".woff2") for path in paths)
    except (FileNotFoundError, ValueError, KeyError):
        missing, fonts = 1, 0
    if settings.DEBUG:
        missing, fonts = 0, 1  # they come from where they were written
    return judging_log.parts(missing, fonts, _untranslated())


def _untranslated() -> list[str]:
    found = []
    for folder in settings.LOCALE_PATHS:
        for texts in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
            made = texts.with_suffix(".mo")
            if not made.exists() or made.stat().st_mtime < texts.stat().st_mtime:
                found.append(texts.parent.parent.name)
    return found


def _django(seen: judging.Set) -> Finding:
    """Ask Django's own checks; in a demo of this machine what it says of deployment is no fault."""
    said = checks.run_checks(include_deployment_checks=not (seen.demo or seen.local))
    loud = [one for one in said if not one.is_silenced()]
    state = State.OK if not loud else State.FAIL if any(one.is_serious() for one in loud) else State.WARN  # fmt: skip
    names = ", ".join(sorted({one.id or "?" for one in loud}))
    return judged("settings", "framework", state,
        (_("The framework finds nothing wrong."), _("The framework says: %(names)s.") % {"names": names}),
        _("Look these up in Django's list of system checks."))  # fmt: skip


def _sqlite() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        [journal] = cursor.fetchone()
        cursor.execute("PRAGMA synchronous")
        [synchronous] = cursor.fetchone()
    return (journal, synchronous) == ("wal", _FULL)


def _postgresql() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_settings WHERE name = ANY(%s) AND setting IN ('off', 'local')",
            [list(_POSTGRESQL)],
        )
        [off] = cursor.fetchone()
    return bool(off == 0)


def _size() -> int:
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        return file.stat().st_size if file.is_file() else 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
