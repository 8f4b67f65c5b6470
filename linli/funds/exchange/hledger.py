"""`linli export hledger DIR`: a journal for each fund, and one that takes them all in."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from linli.funds.models import Fund
from linli.funds.queries import outward
from linli.funds.schemas.journal import lines
from linli.kernel.exporting import Export, Nothing

ALL = "all.journal"


def write_journals(folder: Path, at: datetime) -> list[Path]:
    """Write every posting of every fund, published or not. Raises Nothing before the first fund."""
    with override(settings.LANGUAGE_CODE):
        paths = [_written(folder, fund) for fund in Fund.objects.order_by("code")]
    if not paths:
        raise Nothing("There is no fund yet.")
    every = folder / ALL
    every.write_text("".join(f"include {path.name}\n" for path in paths), encoding="utf-8")
    return [every, *paths]


def _written(folder: Path, fund: Fund) -> Path:
    path = folder / f"{fund.code}.journal"
    closed = fund.closes.values_list("until", flat=True)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines(fund, outward.accounts_of(fund), outward.moved_in(fund), closed))
    return path


HLEDGER = Export("hledger", write_journals)
