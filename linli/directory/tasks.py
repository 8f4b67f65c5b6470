"""What is done for the directory by the calendar."""

from datetime import datetime, timedelta

from linli.directory.actions.offline import make_offline_file
from linli.directory.queries.offline import kept
from linli.kernel.actors import system
from linli.kernel.ticks import Tick


def renew_offline_file(at: datetime) -> int:
    """Make the one file anew when the directory has changed; return whether it had."""
    before = kept()
    return int(make_offline_file(by=system("calendar"), at=at) != before)


TICKS = (Tick("directory file", timedelta(hours=1), renew_offline_file),)
