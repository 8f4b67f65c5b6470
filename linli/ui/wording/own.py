"""A house's own words for texts of ours: what an edition holds, what is in force with it, and how much is lacking."""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.kernel.models import TextEdition
from linli.kernel.text_editions import Row
from linli.ui.languages import LANGUAGES, Language, language_of
from linli.ui.wording.originals import Key, Said, delivered, originals


@dataclass(frozen=True, slots=True)
class Word:
    """One text's own words, and whether the translator was unsure: unsure words are kept, and not shown."""

    said: Said
    unsure: bool = False


Own = Mapping[Key, Word]


def own_of(edition: TextEdition | None) -> Own:
    """Return what an edition holds; nothing while the words of the release are in force."""
    rows = edition.words if edition else []
    return {
        (context, text): Word(tuple(said), bool(unsure)) for context, text, said, unsure in rows
    }


def rows_of(own: Own) -> list[Row]:
    """Return own words as an edition keeps them."""
    return [[*key, [*word.said], word.unsure] for key, word in own.items()]


def effective(code: str, own: Own) -> dict[Key, Said]:
    """Return the words of one language with these own ones; a text that lacks words is not there."""
    sure = {key: word.said for key, word in own.items() if not word.unsure}
    known = originals()
    return {**delivered(code), **{key: said for key, said in sure.items() if key in known}}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a language is: all texts, those that lack words, those of which the translator was unsure."""

    texts: int
    lacking: int
    unsure: int

    @property
    def complete(self) -> bool:
        """Whether no text lacks words."""
        return self.lacking == 0


def standing(code: str, own: Own) -> Standing:
    """Count how far a language is with these own words."""
    known = originals()
    unsure = sum(word.unsure for key, word in own.items() if key in known)
    return Standing(len(known), len(known) - len(effective(code, own)), unsure)


def offered(code: str) -> Language | None:
    """Return the language of a code, None for one that is not offered."""
    found = language_of(code)
    return found if found in LANGUAGES and found.code == code else None
