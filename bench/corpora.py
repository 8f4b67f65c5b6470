"""A corpus: so many documents by `linli read --engine ray`, one worker and two, beside the processes of one machine."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
TEXTS = [*ROOT.glob("linli/demo/reports/*.txt"), *ROOT.glob("tools/demo_texts/*.txt")]
DOCUMENTS, LARGE = 10_000, 100_000
_LENGTH = 600  # characters of a document: a page of a newsletter
_GOAL = ">= 1.9 x one"


def rows(*, large: bool) -> Iterator[Row]:
    """Yield seconds and ratios of reading one corpus by one worker and by two; every output must be the same."""
    count = LARGE if large else DOCUMENTS
    engines = ["local", *(["ray"] if find_spec("ray") else [])]
    with tempfile.TemporaryDirectory() as place:
        folder, outputs = _corpus(Path(place) / "corpus", count), Path(place)
        for engine in engines:
            one, two = (_read(folder, outputs, engine, jobs) for jobs in (1, 2))
            yield Row(
                f"{count:,} documents of {_LENGTH} characters by {engine}: two workers; one",
                f"{count / two:,.0f} documents/s",
                f"{count / one:,.0f} documents/s",
                f"{one / two:.2f}",
                _GOAL,
            )
        same = len({path.read_bytes() for path in outputs.glob("*.jsonl")}) == 1
        yield Row("… are their readings the same, letter for letter", str(same), "", "", "True")
    if "ray" not in engines:
        yield Row("… by ray", "not installed: uv sync --extra cluster", "", "", _GOAL)


def _corpus(folder: Path, count: int) -> Path:
    """Cut the demo's reports into documents, as often as it takes, no two alike."""
    folder.mkdir()
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(TEXTS))
    cuts = [text[at : at + _LENGTH] for at in range(0, len(text) - _LENGTH, _LENGTH)]
    for number, cut in enumerate(islice(cycle(cuts), count)):
        (folder / f"{number:06}.txt").write_text(f"第{number + 1}期工作通讯\n{cut}", "utf-8")
    return folder


def _read(folder: Path, outputs: Path, engine: str, jobs: int) -> float:
    """Return the seconds that the command takes from its start to its end."""
    output = outputs / f"{engine}-{jobs}.jsonl"
    command = [sys.executable, "-m", "linli", "read", "--engine", engine, "--jobs", str(jobs)]
    began = perf_counter()
    with (outputs / "said").open("w") as said:
        subprocess.run([*command, "--output", output, folder], cwd=ROOT, stdout=said, stderr=said, check=True)  # fmt: skip
    return perf_counter() - began
