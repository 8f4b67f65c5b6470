"""Minutes as sentences, so that one of them can be chosen as a decision without a script."""

import re
from typing import NamedTuple

# A sentence ends with its stop and the quotes or brackets that close after it, or with its line.
_SENTENCE = re.compile(
    "[^。\uff01!\uff1f?\uff1b;\n]+(?:[。\uff01!\uff1f?\uff1b;]+[”’」』\uff09)\\]]*)?"
)


class Sentence(NamedTuple):
    """Characters [start, end) of a text, no space at either end."""

    start: int
    end: int
    words: str


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text, in order; what has no letter or digit is none."""
    found = []
    for match in _SENTENCE.finditer(text):
        words = match[0]
        start = match.start() + len(words) - len(words.lstrip())
        words = words.strip()
        if any(character.isalnum() for character in words):
            found.append(Sentence(start, start + len(words), words))
    return found
