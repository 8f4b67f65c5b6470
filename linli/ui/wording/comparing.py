"""What a file would change, before it is kept: new words, other words, what the translator is unsure of, what is left."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from linli.ui.wording.originals import Key, Original, Said, delivered, originals
from linli.ui.wording.own import Own, Word, effective


class Kind(StrEnum):
    """What becomes of one text."""

    NEW = "new"  # it had no words
    CHANGED = "changed"  # it had others
    UNSURE = "unsure"  # the file's words are kept, and not shown
    LEFT = "left"  # it has no words, and gets none


@dataclass(frozen=True, slots=True)
class Change:
    """One text as it is, and as it would be."""

    kind: Kind
    original: Original
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a file would change, and the own words that would then be kept."""

    changes: list[Change]
    own: Own

    def of(self, kind: str) -> list[Change]:
        """Return the changes of one kind, all of them for a word that is none."""
        return [one for one in self.changes if one.kind == kind]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many there are of each kind."""
        found = Counter(one.kind for one in self.changes)
        return {kind: found[kind] for kind in Kind}

    @property
    def brought(self) -> int:
        """How many texts the file would give other words."""
        return sum(one.kind != Kind.LEFT for one in self.changes)


def compared(code: str, own: Own, brought: Mapping[Key, Word]) -> Comparison:
    """Compare a file's words with those in force. What it does not say stays as it is."""
    known, release, now = originals(), delivered(code), effective(code, own)
    kept = {key: word for key, word in own.items() if key in known}
    changes = []
    for key, original in known.items():
        before, word, was = now.get(key, ()), brought.get(key), kept.get(key)
        if word and not word.unsure and word.said == release.get(key):
            kept.pop(key, None)
        elif word:
            kept[key] = word
        after = word.said if word else before
        kind = _kind(before, word, was)
        if kind:
            changes.append(Change(kind, original, before, after))
    return Comparison(changes, kept)


def _kind(before: Said, word: Word | None, was: Word | None) -> Kind | None:
    """Say what becomes of a text; None when it stays as it is."""
    if word is None:
        return None if before else Kind.LEFT
    if word.unsure:
        return None if was == word else Kind.UNSURE
    if word.said == before:
        return None
    return Kind.CHANGED if before else Kind.NEW
