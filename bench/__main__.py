"""`make bench`: what, ours, peer or limit, ratio. Everything is measured in this run, nothing asserted."""

import argparse
import sys

from bench import (
    assessments,
    atlas,
    batches,
    booking,
    cases,
    city,
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
    written,
)
from bench.table import Row, show


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--large", action="store_true", help="ten times the data")
    large = parser.parse_args().large
    rows: list[Row] = [
        *reading.rows(large=large),
        *written.rows(large=large),
        *facts.rows(large=large),
        *plans.rows(large=large),
        *directory.rows(large=large),
        *finding.rows(large=large),
        *cases.rows(large=large),
        *booking.rows(large=large),
        *fair_timetable.rows(large=large),
        *ledger.rows(large=large),
        *batches.rows(large=large),
        *polls.rows(large=large),
        *assessments.rows(large=large),
        *atlas.rows(large=large),
        *instruments.rows(large=large),
        *trace.rows(large=large),
        *trace_query.rows(large=large),
        *trace_walks.rows(large=large),
        *trace_lookup.rows(large=large),
        *gate.rows(large=large),
        *ogc.rows(large=large),
        *fuzz.rows(large=large),
        *city.rows(large=large),
    ]
    show(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
