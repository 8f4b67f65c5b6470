"""Makes the one script of the map in 3D from MapLibre's sources: for the page and for its worker, with all its terms.

MapLibre 6 ships modules only; a strict content security policy wants a script and a worker that are files of ours.
"""

import json
import re
import subprocess
from pathlib import Path

# MapLibre's classes are written for fields that are assigned, not defined.
_SEMANTICS = '{"compilerOptions":{"target":"es2022","useDefineForClassFields":false}}'
# murmurhash-js ships no text of its licence; it names its author and the MIT licence.
_COPYRIGHTS = {"murmurhash-js": "Copyright (c) Gary Court"}


def bundle(work: Path, target: Path) -> str:
    """Write the script, return the terms of everything in it."""
    found = work / "maplibre.json"
    subprocess.run(
        [
            *("node_modules/.bin/esbuild", "maplibre.mjs", "--bundle", "--minify"),
            *("--format=iife", "--target=es2020", "--legal-comments=none"),
            *("--define:import.meta.url=undefined", "--log-level=error"),
            "--banner:js=/*! MapLibre GL JS and what it stands on: see LICENSE-maplibre.txt */",
            *(f"--tsconfig-raw={_SEMANTICS}", f"--metafile={found}", f"--outfile={target}"),
        ],
        cwd=work,
        check=True,
    )
    (output,) = json.loads(found.read_text(encoding="utf-8"))["outputs"].values()
    found.unlink()
    sizes: dict[str, dict[str, int]] = output["inputs"]
    packages = sorted({_package(path) for path, size in sizes.items() if size["bytesInOutput"]})
    return "\n\n".join(_terms(work / "node_modules", name) for name in packages if name) + "\n"


def _package(path: str) -> str:
    """Return the package of a file, "" for our own."""
    found = re.search(r".*node_modules/((?:@[^/]+/)?[^/]+)/", path)
    return found.group(1) if found else ""


def _terms(modules: Path, name: str) -> str:
    """Return name, version and the whole text of a package's licence."""
    folder = modules / name
    facts = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    head = f"==== {name} {facts['version']} ({facts['license']}) ===="
    texts = sorted(path for path in folder.iterdir() if path.name.upper().startswith("LICENSE"))
    if texts:
        return f"{head}\n\n{texts[0].read_text(encoding='utf-8').strip()}"
    mit = (modules / "gl-matrix" / "LICENSE.md").read_text(encoding="utf-8")
    return f"{head}\n\n{_COPYRIGHTS[name]}\n\n{mit[mit.index('Permission is') :].strip()}"
