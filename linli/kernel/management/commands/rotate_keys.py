"""`linli rotate_keys`: a new master key, every data key wrapped under it, the old one retired."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.kernel.keystore import store
from linli.kernel.master_key import NoMasterKey

_BATCH = 500


class Command(BaseCommand):
    """Change the master key while the site runs. Stopped half-way, the next run ends what was begun."""

    help = "Change the master key: wraps every data key anew, then retires the old master key."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        """Begin or take up the rotation, and end it."""
        keys, count, last = store(), 0, ""
        try:
            keys.begin_rotation()
            while codes := keys.rewrap(last, _BATCH):
                count, last = count + len(codes), codes[-1]
            ended = keys.end_rotation()
        except (NoMasterKey, OSError) as error:
            raise CommandError(str(error)) from error
        if not (ended and keys.scrub()):
            raise CommandError("Others were at work: run this again.")
        self.stdout.write(f"keys: {count}")
