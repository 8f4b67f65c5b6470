"""What is written on a tube: a sample's code, which extract of it, and whether it is of the counter-sample. Pure.

"7K3M-92QD" or "7K3M-92QD/1" is the first extract, "7K3M-92QD/2" the second, "7K3M-92QD/K1" the first of the
counter-sample. Whoever writes nothing tested the first one: two runs of one extract confirm nothing.
"""

import re
from typing import Final, NamedTuple

from linli.kernel.codes import read_code

_PART: Final = re.compile(r"([Kk])?([0-9]{0,2})", re.ASCII)


class Label(NamedTuple):
    """Which extract of which sample."""

    sample: str
    extraction: str = "1"
    counter: bool = False


def read_label(said: str) -> Label | None:
    """Return what a label means, or None for one that is no code of ours."""
    name, _slash, rest = said.strip().partition("/")
    code, part = read_code(name), _PART.fullmatch(rest.strip())
    if code is None or part is None:
        return None
    return Label(code, str(int(part[2] or "1")), bool(part[1]))


def label_of(label: Label) -> str:
    """Return what is written on the tube."""
    return f"{label.sample}/{'K' if label.counter else ''}{label.extraction}"
