"""Every text of ours by its key, and the words that came with this release, read from the compiled files.

A wheel brings the compiled files alone; a test holds that every text of ours stands in the default language's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.plurals import get_plural
from django.utils.translation import to_locale

from linli.ui import translations
from linli.ui.languages import DEFAULT, Language

Key = tuple[str, str]  # context and original, as gettext finds a text
Said = tuple[str, ...]  # one string; of a text with a number one for each form of the language
ENGLISH: Final = "en"  # the language of the originals


@dataclass(frozen=True, slots=True)
class Original:
    """One text as the code has it: its key, singular and, where it has one, plural."""

    key: Key
    parts: Said

    @property
    def context(self) -> str:
        """In which sense it is meant, "" where none is told."""
        return self.key[0]


def originals() -> Mapping[Key, Original]:
    """Return every text of ours, in the order of the file."""
    return _compiled(*_file(DEFAULT)).texts


def delivered(code: str) -> Mapping[Key, Said]:
    """Return the words of one language that came with this release; none for one that is laid out."""
    if code == ENGLISH:
        return {key: one.parts for key, one in originals().items()}
    if to_locale(code) not in translations.COMPLETE:
        return {}
    return _compiled(*_file(code)).words


def release_mark() -> str:
    """Return what changes when the delivered texts do."""
    path, changed = _file(DEFAULT)
    return f"{changed} {path.stat().st_size}"


@cache
def forms_of(language: Language) -> tuple[int, str]:
    """Return how many forms of number a language has, and the rule, as a PO file says it."""
    rule = get_plural(language.tag.partition("-")[0])
    return rule.num_plurals, f"nplurals={rule.num_plurals}; plural={rule.plural_expr};"


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One compiled file: its texts and their words."""

    texts: Mapping[Key, Original]
    words: Mapping[Key, Said]


def _file(code: str) -> tuple[Path, int]:
    path = translations.po_file(to_locale(code)).with_suffix(".mo")
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=4)
def _compiled(path: Path, _changed: int) -> _Compiled:
    texts: dict[Key, Original] = {}
    words: dict[Key, Said] = {}
    with path.open("rb") as file:
        catalog = read_mo(file)
    for message in catalog:
        if not message.id:
            continue
        parts = _parts(message.id)
        key = (context_of(message), parts[0])
        texts[key] = Original(key, parts)
        words[key] = _parts(message.string or "")
    return _Compiled(texts, words)


def context_of(message: Message) -> str:
    """Return the sense of a text that was read from a compiled file, where babel leaves it in bytes."""
    said: str | bytes = message.context or ""
    return said.decode() if isinstance(said, bytes) else said


def _parts(said: str | list[str] | tuple[str, ...]) -> Said:
    return (said,) if isinstance(said, str) else tuple(said)
