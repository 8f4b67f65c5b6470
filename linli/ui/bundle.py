"""The one stylesheet a page asks for: tokens, base, components, pages, in this order.

`python -m linli.ui.bundle` writes it; a test holds that what is committed equals its parts.
"""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUNDLE = HERE / "static" / "ui" / "linli.css"
_FIRST = ("tokens.css", "dark.css", "fonts.css", "names.css", "base.css", "text.css", "layout.css")


def parts() -> list[Path]:
    """The stylesheet's parts in the order in which they count."""
    css = HERE / "css"
    later = [*sorted((css / "components").glob("*.css")), *sorted((css / "pages").glob("*.css"))]
    # Paper and high contrast overrule everything, so they come last.
    later.sort(key=lambda path: path.name == "quiet.css")
    return [*(css / name for name in _FIRST), *later]


def bundled() -> str:
    """The parts as one text, without comments and without blank space that says nothing."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in parts())
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,])\s*", r"\1", text)
    # One rule a line: a change of one rule is a change of one line.
    return text.replace(";}", "}").replace("}", "}\n").replace("}\n}", "}}").lstrip()


def write() -> None:
    """Write the bundle."""
    BUNDLE.write_text(bundled(), encoding="utf-8")


if __name__ == "__main__":
    write()
