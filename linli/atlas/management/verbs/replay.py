"""Run a release again from its frozen table: the same cells come out, or it is told which do not."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError

from linli.atlas.models import Release
from linli.atlas.queries.gate import RecordsGone, replayed
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.refusals import Refused

HELP = "run a release again and compare it with what was released"


def declare(parser: ArgumentParser) -> None:
    """Declare the code."""
    parser.add_argument("code", help="of the release, such as 7K3M-92QD")


def run(given: dict[str, Any], say: Callable[[str], object]) -> None:
    """Say whether the same comes out."""
    released = Release.objects.released().select_related("product")
    release = released.filter(code=read_code(given["code"]) or "").first()
    if release is None:
        raise CommandError("No release bears this code.")
    try:
        differing = replayed(release, now())
    except RecordsGone as error:
        raise CommandError("Its frozen table was destroyed on its day.") from error
    except Refused as error:
        raise CommandError(str(error.sentence)) from error
    if differing:
        cells = ", ".join(f"{figure} {area}" for figure, area in differing)
        raise CommandError(f"{release.code}: other cells came out: {cells}")
    say(f"{release.code}: the same {release.cells.count()} cells came out.")
