"""What the documents promise is there: links, commands, settings, words."""

import re
import tomllib

import pytest

from tests.architecture.source import ROOT, tracked

# The handbook's links name routes: tests/portal/test_handbook_pages.py follows them.
_OTHERS = ("demo/reports", "handbook/texts")
PAGES = [path for path in tracked("*.md") if not any(one in str(path) for one in _OTHERS)]
SETTINGS = (ROOT / "linli/config/settings.py").read_text()


@pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_leads_every_link_somewhere(document):
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text())

    broken = [t for t in targets if "://" not in t and not (document.parent / t).exists()]

    assert broken == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_documents_every_setting_and_command(name):
    text = (ROOT / name).read_text()
    settings = set(re.findall(r'(?:environ\.get|_switch)\(\s*"([A-Z_]+)"', SETTINGS))
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert settings - {setting for setting in settings if setting in text} == set()
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) <= targets
    assert {"make start", "make check"} <= set(re.findall(r"make (?:start|check)", text))


def test_explains_every_setting_where_it_is_read():
    settings = re.findall(r'(?:environ\.get|_switch)\(\s*"([A-Z_]+)"', SETTINGS)
    explained = SETTINGS.split('"""')[1]

    assert [setting for setting in settings if setting not in explained] == []


def test_keeps_engine_readmes_short():
    long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in tracked("linli/*/README.md")
        if len(path.read_text().splitlines()) > 60
    }

    assert long == {}


def test_keeps_decisions_short_and_numbered():
    pages = tracked("docs/decisions/*.md")

    assert [path.name[:4] for path in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    assert all(len(path.read_text().splitlines()) <= 40 for path in pages)


def test_gives_every_word_in_both_scripts():
    words = tomllib.loads((ROOT / "docs/glossary.toml").read_text())

    assert [name for name, word in words.items() if not (word["hans"] and word["hant"])] == []


def test_names_every_kind_of_a_reading_in_the_glossary():
    from linli.reports.views.words import KINDS

    words = tomllib.loads((ROOT / "docs/glossary.toml").read_text())

    assert set(KINDS) - set(words) == set()
