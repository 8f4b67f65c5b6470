"""python -m bench.score [--documents]: how well the reader reads, beside the goals.

Two columns: the outside checker over the outside inputs, where they are present (../shared), and our own
count over the demo reports, whose gold was annotated by hand. Reports only; exit code 0.
"""

import json
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from functools import partial, reduce
from pathlib import Path
from typing import NamedTuple

from bench import tally as count
from bench.gold import REPORTS, ROOT, Gold, entries, placed
from bench.tally import Found, Tally
from linli.reader import read
from linli.reader.record import as_record

INPUTS = ROOT.parent / "shared" / "inputs"
CHECKER = ROOT.parent / "shared" / "checks" / "reading_score.py"
Count = Callable[[Gold, Found], Tally]


def plain(words: str | None) -> str:
    """Return the letters and digits of `words`."""
    return "".join(c for c in unicodedata.normalize("NFKC", words or "") if c.isalnum())


def head(field: str) -> Count:
    """Return a count of whether `field` is right; words are compared without marks."""

    def right(gold: Gold, record: Found) -> Tally:
        ours, theirs = gold.head[field], record[field]
        if field in ("title", "source"):
            ours, theirs = plain(ours), plain(theirs)
        elif field == "author":
            ours, theirs = set(ours), set(theirs)
        return Tally(hits=1) if ours == theirs else Tally(missed=1)

    return right


def lines_of(*names: str) -> Count:
    """Return a count of lines in the files whose names end so; others count nothing."""

    def kept(gold: Gold, record: Found) -> Tally:
        return count.lines(gold, record) if gold.head["file"].endswith(names) else Tally()

    return kept


def spans(kind: str, *, exact: bool = True) -> Count:
    return partial(count.spans, kind=kind, exact=exact)


def agreed(agree: Callable[[Found, Found], bool]) -> Count:
    return partial(count.figures, agree=agree)


def mean(counts: list[Tally]) -> float:
    """Return the mean of the documents' F1; one with nothing to count is left out."""
    known = [one.f1 for one in counts if one != Tally()]
    return sum(known) / len(known)


def pooled(counts: list[Tally]) -> float:
    """Return the F1 over all documents' items together."""
    return reduce(Tally.plus, counts).f1


class Row(NamedTuple):
    """One line of the table: its name, its goal, the outside checker's name of it, our count."""

    name: str
    goal: float | None
    outside: str
    tally: Count
    scale: Callable[[list[Tally]], float] = pooled


CODED = partial(count.valued, kind="places", field="code")
DATED = partial(count.valued, kind="dates", field="iso")
MARKED, REASONED = (partial(count.boundary, label=label) for label in (False, True))
ROWS = (
    Row("lines of text files", 0.985, "lines_body_macro_f1", lines_of(".txt"), mean),
    Row("lines of pages", 0.99, "", lines_of(".html", ".docx", ".pdf"), mean),
    Row("title", 1.0, "title_accuracy", head("title"), mean),
    Row("date", 1.0, "date_accuracy", head("date"), mean),
    Row("source", None, "source_accuracy", head("source"), mean),
    Row("author", None, "author_accuracy", head("author"), mean),
    Row("script", 1.0, "script_accuracy", head("script"), mean),
    Row("place of the report", 1.0, "place_accuracy", head("place"), mean),
    Row("headings, exact", None, "headings_exact", spans("headings")),
    Row("figures, value", 0.985, "figures_value", agreed(count.same_value)),
    Row("figures, and unit", 0.97, "figures_value_unit", agreed(count.same_unit)),
    Row("figures, and bound", 0.95, "figures_full", agreed(count.same_bound)),
    Row("pairs", 1.0, "pairs", count.pairs),
    Row("constraints", 1.0, "", count.constraints),
    Row("dates", 0.97, "dates_value", DATED),
    Row("places, with code", 0.95, "places_mention_code", CODED),
    Row("documents, exact", 1.0, "documents_exact", spans("documents")),
    Row("brands, exact", 0.93, "brands_exact", spans("brands")),
    Row("bodies, exact", 0.85, "bodies_exact", spans("bodies")),
    Row("bodies, overlap", 0.93, "bodies_overlap", spans("bodies", exact=False)),
    Row("measures, overlap", 0.88, "measures_overlap", spans("measures", exact=False)),
    Row("measures, verb", 0.82, "measures_verb", count.verbs),
    Row("measures, status", None, "", count.statuses),
    Row("measures, promised", None, "", count.promises),
    Row("out of scope, marked", 1.0, "", MARKED),
    Row("out of scope, reason", None, "", REASONED),
)


def readings() -> list[tuple[Gold, Found]]:
    """Read the demo reports; return the gold of each beside what was read."""
    both = []
    for entry in entries():
        path = REPORTS / entry["file"]
        record = as_record(read(path.read_bytes(), name=path.name))
        both.append((placed(entry, record["text"]), record))
    return both


def measured(both: list[tuple[Gold, Found]]) -> dict[str, float]:
    """Return the score of each row over all documents."""
    return {row.name: row.scale([row.tally(*pair) for pair in both]) for row in ROWS}


def outside() -> dict[str, float]:
    """Return what the outside checker says of the outside inputs; empty where they are absent."""
    files = sorted(INPUTS.glob("*.txt")) if CHECKER.exists() else []
    if not files:
        return {}
    records = [as_record(read(file.read_bytes(), name=file.name)) for file in files]
    with tempfile.TemporaryDirectory() as folder:
        found, scores = Path(folder) / "found.json", Path(folder) / "scores.json"
        found.write_text(json.dumps({record["doc"]: record for record in records}), "utf-8")
        command = [sys.executable, *map(str, (CHECKER, INPUTS, found, "--json", scores))]
        subprocess.run(command, check=True, capture_output=True)
        said = json.loads(scores.read_text("utf-8"))
    numbers = ((name, as_number(value)) for name, value in said.items())
    return {name: number for name, number in numbers if number is not None}


def as_number(said: object) -> float | None:
    """Return a score as a number: an F1 of its own, inside an entry, or "1/2"."""
    if isinstance(said, dict):
        inner = said.get("f1")
        return inner if isinstance(inner, float) else None
    if isinstance(said, str) and "/" in said:
        right, asked = said.split()[0].split("/")
        return int(right) / int(asked)
    return said if isinstance(said, float) else None


def shown(score: float | None, goal: float | None) -> str:
    """Return a cell: the score, and a mark where it stays below the goal."""
    if score is None:
        return "–     "
    return f"{score:.3f}" + (" <" if goal is not None and score < goal else "  ")


def by_document(both: list[tuple[Gold, Found]]) -> None:
    """Print the scores of each document alone."""
    print("\n" + " " * 22 + "".join(f"{gold.head['doc'][:12]:>14}" for gold, _ in both))
    for row in ROWS:
        counts = [row.tally(*pair) for pair in both]
        cells = (f"{'–' if one == Tally() else format(one.f1, '.3f'):>14}" for one in counts)
        print(f"{row.name:22}" + "".join(cells))


def main(arguments: list[str]) -> None:
    both, said = readings(), outside()
    ours = measured(both)
    print(f"{'':24}{'goal':>7}{'outside':>11}{'demo':>11}    (<: below the goal)")
    for row in ROWS:
        goal = "–" if row.goal is None else f"{row.goal:.3f}"
        cells = (shown(said.get(row.outside), row.goal), shown(ours[row.name], row.goal))
        print(f"{row.name:24}{goal:>7}" + "".join(f"{cell:>11}" for cell in cells))
    if not said:
        print("The outside inputs or their checker are absent: that column is empty.")
    if "--documents" in arguments:
        by_document(both)


if __name__ == "__main__":
    main(sys.argv[1:])
