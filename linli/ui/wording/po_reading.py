"""Reading a PO file that somebody brings: every line looked at first, then babel, then each text against its original.

Nothing of the file's own head is believed but its language and its rule of number, which must be the language's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_string
from io import StringIO
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser
from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.ui.languages import Language
from linli.ui.wording.originals import Key, Original, Said, forms_of, originals
from linli.ui.wording.own import Word
from linli.ui.wording.po_checks import WRONGS, faults_of

LARGEST: Final = 4 * 2**20  # bytes
_FORMS = 6  # no language has more
_STRING = r'"(?:[^"\\]|\\[\\ntr"])*"'
_LINE = re.compile(rf"(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-5]\])?)\s+)?{_STRING}\s*")
_NUMBER = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file: the line, what, and of which text."""

    line: int
    wrong: Words
    text: str = ""


@dataclass(slots=True)
class Brought:
    """What a file brings: words for texts of ours, texts that are not ours, and what is wrong."""

    words: dict[Key, Word] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Taken(Catalog):
    """What babel reads, one after another: a text that comes twice is not made one."""

    def __init__(self) -> None:
        super().__init__(charset="utf-8")
        self._num_plurals = _FORMS  # type: ignore[assignment]
        self.head = ""
        self.taken: list[Message] = []

    def __setitem__(self, id: object, message: Message) -> None:  # noqa: A002 - babel's name
        if not message.id:
            self.head = str(message.string)
        else:
            self.taken.append(message)


def read(data: bytes, language: Language) -> Brought:
    """Read a file of one language.

    Refuses: too_large above 4 MB; not_a_po for what is no text in UTF-8, or a file without any text;
    other_language when its head names another; plural_forms when its rule of number is not the language's.
    """
    if len(data) > LARGEST:
        raise Refused("too_large", _("The file is larger than 4 MB."), status=413)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _no_po() from None
    brought = Brought(faults=_lines(text))
    if brought.faults:
        return brought
    catalog = _Taken()
    parser = PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True)
    try:
        parser.parse(StringIO(text, newline=None))
    except PoFileError as error:
        brought.faults.append(Fault(error.lineno + 1, _BROKEN))
        return brought
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        # How babel stumbles over parts that stand in no order.
        brought.faults.append(Fault(parser.offset + 1, _BROKEN))
        return brought
    if not catalog.taken:
        raise _no_po()
    _head(catalog.head, language)
    known, forms = originals(), forms_of(language)[0]
    for message in catalog.taken:
        _take(brought, known, message, forms)
    return brought


_BROKEN: Final = _("This is not how a PO file is written.")


def _no_po() -> Refused:
    return Refused("not_a_po", _("This is not a PO file in UTF-8."))


def _lines(text: str) -> list[Fault]:
    """Return the lines that no PO file has: a string without its quotes would lose its first and last sign."""
    found = []
    for number, line in enumerate(StringIO(text, newline=None), 1):
        said = line.strip()
        if said and said[0] != "#" and not _LINE.fullmatch(said):
            found.append(Fault(number, _BROKEN, said[:60]))
    return found


def _head(head: str, language: Language) -> None:
    told = {name.lower(): str(value) for name, value in message_from_string(head).items()}
    code = told.get("language", "").strip().replace("_", "-").lower()
    if code and code != language.code:
        raise Refused("other_language", _("The head of the file names another language."))
    if said := told.get("plural-forms", "").strip():
        number, rule = forms_of(language)
        found, wanted = _NUMBER.fullmatch(said), _NUMBER.fullmatch(rule)
        if not (found and wanted and _bare(found[2]) == _bare(wanted[2]) and found[1] == wanted[1]):
            raise Refused(
                "plural_forms",
                _("The head of the file has another rule of number than this language: %(rule)s")
                % {"rule": f"nplurals={number}"},
            )


def _bare(rule: str) -> str:
    return rule.replace(" ", "").removeprefix("(").removesuffix(")")


def _take(brought: Brought, known: Mapping[Key, Original], message: Message, forms: int) -> None:
    """Look at one text, and keep what it says unless something is wrong with it or it says nothing."""
    parts = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    key: Key = (message.context or "", parts[0])
    original = known.get(key)
    if original is None:
        brought.unknown.append(parts[0])
        return
    said = _said(message, forms)
    line, name = message.lineno or 0, parts[0][:80]
    wrong = faults_of(original.parts, said, forms)
    brought.faults += [Fault(line, WRONGS[code], name) for code in wrong]
    if wrong or not any(said):
        return
    word = Word(said, message.fuzzy)
    if brought.words.setdefault(key, word) != word:
        brought.faults.append(Fault(line, WRONGS["twice"], name))


def _said(message: Message, forms: int) -> Said:
    if isinstance(message.string, str):
        return (message.string,)
    said = list(message.string or ())
    while len(said) > forms and not said[-1]:
        said.pop()
    return tuple(said)
