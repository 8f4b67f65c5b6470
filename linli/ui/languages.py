"""The languages a page can be in: their own names, tags, directions and the font that carries the name.

Pure data without Django, so that settings and tools/vendor.py read the same table.
"""

from dataclasses import dataclass

DEFAULT = "zh-hans"


@dataclass(frozen=True, slots=True)
class Language:
    """One language as Django codes it (`code`) and as a browser reads it (`tag`)."""

    code: str
    tag: str
    own_name: str
    english_name: str
    direction: str = "ltr"
    vertical: bool = False
    complete: bool = False


LANGUAGES = (
    Language("zh-hans", "zh-Hans", "简体中文", "Simplified Chinese", complete=True),
    Language("zh-hant", "zh-Hant", "繁體中文", "Traditional Chinese", complete=True),
    Language("en", "en", "English", "English", complete=True),
    Language("ug", "ug", "ئۇيغۇرچە", "Uyghur", direction="rtl"),
    Language("bo", "bo", "བོད་ཡིག", "Tibetan"),
    Language("mn-mong", "mn-Mong", "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ", "Mongolian", vertical=True),
)

# Shown on the styleguide only: their fonts are ready, their pages are not offered yet.
PREPARED = (
    Language("kk-arab", "kk-Arab", "قازاقشا", "Kazakh", direction="rtl"),
    Language("ii", "ii", "ꆈꌠꁱꂷ", "Yi"),
    Language("za", "za", "Vahcuengh", "Zhuang"),
)

# For settings.LANGUAGES.
CHOICES = [(language.code, language.own_name) for language in LANGUAGES]

_BY_CODE = {language.code: language for language in LANGUAGES}


def language_of(code: str | None) -> Language:
    """The language of a Django code, the default for a code that is not offered."""
    return _BY_CODE.get((code or DEFAULT).lower(), _BY_CODE[DEFAULT])


def lang_info() -> dict[str, dict[str, object]]:
    """What django.conf.locale.LANG_INFO lacks, in its shape."""
    return {
        language.code: {
            "bidi": language.direction == "rtl",
            "code": language.code,
            "name": language.english_name,
            "name_local": language.own_name,
        }
        for language in LANGUAGES
        if language.code in ("bo", "mn-mong")
    }
