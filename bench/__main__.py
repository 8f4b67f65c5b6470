"""`make bench`: what, ours, peer or limit, ratio. Everything is measured in this run, nothing asserted."""

import argparse
import sys
import traceback
from collections.abc import Callable, Iterable

from bench import (
    assessments,
    atlas,
    batches,
    booking,
    cases,
    city,
    corpora,
    directory,
    facts,
    fair_timetable,
    finding,
    fuzz,
    gate,
    instruments,
    ledger,
    ogc,
    plans,
    polls,
    reading,
    trace,
    trace_lookup,
    trace_query,
    trace_walks,
    weights,
    written,
)
from bench.book import keep
from bench.table import Row, show

PARTS: dict[str, Callable[..., Iterable[Row]]] = {
    module.__name__.removeprefix("bench."): module.rows
    for module in (
        *(reading, corpora, written, facts, plans, directory, finding, cases, booking),
        *(fair_timetable, ledger, batches, polls, assessments, atlas, instruments, trace),
        *(trace_query, trace_walks, trace_lookup, gate, ogc, fuzz, city, weights),
    )
}


def main() -> int:
    """Measure part by part and print each as it is done: one that breaks off takes nothing from the others."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="ten times the data")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", default=list(PARTS))
    parser.add_argument("--keep", action="store_true", help="write them into bench/README.md")
    options = parser.parse_args()
    failed = []
    for name in options.only:
        print(f"\n{name}", flush=True)
        try:
            rows = list(PARTS[name](large=options.large))
        except Exception:  # noqa: BLE001 - told, and the next part is measured
            traceback.print_exc()
            failed.append(name)
            continue
        show(rows)
        if options.keep:
            keep(name, rows, large=options.large)
    if failed:
        print(f"\nnot measured: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
