"""How a page looks to one reader: language, direction, density, larger type, vertical lines, keys.

What a reader chose lies in cookies that say nothing about who they are; an unknown value is the default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from linli.ui.languages import DEFAULT, LANGUAGES, Language, language_of
from linli.ui.wording import in_force

# Each choice with its values; the first is the default.
CHOICES = {
    "mode": ("standard", "elder"),
    "wm": ("native", "horizontal"),
    "keys": ("on", "off"),
    "density": ("roomy", "compact"),
    "dir": ("", "ltr", "rtl"),
}
REMEMBERED = ("mode", "wm", "keys")


@dataclass(frozen=True, slots=True)
class Look:
    """One reader's page. `path` is the page's own address without host, with its query."""

    language: Language
    path: str
    mode: str = "standard"
    wm: str = "native"
    keys: str = "on"
    density: str = "roomy"
    dir: str = ""

    def asked(self, values: Mapping[str, str]) -> "Look":
        """This look with what an address asks for in its place."""
        known = chosen(values, tuple(CHOICES))
        return replace(
            self,
            mode=known.get("mode", self.mode),
            wm=known.get("wm", self.wm),
            density=known.get("density", self.density),
            dir=known.get("dir", self.dir),
        )

    @property
    def direction(self) -> str:
        """The page's base direction, as the `dir` attribute takes it."""
        return self.dir or self.language.direction

    @property
    def vertical(self) -> bool:
        """Whether lines run downwards."""
        return self.language.vertical and self.wm == "native"

    @property
    def fallen_back(self) -> bool:
        """Whether the texts of this language are still the default language's."""
        return not (self.language.complete or in_force.shown(self.language.code))

    @property
    def partly_fallen_back(self) -> bool:
        """Whether some texts of this language, which came with a new release, are still the default language's."""
        return not self.language.complete and in_force.lacking(self.language.code) > 0

    @property
    def text_tag(self) -> str:
        """The language tag of the texts on the page."""
        return (language_of(DEFAULT) if self.fallen_back else self.language).tag

    @property
    def addresses(self) -> list[tuple[Language, str]]:
        """Every language with this page's address in it."""
        return [(language, address_in(self.path, language.code)) for language in LANGUAGES]


def address_in(path: str, code: str) -> str:
    """The same page in another language: only the prefix differs, the default has none."""
    first, slash, rest = path[1:].partition("/")
    if slash and any(first == language.code for language in LANGUAGES):
        # One slash: with two, the next word would be read as another host.
        path = f"/{rest.lstrip('/')}"
    return path if code == DEFAULT else f"/{code}{path}"


def chosen(values: Mapping[str, str], names: tuple[str, ...] = REMEMBERED) -> dict[str, str]:
    """Those of the named choices that hold a value we know."""
    return {name: values[name] for name in names if values.get(name) in CHOICES[name]}
