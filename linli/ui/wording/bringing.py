"""The newest editions as compiled files, where gettext looks first: made out of the database, whenever they are not of it.

The files may be lost or come from another release: the minute makes them anew. What says which they are is written last.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import django.conf
import django.contrib.auth
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from django.utils.translation import to_locale

from linli.kernel.models import TextEdition
from linli.kernel.text_editions import newest, newest_numbers
from linli.kernel.turns import turn
from linli.kernel.whole import write_whole
from linli.ui.languages import DEFAULT, LANGUAGES, Language
from linli.ui.wording import in_force
from linli.ui.wording.in_force import NAME, InForce, folder
from linli.ui.wording.originals import Key, Said, context_of, forms_of, originals, release_mark
from linli.ui.wording.own import Own, effective, own_of, standing


def bring_up() -> int:
    """Make the files what the database says, and load them here; return how many editions came into force. One query
    when there is nothing to do.
    """
    numbers = newest_numbers()
    if _stands(in_force.read(), numbers):
        in_force.refresh()
        return 0
    with turn(folder() / "turn"):
        before, numbers = in_force.read(), newest_numbers()
        if not _stands(before, numbers):
            _write({code: newest(code) for code in numbers})
    in_force.refresh()
    return sum(before.editions.get(code) != number for code, number in numbers.items())


def bring_up_by_clock(at: datetime) -> int:
    """Do so by the minute: for processes that answer no request, and for a house that was restored."""
    return bring_up()


def _stands(said: InForce, numbers: Mapping[str, int]) -> bool:
    if not numbers:
        return not said.editions
    return said.editions == numbers and said.release == release_mark()


def _write(editions: Mapping[str, TextEdition | None]) -> None:
    """Write a file for each language that has words of the house's own, then what is in force."""
    owns = {code: own_of(edition) for code, edition in editions.items()}
    lacking = {
        one.code: standing(one.code, owns[one.code]).lacking
        for one in LANGUAGES
        if not one.complete and (edition := editions.get(one.code)) and edition.lacking == 0
    }
    default = _sure(DEFAULT, owns.get(DEFAULT, {}))
    for language in LANGUAGES:
        code = language.code
        own = _sure(code, owns.get(code, {}))
        if language.complete:
            words = own
        elif code in lacking:
            words = _merged(language, default, own)
        else:
            # Laid out only: a page is not in two languages, its words wait until none is lacking.
            words = _merged(language, default, {})
        _compile(language, words, borrowed=code in lacking)
    said = InForce(
        release_mark(), {code: one.number for code, one in editions.items() if one}, lacking
    )
    write_whole(folder() / NAME, json.dumps(asdict(said)))


def _sure(code: str, own: Own) -> dict[Key, Said]:
    return {key: said for key, said in effective(code, own).items() if key in own}


def _merged(
    language: Language, default: Mapping[Key, Said], own: Mapping[Key, Said]
) -> dict[Key, Said]:
    """Return own words over the default language's, these as often as the language has forms of number."""
    forms, known = forms_of(language)[0], originals()
    spread = {
        key: (said[0],) * forms if len(known[key].parts) > 1 else said
        for key, said in default.items()
    }
    return {**spread, **own}


def _compile(language: Language, words: Mapping[Key, Said], *, borrowed: bool) -> None:
    path = _path(language.code)
    catalog = _djangos(language) if borrowed else _empty(language)
    known = originals()
    for key, said in words.items():
        parts = known[key].parts
        string = said if len(parts) > 1 else said[0]
        catalog.add(parts if len(parts) > 1 else parts[0], string, context=key[0] or None)
    if not len(catalog):
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    made = io.BytesIO()
    write_mo(made, catalog)
    beside = path.with_suffix(".new")
    beside.write_bytes(made.getvalue())
    beside.replace(path)


def _path(code: str) -> Path:
    return folder() / to_locale(code) / "LC_MESSAGES" / "django.mo"


def _empty(language: Language) -> Catalog:
    catalog = Catalog(charset="utf-8")
    catalog.mime_headers = [("plural-forms", forms_of(language)[1])]
    return catalog


def _djangos(language: Language) -> Catalog:
    """Return the framework's own texts in a language, as far as it brings them: they stand on our pages."""
    catalog = _empty(language)
    for package in (django.conf, django.contrib.auth):
        path = Path(package.__path__[0]) / "locale" / to_locale(language.code)
        if (compiled := path / "LC_MESSAGES" / "django.mo").exists():
            with compiled.open("rb") as file:
                for message in read_mo(file):
                    if message.id:
                        catalog.add(message.id, message.string, context=context_of(message) or None)
    return catalog
