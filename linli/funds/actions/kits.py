"""Make the kit by which anybody computes a published fund's ledger again: the ledger, the verifier, how to use them.

A kit reaches up to the last signed root and never changes; it lies beside the database and is made anew when a
later day is signed.
"""

from datetime import datetime
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.funds.models import Fund, Root
from linli.funds.queries.ledger_file import NAME, kits, newest_root, signed_lines
from linli.kernel.actors import Actor
from linli.kernel.turns import turn

VERIFIER: Final = Path(__file__).parents[1] / "schemas" / "verify_ledger.py"
_LANGUAGES = ("zh-hans", "en")
_REACH = _("All that was posted in this fund up to the end of %(day)s, signed by root %(number)s.")
_KEPT = _(
    "KEY is the key of the house: compare its fingerprint by telephone or on a notice board. ROOT is a root that you kept on an earlier day. Both are worth something only when you have them from elsewhere than this file."
)
_NEEDS = _(
    "The verifier needs Python alone; for the key it asks for the package “cryptography”. It says “holds” or “FAILS” for each thing that it checks."
)


def make_kits(*, by: Actor, at: datetime) -> int:
    """Make the kits of all published funds whose last kit is not of the last root; return how many.

    Refuses: nothing; a clock does this.
    """
    funds = Fund.objects.published().select_related("unit", "area").order_by("pk")
    before = {path for fund in funds for path in kits(fund)}
    made = {make_kit(by=by, at=at, fund=fund) for fund in funds} - {None}
    return len(made - before)


def make_kit(*, by: Actor, at: datetime, fund: Fund) -> Path | None:
    """Make a fund's kit up to the last root, if it is not there; return where it lies, None before the first root.

    Refuses: nothing; a clock does this, or whoever asks for the kit first.
    """
    root = newest_root()
    if root is None or not fund.heads.exists():
        return None
    folder = Path(settings.HOME) / "ledgers"
    with turn(folder / "turn"):
        kit = folder / f"{fund.code}-{root.number:06d}.zip"
        if not kit.exists():
            beside = kit.with_suffix(".new")
            _write(beside, fund, root)
            beside.replace(kit)
        for old in kits(fund):
            if old != kit:
                old.unlink()
    return kit


def _write(kit: Path, fund: Fund, root: Root) -> None:
    with ZipFile(kit, "w", ZIP_DEFLATED) as packed:
        with packed.open(NAME, "w", force_zip64=True) as out:
            for line in signed_lines(fund, root):
                out.write(line.encode())
        packed.write(VERIFIER, VERIFIER.name)
        packed.writestr("README.txt", _told(fund, root))


def _told(fund: Fund, root: Root) -> str:
    command = f"    python3 {VERIFIER.name} {NAME} --key KEY --seen ROOT"
    told = [f"{fund.name} {fund.code}", command]
    for language in _LANGUAGES:
        with override(language):
            reach = {"day": root.day.isoformat(), "number": root.number}
            told += [str(_REACH % reach), str(_KEPT), str(_NEEDS)]
    return "\n\n".join(told) + "\n"
