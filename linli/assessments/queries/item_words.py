"""What an edition asks, in the reader's language where it was written in it."""

from typing import NamedTuple

from django.utils.translation import get_language

from linli.assessments.rules.instruments import Texts, said


class Text(NamedTuple):
    """One text, and the language that it is in."""

    words: str
    lang: str


def shown(texts: Texts) -> Text:
    """Return a text as the reader can best read it, with its language."""
    wanted = get_language() or ""
    words = said(texts, wanted)
    tag = next((tag for tag, text in texts.items() if text == words), wanted)
    return Text(words, "zh-Hans" if tag == "zh-hans" else "zh-Hant" if tag == "zh-hant" else tag)
