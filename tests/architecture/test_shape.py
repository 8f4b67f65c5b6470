"""The shape that keeps the house calm: sizes, names, words, who acts."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture import source

BANNED = {"utils", "helpers", "common", "misc", "base", "core", "manager", "handler", "services"}


def test_keeps_files_short():
    lengths = {source.name(p): len(p.read_text().splitlines()) for p in source.modules()}

    assert {name: n for name, n in lengths.items() if n > 300} == {}
    assert sum(n < 200 for n in lengths.values()) >= 0.9 * len(lengths)


def test_keeps_functions_short():
    long = {
        f"{source.name(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in source.modules()
        for node in source.functions(path)
        if node.end_lineno - node.lineno + 1 > 45
    }

    assert long == {}


def test_keeps_templates_short():
    long = {
        source.name(path): len(path.read_text().splitlines())
        for path in source.tracked("linli/*/templates/**.html")
        if len(path.read_text().splitlines()) > 120
    }

    assert long == {}


def test_keeps_settings_short():
    assert len((source.ROOT / "linli/config/settings.py").read_text().splitlines()) <= 230


@pytest.mark.parametrize("path", source.modules(), ids=source.name)
def test_opens_every_module_with_what_lives_there(path):
    if not path.read_text().strip():
        assert path.name == "__init__.py"
        return

    doc = ast.get_docstring(source.parsed(path))

    assert doc
    # Django looks for a database's backend under this name.
    assert path.stem not in BANNED or source.name(path) == "linli/kernel/sqlite3/base.py"


def test_says_who_acts_in_every_action():
    silent = []
    for path in source.engine_modules("actions"):
        for node in source.parsed(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            keywords = {argument.arg for argument in node.args.kwonlyargs}
            if (
                not {"by", "at"} <= keywords
                or node.args.args
                or "Refuses:" not in ast.get_docstring(node)
            ):
                silent.append(f"{source.name(path)}:{node.name}")

    assert silent == []


def test_names_every_refusal_where_it_is_raised():
    undocumented = []
    for path in source.engine_modules("actions"):
        text = path.read_text()
        docs = " ".join(ast.get_docstring(node) or "" for node in source.functions(path))
        undocumented += [
            code for code in re.findall(r'Refused\("([a-z_]+)"', text) if code not in docs
        ]

    assert undocumented == []


def test_writes_only_in_actions():
    verbs = {
        "save",
        "create",
        "bulk_create",
        "delete",
        "bulk_update",
        "get_or_create",
        "update_or_create",
    }
    writers = []
    for path in source.modules():
        parts = path.relative_to(source.ROOT).parts
        if parts[1] in {"demo", "kernel", "reader", "ui"} or "actions" in parts:
            continue
        writers += [
            f"{source.name(path)}:{node.lineno}"
            for node in ast.walk(source.parsed(path))
            if isinstance(node, ast.Call)
            and (getattr(node.func, "attr", "") in verbs or ast.unparse(node.func) == "add_row")
        ]

    assert writers == []


def test_begins_every_model_with_one():
    wrong = []
    for path in source.engine_modules("models"):
        for node in source.classes(path):
            bases = {ast.unparse(base) for base in node.bases}
            if "models.Model" in bases and not (ast.get_docstring(node) or "").startswith("One "):
                wrong.append(f"{source.name(path)}:{node.name}")

    assert wrong == []


def test_asks_the_clock_in_one_place():
    askers = [
        source.name(path)
        for path in source.modules()
        if re.search(r"\b(timezone\.now|datetime\.now|date\.today|time\.time)\(", path.read_text())
    ]

    assert askers == ["linli/kernel/clock.py"]


def test_keeps_script_and_style_out_of_templates():
    found = []
    for path in source.tracked("linli/*/templates/**.html"):
        text = path.read_text()
        if re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text):
            found.append(source.name(path))

    assert found == []


def test_imports_only_what_is_declared():
    """A module that only the developers' tools bring along would be missing on the user's machine."""
    declared = {
        re.split(r"[\[<>=]", line)[0].lower().replace("_", "-")
        for line in tomllib.loads((source.ROOT / "pyproject.toml").read_text())["project"][
            "dependencies"
        ]
    }
    owners = packages_distributions()
    undeclared = {
        f"{source.name(path)}: {top}"
        for path in source.modules()
        for node in ast.walk(source.parsed(path))
        for top in imported(node)
        if top in owners
        and not {owner.lower().replace("_", "-") for owner in owners[top]} & (declared | {"linli"})
    }

    assert undeclared == set()


def imported(node):
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").split(".")[0]]
    return []


def test_loads_all_pages_for_no_command_but_the_server():
    """Django's checks read every address, and so import every page: seconds, for a tick too."""
    commands = [
        path
        for path in source.modules()
        if path.parent.name == "commands" and path.stem != "__init__"
    ]
    loading = {
        path.stem
        for path in commands
        if "requires_system_checks: list[str] = []" not in path.read_text()
    }

    assert len(commands) > 20
    assert loading == {"serve"}
