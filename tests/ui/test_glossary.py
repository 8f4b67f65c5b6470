"""The words of the field are said as the glossary says them, in both scripts; where a head word means something else, here is what."""

import tomllib

import pytest

from linli.ui.wording.originals import delivered, originals
from tests.architecture.source import ROOT

# Texts that look like a head word of the glossary and mean another thing.
MEANT = {
    "Accounts": "with which staff sign in",
    "Book": "to take a place",
    "Books": "whose entries are looked at",
    "Case": "what residents call it on their pages",
    "Cases": "the work with them",
    "Collections": "of features, as OGC says",
    "Concerns": "how many there are",
    "Decision": "on an application",
    "Document": "of a laboratory's method",
    "Draw": "of a list for checks",
    "Draws": "of lists for checks, in public",
    "Evidence": "that a task was done",
    "Finding": "of a visit",
    "Follow up": "of one's own case",
    "Ground": "under a town, in squares",
    "Looks": "how many there were",
    "Lot": "of food, or the place that was drawn",
    "Lots": "of food",
    "Move": "to another place of a page",
    "Notice": "on a page",
    "Notices": "on a page",
    "Order": "by which a list is sorted",
    "Orders": "of training",
    "Place": "a town",
    "Places": "names of towns",
    "Programmes": "of a city's brand",
    "Release": "of money",
    "Review": "of a reading, line by line",
    "Self check": "of a unit",
    "Sent": "a letter",
    "Sheet": "of a spreadsheet",
    "Sheets": "for checks",
    "Slip": "of paper",
    "Topic": "of a case",
    "Topics": "of cases",
    "Visits": "of inspectors",
    "cases": "counted",
    "confirmed": "by somebody",
    "evidence": "that there is some",
}
SCRIPTS = {"zh-hans": "hans", "zh-hant": "hant"}


def glossary():
    return tomllib.loads((ROOT / "docs/glossary.toml").read_text())


def heads():
    """Return each text of ours that is a head word, alone or in the plural, with its entry."""
    entries = {name.replace("_", " "): one for name, one in glossary().items()}
    for context, text in originals():
        word = text.lower()
        entry = entries.get(word) or entries.get(word.removesuffix("s"))
        if entry and not context:
            yield text, entry


@pytest.mark.parametrize(("code", "script"), SCRIPTS.items())
def test_says_the_words_of_the_glossary(code, script):
    said = delivered(code)

    # "数字看板" may be "看板" where it stands alone, "矛盾" may be "相互矛盾".
    others = {
        text: said["", text][0]
        for text, entry in heads()
        if text not in MEANT
        and entry[script] not in said["", text][0]
        and said["", text][0] not in entry[script]
    }

    assert others == {}


def test_excuses_no_word_that_is_as_the_glossary_says():
    said, found = delivered("zh-hans"), dict(heads())

    assert sorted({*MEANT} - {*found}) == []
    assert [text for text in MEANT if said["", text][0] == found[text]["hans"]] == []


@pytest.mark.parametrize("wrong", ["推转", "臺賬", "台賬", "賬戶"])
def test_says_no_word_that_was_given_up(wrong):
    assert [
        text for code in SCRIPTS for text, said in delivered(code).items() if wrong in said[0]
    ] == []
