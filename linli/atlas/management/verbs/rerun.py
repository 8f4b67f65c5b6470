"""`linli atlas rerun CODE`: make a cited cell again from its figures, and say whether it is the same."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError

from linli.atlas.models import CellCitation
from linli.atlas.queries.cited_cells import citation, made_again
from linli.facts.rules.released import NotReleased
from linli.kernel.codes import read_code

HELP = "make cited cells again from their figures: the same, or what differs"


def declare(parser: ArgumentParser) -> None:
    """Declare which cells."""
    parser.add_argument("code", nargs="*", help="codes of cited cells")
    parser.add_argument("--all", action="store_true", help="all that were ever cited")


def run(given: dict[str, Any], say: Callable[[str], object]) -> None:
    """Make them again, one after the other; fail when any differs."""
    typed: list[str] = given["code"]
    if not typed and not given["all"]:
        raise CommandError("Say which cell, or --all.")
    codes = [read_code(code) or code for code in typed]
    if given["all"]:
        codes = list(CellCitation.objects.order_by("at", "id").values_list("code", flat=True))
    wrong = [code for code in codes if not _same(code, say)]
    if wrong:
        raise CommandError(f"Not the same: {', '.join(wrong)}")


def _same(code: str, say: Callable[[str], object]) -> bool:
    found = citation(code)
    if found is None:
        say(f"{code}: no such cell")
        return False
    try:
        again = made_again(found)
    except NotReleased as error:
        say(f"{code}: may no longer be said: {error}")
        return False
    value = found.said["value"] if found.said["value"] is not None else "kept back"
    if again.same:
        say(f"{code}: the same: {value}, sha256 {again.digest}")
        return True
    say(f"{code}: differs in {', '.join(again.differences)}")
    return False
