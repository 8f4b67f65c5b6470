"""What the styleguide shows: every token, a sample of every component, every script.

Letters, languages' names and plain words only: no text of anybody's.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from linli.ui.languages import LANGUAGES, PREPARED, Language
from linli.ui.look import Look, address_in

COLOURS = (
    *("ink", "ink-soft", "paper", "surface", "sunk", "line", "edge", "brand", "brand-deep"),
    *("brand-tint", "link", "done", "done-tint", "soon", "soon-tint", "late", "late-tint"),
    *("note", "note-tint", "focus"),
)
SIZES = ("h1", "h2", "h3", "lead", "text", "small")

# Own letters and plain words (book, school, water, house) of each script.
LETTERS = {
    "ug": ("ئا ئە ب پ ت ج چ خ د ر ز ژ س ش غ ف ق ك گ ڭ ل م ن ھ ئو ئۇ ئۆ ئۈ ۋ ئې ئى ي", "كىتاب، مەكتەپ، سۇ، ئۆي"),
    "kk-arab": ("ا ٵ ب ۆ گ ع د ە ج ز ي ك ق ل م ن ڭ و ٶ پ ر س ت ۋ ۇ ٷ ف ح ھ چ ش ى ٸ", "كىتاپ، مەكتەپ، سۋ، ٷي"),
    "bo": ("ཀ ཁ ག ང ཅ ཆ ཇ ཉ ཏ ཐ ད ན པ ཕ བ མ ཙ ཚ ཛ ཝ ཞ ཟ འ ཡ ར ལ ཤ ས ཧ ཨ", "དཔེ་ཆ། སློབ་གྲྭ། ཆུ། ཁང་པ།"),
    "mn-mong": ("ᠠ ᠡ ᠢ ᠣ ᠤ ᠥ ᠦ ᠨ ᠪ ᠫ ᠬ ᠭ ᠮ ᠯ ᠰ ᠱ ᠲ ᠳ ᠴ ᠵ ᠶ ᠷ ᠸ", "ᠨᠣᠮ᠂ ᠰᠤᠷᠭᠠᠭᠤᠯᠢ᠂ ᠤᠰᠤ᠂ ᠭᠡᠷ"),
    "ii": ("ꀀ ꀁ ꀂ ꀃ ꁠ ꁡ ꂷ ꂸ ꄀ ꄁ ꅉ ꅊ ꆀ ꆁ ꇁ ꇂ ꈀ ꈁ ꉀ ꉁ ꊀ ꊁ ꌀ ꌁ", "ꆈꌠ ꁱꂷ"),
    "za": ("a b c d e f g h i k l m n o p r s t u v w x y z j q", "saw, hagdangz, raemx, ranz"),
    "zh-hans": ("邻里 石榴 共墙 门户", "书、学校、水、房子"),
    "zh-hant": ("鄰里 石榴 共牆 門戶", "書、學校、水、房子"),
    "en": ("a b c d e f g h i j k l m n o p q r s t u v w x y z", "book, school, water, house"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Specimen:
    """One language in its own letters."""

    language: Language
    letters: str
    words: str


class SampleForm(forms.Form):
    """One field of each kind."""

    matter = forms.CharField(
        label=_("What is it about?"), help_text=_("A few words are enough."), max_length=60
    )
    account = forms.CharField(label=_("What happened?"), widget=forms.Textarea, required=False)
    door = forms.ChoiceField(
        label=_("How would you like the answer?"),
        widget=forms.RadioSelect,
        choices=[
            ("page", _("On this page, with a code")),
            ("phone", _("By telephone")),
            ("window", _("At a window")),
        ],
    )
    helps = forms.MultipleChoiceField(
        label=_("What would help at the window?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("step", _("No steps")), ("slow", _("More time")), ("aloud", _("Reading aloud"))],
        required=False,
    )
    when = forms.ChoiceField(
        label=_("When?"), choices=[("am", _("Morning")), ("pm", _("Afternoon"))]
    )
    paper = forms.FileField(label=_("A paper, if you have one"), required=False)
    seen = forms.BooleanField(label=_("I have looked through my answers"))


class SampleFilters(forms.Form):
    """What a filter bar asks."""

    words = forms.CharField(label=_("Words in the title"), required=False)
    when = forms.ChoiceField(
        label=_("When?"), choices=[("am", _("Morning")), ("pm", _("Afternoon"))]
    )


def page(look: Look) -> dict[str, Any]:
    """Everything that the template needs, for one look."""
    wrong = SampleForm({"matter": "", "when": "am", "door": "phone"}, auto_id="wrong_%s")
    for name in ("account", "helps", "when", "paper"):
        del wrong.fields[name]
    return {
        "look": look,
        "switches": list(switches(look)),
        "colours": COLOURS,
        "sizes": SIZES,
        "specimens": [
            Specimen(language, *LETTERS[language.code]) for language in (*LANGUAGES, *PREPARED)
        ],
        "form": SampleForm(auto_id="sample_%s"),
        "wrong": wrong,
        "filters": SampleFilters(auto_id="filter_%s"),
        "numbers": Paginator(range(1, 31), 10).page(2),
        "trail": [(_("Start"), "#top"), (_("Services"), "#top"), (_("This page"), "")],
        "figures": [
            {"words": _("Due this week"), "value": 12, "unit": ""},
            {"words": _("Overdue"), "value": 3, "unit": ""},
            {"words": _("Done in time"), "value": "91.4", "unit": "%"},
        ],
        "card": {
            "title": _("A card"),
            "words": _("Says in one line what stands behind it."),
            "address": "#card",
        },
        "slip_lines": [_("Bring this slip, or say the code."), _("No name is needed.")],
    }


def switches(look: Look) -> list[tuple[Any, list[tuple[Any, str, bool]]]]:
    """The links that show this page in another look: (what, [(words, address, is it so now)])."""
    here = look.path.partition("?")[0]
    now = {
        "density": look.density,
        "mode": look.mode,
        "wm": look.wm,
        "dir": look.direction,
    }

    def to(**changes: str) -> str:
        return here + "?" + "&".join(f"{name}={value}" for name, value in (now | changes).items())

    named = {
        "density": (_("Density"), {"roomy": _("Roomy"), "compact": _("Compact")}),
        "mode": (_("Type"), {"standard": _("Standard type"), "elder": _("Larger type")}),
        "dir": (_("Direction"), {"ltr": _("Left to right"), "rtl": _("Right to left")}),
        "wm": (_("Lines"), {"native": _("As the script runs"), "horizontal": _("Lines across")}),
    }
    made: list[tuple[Any, list[tuple[Any, str, bool]]]] = [
        (
            _("Language"),
            [
                (language.own_name, address_in(here, language.code), language == look.language)
                for language in LANGUAGES
            ],
        )
    ]
    for name, (title, values) in named.items():
        made.append(
            (
                title,
                [
                    (words, to(**{name: value}), now[name] == value)
                    for value, words in values.items()
                ],
            )
        )
    return made
