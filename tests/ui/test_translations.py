"""No page mixes languages: every text is translated, and a layout language has one language's texts."""

import gettext

import pytest
from babel.messages.pofile import write_po
from django.urls import reverse
from django.utils.translation import gettext as translated
from django.utils.translation import override

from linli.ui import translations
from linli.ui.languages import LANGUAGES


@pytest.mark.parametrize("locale", translations.COMPLETE)
def test_translates_every_text(locale):
    assert translations.faults(locale) == []


def test_finds_texts_in_templates_and_in_python():
    texts = translations.texts()

    assert texts.get("What would you like to do?") is not None
    assert texts.get("No steps") is not None
    assert texts.get(": ", "label before error") is not None
    assert texts.get("%(days)s working day").id[1] == "%(days)s working days"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    return tmp_path


def write(locale, text, string, **more):
    catalog = translations.Catalog(locale=locale, charset="utf-8")
    catalog.add(text, string, **more)
    path = translations.po_file(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog)


def test_notices_a_missing_an_unsure_and_a_broken_translation(folder, monkeypatch):
    wanted = translations.Catalog(charset="utf-8")
    wanted.add("A new text")
    monkeypatch.setattr(translations, "texts", lambda: wanted)
    write("zh_Hans", "A new text", "")
    write("zh_Hant", "A new text", "新的文字", flags=["fuzzy"])

    assert translations.faults("zh_Hans") == ["missing: 'A new text'"]
    assert translations.faults("zh_Hant") == ["unsure: 'A new text'"]

    wanted.add("%(n)s texts", flags=["python-format"])
    write("ug", "%(n)s texts", "%(m)s 条", flags=["python-format"])
    assert translations.faults("ug")[1].endswith(": '%(n)s texts'")


def test_adds_new_texts_and_keeps_old_translations(folder, monkeypatch):
    wanted = translations.Catalog(charset="utf-8")
    wanted.add("Kept")
    wanted.add("Added")
    monkeypatch.setattr(translations, "texts", lambda: wanted)
    write("zh_Hans", "Kept", "保留")

    translations.update_messages()

    text = translations.po_file("zh_Hans").read_text()
    assert 'msgid "Kept"\nmsgstr "保留"' in text
    assert 'msgid "Added"\nmsgstr ""' in text


@pytest.mark.parametrize("code", [one.code for one in LANGUAGES if not one.complete])
def test_gives_a_layout_language_the_default_texts_and_djangos(code):
    with override(code):
        assert translated("What would you like to do?") == "你想办什么事？"
        assert translated("This field is required.") == "这个字段是必填项。"


def test_compiles_once(folder, monkeypatch):
    write("zh_Hans", "Search", "搜索")
    write("zh_Hant", "Search", "搜尋")

    translations.compile_messages()
    made = {path: path.stat().st_mtime_ns for path in folder.rglob("*.mo")}
    translations.compile_messages()

    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.mo")} == made
    with (folder / "bo" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Search") == "搜索"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_puts_the_language_into_the_address(language):
    with override(language.code):
        prefix = "" if language.code == "zh-hans" else f"/{language.code}"
        assert reverse("portal:privacy") == f"{prefix}/privacy/"
