"""Texts and their translations: which there are, which lack a translation, and the compiled files.

`python -m linli.ui.translations update` adds new texts to the .po files, `compile` writes the .mo files.
The .mo of a language that is only laid out holds the default language's texts, Django's own included,
so that one page is never in two languages.
"""

import io
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
COMPLETE = ("zh_Hans", "zh_Hant")
# Locale folders of languages whose texts fall back to the first complete one.
LAID_OUT = ("ug", "bo", "mn_Mong")
# Where texts come from that are not ours but stand on our pages.
_BORROWED = ("django.conf", "django.contrib.auth", "allauth")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}

# No dates and no names: a file changes when a text does.
_HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Linli\\n"
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


@cache
def texts() -> Catalog:
    """Every text of ours that a page can show, from templates and Python, without places in files."""
    catalog = Catalog(charset="utf-8")
    for source in _sources():
        for _line, message, _comments, context in extract("python", source, keywords=KEYWORDS):
            catalog.add(message, context=context, flags=_flags(message))
    return catalog


def _sources() -> Iterator[io.BytesIO]:
    for path in sorted(ROOT.rglob("*.py")):
        yield io.BytesIO(path.read_bytes())
    for path in sorted(ROOT.glob("*/templates/**/*.html")):
        # The result is read as Python, where a line's indent would have a meaning.
        lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
        yield io.BytesIO("\n".join(line.lstrip() for line in lines).encode())


def _flags(message: str | tuple[str, ...]) -> tuple[str, ...]:
    parts = (message,) if isinstance(message, str) else message
    return ("python-format",) if any("%(" in part for part in parts) else ()


def po_file(locale: str) -> Path:
    """Where a locale's translations stand."""
    return LOCALE / locale / "LC_MESSAGES" / "django.po"


@cache
def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=path.parent.parent.name, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def faults(locale: str) -> list[str]:
    """The texts that this locale lacks, leaves unsure, or breaks the placeholders of."""
    translated, wrong = _read(po_file(locale)), []
    for message in texts():
        if not message.id:
            continue
        ours = translated.get(message.id, message.context)
        if ours is None or not ours.string or not all(_strings(ours)):
            wrong.append(f"missing: {message.id!r}")
        elif ours.fuzzy:
            wrong.append(f"unsure: {message.id!r}")
        else:
            wrong += [f"{error}: {message.id!r}" for error in ours.check(translated)]
    return wrong


def _strings(message: Message) -> tuple[str, ...]:
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(message.string or ())


def update_messages() -> None:
    """Add new texts to the complete locales, keep what is translated, set aside what is unused."""
    wanted = texts()
    for locale in COMPLETE:
        path, catalog = po_file(locale), _read(po_file(locale))
        for message in list(catalog.obsolete.values()):
            if wanted.get(message.id, message.context):
                catalog[message.id] = message
        catalog.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(_HEADER.format(locale=locale).encode())
            write_po(file, catalog, width=0, sort_output=True, omit_header=True)
    _read.cache_clear()


def compile_messages() -> None:
    """Write the .mo files that are missing or older than what they are made of."""
    if not po_file(COMPLETE[0]).exists():
        return  # an installed wheel: compiled when it was built (tools/wheel.py)
    for locale in (*COMPLETE, *LAID_OUT):
        base = po_file(COMPLETE[0] if locale in LAID_OUT else locale)
        sources = [*(_borrowed() if locale in LAID_OUT else ()), base]
        target = LOCALE / locale / "LC_MESSAGES" / "django.mo"
        newest = max(path.stat().st_mtime for path in sources)
        if target.exists() and target.stat().st_mtime >= newest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, _merged(sources))


def _borrowed() -> list[Path]:
    folders = []
    for name in _BORROWED:
        spec = find_spec(name)
        if spec is not None and spec.submodule_search_locations:
            folders.append(Path(spec.submodule_search_locations[0]))
    return [f / "locale" / COMPLETE[0] / "LC_MESSAGES" / "django.po" for f in folders]


def _merged(sources: list[Path]) -> Catalog:
    merged = Catalog(locale=COMPLETE[0], charset="utf-8")
    for source in sources:
        for message in _read(source):
            if message.id and message.string and not message.fuzzy:
                merged[message.id] = message
    return merged


if __name__ == "__main__":
    {"update": update_messages, "compile": compile_messages}[sys.argv[1]]()
