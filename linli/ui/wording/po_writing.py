"""Writing a PO file for translators: every text, the words in force, and the words of the field beside it.

No day and no name stands in it: the same words give the same file, whose SHA-256 says which it was.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import escape

from linli.ui.languages import DEFAULT, Language
from linli.ui.wording.originals import Original, Said, delivered, forms_of, originals
from linli.ui.wording.own import Own, effective

# Beside the house as its makers keep it; an installed package comes without, and its files without these comments.
GLOSSARY: Final = Path(__file__).resolve().parents[3] / "docs" / "glossary.toml"
_WORD = re.compile(r"[a-z]+")


def written(language: Language, own: Own) -> bytes:
    """Return the file of one language."""
    said = effective(language.code, own)
    beside = {} if language.complete else delivered(DEFAULT)
    lines = [*_head(language)]
    forms = forms_of(language)[0]
    for key, original in originals().items():
        word = own.get(key)
        unsure = word is not None and word.unsure
        words = word.said if word and unsure else said.get(key, ())
        lines += [f"#. {told}" for told in (*_told(original), *_beside(beside.get(key)))]
        if flags := _flags(original, unsure=unsure):
            lines.append(f"#, {flags}")
        lines += [*_text(original, words, forms), ""]
    return "\n".join(lines).encode()


def _head(language: Language) -> Iterator[str]:
    yield from ('msgid ""', 'msgstr ""')
    for told in (
        "Project-Id-Version: Linli",
        f"Language: {language.tag}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {forms_of(language)[1]}",
    ):
        yield f'"{told}\\n"'
    yield ""


def _text(original: Original, words: Said, forms: int) -> Iterator[str]:
    if original.context:
        yield f"msgctxt {escape(original.context)}"
    yield f"msgid {escape(original.parts[0])}"
    if len(original.parts) == 1:
        yield f"msgstr {escape(words[0] if words else '')}"
        return
    yield f"msgid_plural {escape(original.parts[1])}"
    for number, one in enumerate(words or ("",) * forms):
        yield f"msgstr[{number}] {escape(one)}"


def _flags(original: Original, *, unsure: bool) -> str:
    filled = any("%(" in part for part in original.parts)
    return ", ".join([*(["fuzzy"] if unsure else []), *(["python-format"] if filled else [])])


def _told(original: Original) -> Iterator[str]:
    """Say which words of the field stand in a text, and how they are said."""
    spoken = _WORD.findall(" ".join(original.parts).lower())
    there = {*spoken, *(word.removesuffix("s") for word in spoken)}
    run = f" {' '.join(spoken)} "
    for name, said in _glossary().items():
        if name in there or (" " in name and f" {name} " in run):
            yield f"{name} = {said}"


def _beside(said: Said | None) -> Iterator[str]:
    """Say how the default language has it, for a language that is only laid out."""
    if said:
        yield f"{DEFAULT}: {' '.join(said[0].split())}"


@cache
def _glossary() -> Mapping[str, str]:
    try:
        entries = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {
        name.replace("_", " "): f"{one['hans']} / {one['hant']}" for name, one in entries.items()
    }
