"""A house with words of its own: its folder, files of translators, editions."""

from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from linli.kernel.text_editions import TextDraft, keep_texts, newest
from linli.ui.languages import language_of
from linli.ui.wording import in_force
from linli.ui.wording.bringing import bring_up
from linli.ui.wording.comparing import compared
from linli.ui.wording.originals import originals
from linli.ui.wording.own import Word, own_of, rows_of, standing

REVIEWER = {
    "reviewer_name": "阿依古丽",
    "reviewer_unit": "嘉峪关市民族宗教事务局",
    "reviewed_on": date(2026, 11, 20),
}


@contextmanager
def house(home):
    """Let a house be at `home`; what another process would have loaded is forgotten afterwards."""
    home = Path(home)
    paths = [home / "locale", *settings.LOCALE_PATHS[1:]]
    with override_settings(HOME=home, LOCALE_PATHS=paths):
        in_force.refresh()
        yield home
    in_force.refresh()


def po(*texts, language="zh-hans", head=""):
    """Return a file: each text as (original, words), (original, words, flag) or lines as they stand."""
    tag = language_of(language).tag
    lines = [f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n{head}\n']
    for one in texts:
        if isinstance(one, str):
            lines.append(one)
            continue
        text, words, *flag = one
        lines.append(f'{"#, " + flag[0] if flag else "# "}\nmsgid "{text}"\nmsgstr "{words}"\n')
    return "\n".join(lines).encode()


def draft(code="zh-hans", words=None, **given):
    """Return reviewed words, by original and words, for an edition."""
    before = own_of(newest(code))
    brought = {("", text): Word((said,)) for text, said in (words or {}).items()}
    looked = compared(code, before, brought)
    how = standing(code, looked.own)
    counts = (how.texts, how.lacking, how.unsure, looked.brought)
    return TextDraft(code, rows_of(looked.own), *counts, "0" * 64, **(REVIEWER | given))


def let_in(by, at, words, code="zh-hans"):
    """Let words in, and put them in force."""
    before = newest(code)
    base = before.number if before else 0
    kept = keep_texts(by=by, at=at, base=base, draft=draft(code, words))
    bring_up()
    return kept


def whole(code, words="ئا"):
    """Return a word for every text of a language, with what is filled in as it stands."""
    forms = 2 if code in ("ug", "mn-mong") else 1
    return {
        key: Word(tuple([f"{words} {one.parts[-1]}"] * (forms if len(one.parts) > 1 else 1)))
        for key, one in originals().items()
    }
