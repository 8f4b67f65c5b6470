"""What runs is what was reviewed: known weaknesses of our parts, secrets in the tree, bandit's rules, licences.

`python -m tools.audit` does all; names choose some: secrets licences code weaknesses. Tools stand in an environment of their own.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from tools.sbom import listed

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "build" / "audit"
WANTED = ("pip-audit==2.10.1", "bandit==1.9.4")
# What opens something, by its look. Each at its narrowest, so that a find is one.
SECRETS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of a forge": r"\b(?:ghp|gho|ghs|github_pat|glpat)[_-][0-9A-Za-z_]{20,}",
    "a token of a registry": r"\b(?:pypi-|npm_)[0-9A-Za-z_-]{30,}",
    "a token of a messenger": r"\bxox[abprs]-[0-9A-Za-z-]{10,}",
    "a signed token": r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}",
    "a key of a program": r"\blinli_[0-9A-Za-z_-]{43}\b",
    "a signing key": r"\bPRIVATE\+KEY\+[^\s+]+\+[0-9a-f]{8}\+[0-9A-Za-z+/=]{40,}",
    "a password in an address": r"\b[a-z+]{3,12}://[^\s:/@'\"<>{}$…]+:[^\s:/@'\"<>{}$…]{6,}@[\w.-]+\.\w",
}
# Where such a thing may stand, and why.
KNOWN = {
    "tests/kernel/test_checkpoints.py": "keys that the standard publishes as its examples",
    "deploy/linli.env": "examples of addresses, with words in the place of passwords",
}
# What bandit asks of a kind of files, and why the answer is no. A single place says `# nosec B… - why` itself.
JUDGED = {
    ("B608", "/migrations/"): "made of pieces of the same file, once; nothing is read from outside"
}
FREE = re.compile(r"MIT|BSD|Apache|ISC|Python Software Foundation|PSF|MPL|Mozilla|LGPL|Unlicense|CC0|OFL|Zlib|0BSD")  # fmt: skip


def found_secrets(files: Iterable[tuple[str, str]]) -> list[str]:
    """Return what looks like a secret, as file, line and kind; never the thing itself."""
    return [
        f"{name}:{number}: {kind}"
        for name, text in files
        for number, line in enumerate(text.splitlines(), 1)
        for kind, look in SECRETS.items()
        if name not in KNOWN and re.search(look, line)
    ]


def _tree() -> Iterable[tuple[str, str]]:
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in names:
        if (path := ROOT / name).is_file():
            yield name, path.read_text(encoding="utf-8", errors="ignore")


def secrets() -> list[str]:
    """Look through every file that git has, or would have."""
    return found_secrets(_tree())


def licences() -> list[str]:
    """Name the parts whose licence would bind what an office does with the house."""
    parts = [one["name"] for one in listed()["components"] if one["type"] == "library"]
    told = {name: licence(name) for name in parts}
    return [f"{name}: {said}" for name, said in told.items() if said and not FREE.search(said)]


def licence(name: str) -> str:
    """Return what a part says of its licence; nothing of one that this system does not need."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    classes = [
        one.split("::")[-1] for one in told.get_all("Classifier") or [] if "License ::" in one
    ]
    return told["License-Expression"] or ", ".join(classes) or told["License"] or "no licence"


def code() -> list[str]:
    """Ask bandit. A place that says why to it, or to ruff, which has the same rules (`noqa: S…`), has been judged."""
    _prepare()
    said = subprocess.run(
        [TOOLS / "bin/bandit", "-q", "-r", "linli", "-ll", "-f", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    return unjudged(json.loads(said)["results"])


def unjudged(results: list[dict[str, object]]) -> list[str]:
    """Return bandit's findings at places that no reviewer has judged."""
    left = []
    for one in results:
        if any(one["test_id"] == rule and where in str(one["filename"]) for rule, where in JUDGED):
            continue
        lines = (ROOT / str(one["filename"])).read_text(encoding="utf-8").splitlines()
        span = one["line_range"]
        assert isinstance(span, list)
        here = lines[max(0, min(span) - 2) : max(span)]
        if not any(re.search(r"noqa:.*\bS\d{3}|noqa: S", line) for line in here):
            left.append(
                f"{one['filename']}:{one['line_number']}: {one['test_id']} {one['issue_text']}"
            )
    return left


def weaknesses() -> list[str]:
    """Ask the service of known weaknesses for every pinned part. No answer is no good answer."""
    _prepare()
    pins = ROOT / "build" / "audit.txt"
    subprocess.run(
        ["uv", "export", "-q", "--frozen", "--no-default-groups", "--no-emit-project", "-o", pins],
        cwd=ROOT, check=True,
    )  # fmt: skip
    asked: list[str | Path] = [
        TOOLS / "bin/pip-audit",
        "--strict",
        "--require-hashes",
        "--disable-pip",
        "-r",
        pins,
    ]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    said = (done.stdout + done.stderr).strip().splitlines()
    return [*said, "(a service that does not answer for each part fails here, on purpose)"]


def _prepare() -> None:
    if not (TOOLS / "bin/bandit").exists():
        subprocess.run(["uv", "venv", "-q", "--clear", TOOLS], check=True)
        into: list[str | Path] = [
            "uv",
            "pip",
            "install",
            "-q",
            "--python",
            TOOLS / "bin/python",
            *WANTED,
        ]
        subprocess.run(into, check=True)


STEPS: dict[str, Callable[[], list[str]]] = {
    "secrets": secrets,
    "licences": licences,
    "code": code,
    "weaknesses": weaknesses,
}


def main() -> int:
    """Run the named steps, or all; say what each found."""
    bad = 0
    for step in sys.argv[1:] or STEPS:
        found = STEPS[step]()
        bad += bool(found)
        print(f"{step}: {'ok' if not found else 'FAILED'}", *found, sep="\n  ", flush=True)
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
