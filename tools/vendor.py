"""Copies what Linli ships and did not write: htmx, MapLibre and subset fonts, with licences and hashes.

`python -m tools.vendor` needs Node, fonttools and brotli (uv run --with fonttools --with brotli) and a
writer's care; `python -m tools.vendor --check` needs neither: it re-hashes what is committed.
"""

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from linli.ui.languages import LANGUAGES, PREPARED
from tools.vendor_map import bundle

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "tools" / "vendor"
STATIC = ROOT / "linli" / "ui" / "static" / "ui"
MODULES = WORK / "node_modules"
RECORD = WORK / "VENDOR.json"
NOTICE = WORK / "THIRD_PARTY.md"
OWNED = ("vendor", "fonts")
# The Yi package ships no licence file and labels itself MIT; the font inside says this, and OFL.
YI_COPYRIGHT = "Copyright 2022 The Noto Project Authors (https://github.com/notofonts/yi)"


@dataclass(frozen=True, slots=True)
class Face:
    """One script's font: where it comes from, and which characters stay in it."""

    key: str
    package: str
    file: str
    ranges: str
    languages: tuple[str, ...]


# Every range holds U+0020 and the script's own punctuation, or spaces come from another font.
FACES = (
    Face(
        "bo",
        "@fontsource/noto-serif-tibetan",
        "noto-serif-tibetan-tibetan-400-normal.woff2",
        "U+0020,U+00A0,U+0F00-0FDA,U+200B-200D,U+25CC",
        ("bo",),
    ),
    Face(
        "ug",
        "@fontsource/noto-naskh-arabic",
        "noto-naskh-arabic-arabic-400-normal.woff2",
        "U+0020,U+00A0,U+060C,U+061B,U+061F,U+0621-0628,U+062A-063A,U+0640-064A,U+0660-066C,"
        "U+0674,U+0675-0678,U+067E,U+0686,U+0698,U+06A9,U+06AD,U+06AF,U+06BE,U+06C5-06C9,U+06CB,"
        "U+06CC,U+06D0,U+06D5,U+200C-200F",
        ("ug", "kk-arab"),
    ),
    Face(
        "mn",
        "@fontsource/noto-sans-mongolian",
        "noto-sans-mongolian-mongolian-400-normal.woff2",
        "U+0020-0022,U+0028-0029,U+002D,U+003F,U+00A0,U+1800-1819,U+1820-1878,"
        "U+200C-200D,U+202F,U+2048-2049,U+3001-3002,U+3008-300B",
        ("mn-mong",),
    ),
    Face(
        "ii",
        "@fontsource/noto-sans-yi",
        "noto-sans-yi-yi-400-normal.woff2",
        "U+0020,U+00A0,U+3001-3002,U+3008-300B,U+A000-A48C,U+A490-A4C6",
        ("ii",),
    ),
)


def names_of(face: Face) -> str:
    """The languages' own names that this face has to draw on every page."""
    offered = {language.code: language.own_name for language in (*LANGUAGES, *PREPARED)}
    return "".join(offered[code] for code in face.languages)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def package_facts(package: str) -> tuple[str, str]:
    """Version and licence of an installed package, as it says itself."""
    facts = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
    return str(facts["version"]), str(facts["license"])


def subset(source: Path, target: Path, unicodes: str, text: str = "") -> None:
    """Write the part of a font that the characters need, with every layout feature."""
    wanted = [f"--text={text} "] if text else [f"--unicodes={unicodes}"]
    subprocess.run(
        [
            *(sys.executable, "-m", "fontTools.subset", str(source), *wanted),
            *("--flavor=woff2", "--no-hinting", "--layout-features=*", f"--output-file={target}"),
        ],
        check=True,
    )


def font_licence(face: Face) -> str:
    """The OFL text of a font; a package without one gets the shared text under its own copyright."""
    own = MODULES / face.package / "LICENSE"
    if own.exists():
        return own.read_text(encoding="utf-8")
    shared = (MODULES / FACES[0].package / "LICENSE").read_text(encoding="utf-8")
    return "\n".join([YI_COPYRIGHT, *shared.splitlines()[1:], ""])


def make_fonts() -> list[dict[str, str]]:
    """Subset every face twice: the whole script, and the names alone."""
    made = []
    for face in FACES:
        source = MODULES / face.package / "files" / face.file
        version, _ = package_facts(face.package)
        licence = STATIC / "fonts" / f"OFL-{face.key}.txt"
        licence.write_text(font_licence(face), encoding="utf-8")
        files = {f"linli-{face.key}.woff2": "", f"names-{face.key}.woff2": names_of(face)}
        for name, text in files.items():
            target = STATIC / "fonts" / name
            subset(source, target, face.ranges, text)
            made.append(entry(target, face.package, version, "OFL-1.1", licence))
    return made


def make_scripts() -> list[dict[str, str]]:
    """Copy htmx without the source map line that makes collectstatic fail."""
    version, licence = package_facts("htmx.org")
    script = (MODULES / "htmx.org" / "dist" / "htmx.min.js").read_text(encoding="utf-8")
    target = STATIC / "vendor" / "htmx.min.js"
    target.write_text(re.sub(r"//# sourceMappingURL=\S*", "", script), encoding="utf-8")
    terms = STATIC / "vendor" / "LICENSE-htmx.txt"
    text = (MODULES / "htmx.org" / "LICENSE").read_text(encoding="utf-8")
    terms.write_text(text, encoding="utf-8")
    return [entry(target, "htmx.org", version, licence, terms)]


def make_map() -> list[dict[str, str]]:
    """Bundle MapLibre for the page in 3D."""
    version, licence = package_facts("maplibre-gl")
    target = STATIC / "vendor" / "maplibre.min.js"
    terms = STATIC / "vendor" / "LICENSE-maplibre.txt"
    terms.write_text(bundle(WORK, target), encoding="utf-8")
    return [entry(target, "maplibre-gl", version, licence, terms)]


def entry(path: Path, name: str, version: str, licence: str, terms: Path) -> dict[str, str]:
    """One line of the record."""
    return {
        "file": str(path.relative_to(STATIC)),
        "name": name,
        "version": version,
        "licence": licence,
        "terms": str(terms.relative_to(STATIC)),
        "sha256": digest(path),
        "terms_sha256": digest(terms),
    }


def notice(entries: list[dict[str, str]]) -> str:
    """The table of others' work, for people."""
    lines = ["# Others' work that Linli ships", "", "Written by `tools/vendor.py`.", ""]
    lines += ["| file | from | version | licence | text |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {e['file']} | {e['name']} | {e['version']} | {e['licence']} | {e['terms']} |"
        for e in entries
    ]
    return "\n".join([*lines, ""])


def vendor() -> None:
    """Install the pinned packages, make every file, write the record."""
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=WORK,
        check=True,
    )
    for folder in OWNED:
        (STATIC / folder).mkdir(parents=True, exist_ok=True)
    entries = sorted([*make_scripts(), *make_map(), *make_fonts()], key=lambda e: e["file"])
    RECORD.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    NOTICE.write_text(notice(entries), encoding="utf-8")


def faults() -> list[str]:
    """What is committed and is not what was recorded."""
    entries: list[dict[str, str]] = json.loads(RECORD.read_text(encoding="utf-8"))
    recorded = {e["file"]: e["sha256"] for e in entries}
    recorded |= {e["terms"]: e["terms_sha256"] for e in entries}
    present = {
        str(path.relative_to(STATIC)): digest(path)
        for folder in OWNED
        for path in sorted((STATIC / folder).iterdir())
    }
    wrong = [f"{name} is not recorded" for name in present.keys() - recorded.keys()]
    wrong += [f"{name} is missing" for name in recorded.keys() - present.keys()]
    wrong += [
        f"{name} has changed"
        for name in recorded.keys() & present.keys()
        if recorded[name] != present[name]
    ]
    if notice(entries) != NOTICE.read_text(encoding="utf-8"):
        wrong.append("THIRD_PARTY.md does not follow VENDOR.json")
    return sorted(wrong)


def main(arguments: list[str]) -> int:
    """Make the files, or with --check compare them with the record."""
    if arguments != ["--check"]:
        vendor()
    wrong = faults()
    for fault in wrong:
        print(fault)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
