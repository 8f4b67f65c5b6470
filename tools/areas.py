"""Makes linli/reader/data/areas_gb2260.tsv from `codes.json` of the data set yescallop/areacodes.

    python tools/areas.py PATH/TO/codes.json [OUT.tsv]

Only facts are taken over: code, name, first and last year in force, successors (CC0 1.0).
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent.parent / "linli/reader/data/areas_gb2260.tsv"
SOURCE = (
    "# GB/T 2260 areas at county level and above since 1981, with successors.",
    "# Made by tools/areas.py from codes.json of github.com/yescallop/areacodes",
    "# commit eed219a0678d36bacaa717f62443b10e869f0291, dedicated to the public domain (CC0 1.0).",
    "# code, name, first year, last year (empty: in force), successors (codes, space between)",
)


def rows(items: list[dict[str, Any]]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield code, name, first year, last year, successors of each record, parents first.

    The data set ends a record with the first year in which it no longer stood; the table says the
    last year in which it did. Successors of a record still in force are changes of its borders and
    are left out.
    """
    for item in items:
        end = item.get("end")
        heirs = sorted({str(heir["code"]) for heir in item.get("succ", ())}) if end else []
        last = str(max(end - 1, item["start"])) if end else ""
        yield str(item["code"]), item["name"], str(item["start"]), last, " ".join(heirs)
        yield from rows(item.get("children", []))


def table(items: list[dict[str, Any]]) -> str:
    """Return the whole file: the source note, then one record a line, in order of code and year."""
    records = sorted(set(rows(items)), key=lambda row: (row[0], int(row[2]), row[1]))
    return "\n".join((*SOURCE, *("\t".join(row) for row in records))) + "\n"


def main(arguments: list[str]) -> int:
    """Write the table; return 2 when the arguments are not a path and an optional target."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    items = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))["items"]
    target = Path(arguments[1]) if len(arguments) == 2 else TABLE
    target.write_text(table(items), encoding="utf-8")
    print(f"{target}: {target.read_text(encoding='utf-8').count(chr(10)) - len(SOURCE)} records")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
