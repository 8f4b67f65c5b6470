"""A reading as one JSON object: the exchange form of the command line."""

from decimal import Decimal
from typing import Any

from linli.reader.reading import Constraint, Figure, Measure, Named, Pair, Reading

type_of_number = int | float | None


def number(value: Decimal | None) -> type_of_number:
    """Return a JSON number: an integer where the value is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def as_record(reading: Reading) -> dict[str, Any]:
    """Return `reading` with plain types only; offsets as in the reading, lines 1-based."""
    values = {figure.id: number(figure.value) for figure in reading.figures}
    return {
        "doc": stem(reading.name),
        "text": reading.text,
        "main_lines": [n for n, line in enumerate(reading.lines, 1) if line.label == "main"],
        "title": _value(reading.title),
        "source": _value(reading.source),
        "site": _value(reading.site),
        "author": [author.value for author in reading.authors],
        "editor": [editor.value for editor in reading.editors],
        "date": _value(reading.date),
        "script": reading.script,
        "place": reading.place._asdict(),
        "headings": [item._asdict() for item in reading.headings],
        "figures": [_figure(reading.text, item) for item in reading.figures],
        "pairs": [_pair(item, values) for item in reading.pairs],
        "constraints": [_constraint(item, values) for item in reading.constraints],
        "dates": [item._asdict() for item in reading.dates],
        "places": [item._asdict() for item in reading.places],
        "bodies": [item._asdict() for item in reading.bodies],
        "documents": [item._asdict() for item in reading.documents],
        "measures": [_measure(item) for item in reading.measures],
        "brands": [item._asdict() for item in reading.brands],
    }


def stem(name: str) -> str:
    """Return a file name without its folder and last extension."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return base.rsplit(".", 1)[0] or base


def _value(named: Named | None) -> str | None:
    return named.value if named else None


def _figure(text: str, figure: Figure) -> dict[str, Any]:
    record = figure._asdict()
    record["value"] = number(figure.value)
    record["num_surface"] = text[figure.num_start : figure.num_end]
    record["class"] = "hard" if record.pop("hard") else "soft"
    return record


def _pair(pair: Pair, values: dict[str, type_of_number]) -> dict[str, Any]:
    return pair._asdict() | {"before": values[pair.before], "after": values[pair.after]}


def _constraint(constraint: Constraint, values: dict[str, type_of_number]) -> dict[str, Any]:
    return constraint._asdict() | {
        "parts": [values[part] for part in constraint.parts],
        "whole": values[constraint.whole],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    record = measure._asdict()
    return {key: value for key, value in record.items() if value is not None and value != ()}
