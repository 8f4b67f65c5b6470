"""The project's own files, parsed once."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked(*patterns):
    """Return the project's files that match, those git does not track yet included."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sorted(ROOT / name for name in set(said.splitlines()) if (ROOT / name).is_file())


def modules():
    return [path for path in tracked("linli/**.py") if "migrations" not in path.parts]


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(parsed(path)) if isinstance(node, kinds)]


def classes(path):
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)]


def engine_modules(folder):
    """Return the modules of a kind (actions, models, rules …) in every engine."""
    return [path for path in modules() if folder in path.relative_to(ROOT).parts[2:3]]


def name(path):
    return str(path.relative_to(ROOT))
