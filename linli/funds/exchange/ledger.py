"""`linli export ledger DIR`: every fund's ledger as one file, the signed roots, the key, and who checks them."""

import shutil
from datetime import datetime
from pathlib import Path

from linli.funds.actions.kits import VERIFIER
from linli.funds.models import Fund
from linli.funds.queries.ledger_file import all_lines, root_lines
from linli.kernel import city_key
from linli.kernel.exporting import Export, Nothing


def write_ledgers(folder: Path, at: datetime) -> list[Path]:
    """Write every fund, published or not, up to now. Raises Nothing before the first fund."""
    funds = Fund.objects.select_related("unit", "area").order_by("code")
    paths = [_written(folder, fund) for fund in funds]
    if not paths:
        raise Nothing("There is no fund yet.")
    roots, key, verifier = (folder / name for name in ("roots.jsonl", "city.vkey", VERIFIER.name))
    with roots.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(root_lines())
    key.write_text(f"{city_key.signer().key}\n", encoding="utf-8")
    shutil.copyfile(VERIFIER, verifier)
    return [*paths, roots, key, verifier]


def _written(folder: Path, fund: Fund) -> Path:
    path = folder / f"{fund.code}.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(all_lines(fund))
    return path


LEDGER = Export("ledger", write_ledgers)
