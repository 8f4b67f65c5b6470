"""`python -m tools.engine_pages` writes docs/engines/<package>.md: what our docstrings promise, from the source alone.

Nothing is imported. A test holds that the pages are what this writes.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "engines"
# Of these a page says in one line what lives there; what can be called stands in the others.
OUTSIDE = {"views", "urls", "forms", "management", "templatetags", "apps", "schemas", "api", "exchange"}  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef


def page(package: Path) -> str:
    """Return the page of one package."""
    name, parts, outside = package.name, list[str](), list[list[str]]()
    refusals: dict[str, tuple[str, set[str]]] = {}
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package).with_suffix("").parts
        if "migrations" in inside:
            continue
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        module = f"`{'.'.join(part for part in inside if part != '__init__') or name}`"
        for code, sentence in _refused(tree):
            said, where = refusals.get(code, ("", set()))
            refusals[code] = (said or sentence, where | {module})
        told = "" if inside[0] in OUTSIDE else _models(tree, source) + _functions(tree)
        if told:
            parts.append(f"## {module}\n{_told(tree)}\n\n{told}")
        elif _told(tree):
            outside.append([module, _told(tree)])
    rows = ([f"`{code}`", said, ", ".join(sorted(where))] for code, (said, where) in sorted(refusals.items()))  # fmt: skip
    readme = f" In words: [README](../../linli/{name}/README.md)." if (package / "README.md").exists() else ""  # fmt: skip
    head = f"# {name}: what its code promises\nWritten by `make docs` from the docstrings under `linli/{name}`: change those.{readme}"
    closing = [
        f"## {title}\n{table}"
        for title, table in (
            ("Refusals", _table(["code", "what is said", "where"], rows)),
            ("And", _table(["module", "what lives there"], outside)),
        )
        if table
    ]
    return "\n\n".join(part.strip() for part in (head, *parts, *closing)) + "\n"


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [f"| {' | '.join(_cell(one) for one in row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *lines, "\n"]) if lines else ""  # fmt: skip


def _cell(text: str) -> str:
    text = " ".join(text.split()).replace("|", "\\|")
    return text if text.startswith("`") else text.replace("<", "&lt;").replace("*", "\\*")


def _told(node: ast.Module | ast.ClassDef | Function) -> str:
    """Return the first paragraph of a docstring in one line."""
    return " ".join((ast.get_docstring(node) or "").partition("\n\n")[0].split())


def _functions(tree: ast.Module) -> str:
    """Return a table of the public functions; those that answer a page's request are told by the page."""
    rows = []
    for node in tree.body:
        if isinstance(node, Function) and not node.name.startswith("_") and _told(node):
            given = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]  # fmt: skip
            refuses = (ast.get_docstring(node) or "").partition("Refuses:")[2].partition("\n\n")[0]
            what = _told(node).partition("Refuses:")[0]
            if "request" not in given:
                rows.append([f"`{node.name}({', '.join(given)})`", what, refuses])
    columns = 3 if any(row[2] for row in rows) else 2
    return _table(["function", "what", "refuses"][:columns], (row[:columns] for row in rows))


def _models(tree: ast.Module, source: str) -> str:
    """Return the classes that have columns, each column with the remark behind it."""
    return "".join(
        f"**{node.name}.** {_told(node)}\n\n{_table(['column', 'kind', 'what'], columns)}"
        for node in tree.body
        if isinstance(node, ast.ClassDef) and (columns := list(_columns(node, source.splitlines())))
    )


def _columns(model: ast.ClassDef, lines: list[str]) -> Iterator[list[str]]:
    for node in model.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=func) as call):
                kind = ast.unparse(func).rpartition(".")[2]
                if kind.endswith("Key") and call.args:
                    kind += f" → {_text(call.args[0]) or ast.unparse(call.args[0])}"
                elif not kind.endswith(("Field", "Key")):
                    continue
                behind = lines[(call.end_lineno or 0) - 1].encode()[call.end_col_offset :].decode()
                remark = behind.partition("# ")[2].partition(" #")[0]
                yield [
                    f"`{name}`",
                    kind,
                    "" if remark.startswith(("fmt:", "noqa", "type:")) else remark,
                ]


def _refused(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield code and sentence of each refusal; a sentence may stand under a name of the module."""
    named = {
        target.id: _text(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="Refused"), args=[ast.Constant(value=str(code)), said, *_]
            ):
                yield code, _text(said) or named.get(getattr(said, "id", ""), "")


def _text(node: ast.expr) -> str:
    """Return the words of a text, translated or filled in or not; nothing when it is made elsewhere."""
    match node:
        case ast.Constant(value=str(words)):
            return words
        case ast.Call(args=[first, *_]):
            return _text(first)
        case ast.BinOp(left=left, op=ast.Mod()):
            return _text(left)
    return ""


def pages() -> dict[Path, str]:
    """Return every page by where it stands."""
    packages = sorted(one.parent for one in (ROOT / "linli").glob("*/__init__.py"))
    return {PAGES / f"{package.name}.md": page(package) for package in packages}


if __name__ == "__main__":
    PAGES.mkdir(parents=True, exist_ok=True)
    for place, text in pages().items():
        place.write_text(text, encoding="utf-8")
