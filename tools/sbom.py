"""The parts that others made, as CycloneDX 1.5: what uv.lock pins for an installation, and the scripts and fonts served.

`python -m tools.sbom` writes dist/sbom.json.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "dist" / "sbom.json"
Part = dict[str, Any]


def listed() -> Part:
    """Return the list."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    packages = {one["name"]: one for one in lock["package"]}
    parts = [_package(packages[name]) for name in sorted(_reached(packages) - {"linli"})]
    parts += [_served(one) for one in json.loads((ROOT / "tools/vendor/VENDOR.json").read_text())]
    house = packages["linli"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "name": "linli", "bom-ref": "linli", "version": house["version"],
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": parts,
        "dependencies": [
            {"ref": _ref(packages[name]), "dependsOn": sorted(_ref(packages[need]) for need in _needs(packages[name]))}
            for name in sorted(_reached(packages))
        ],
    }  # fmt: skip


def _reached(packages: dict[str, Part]) -> set[str]:
    wanted, found = ["linli"], set[str]()
    while wanted:
        if (name := wanted.pop()) not in found:
            found.add(name)
            wanted += _needs(packages[name])
    return found


def _needs(package: Part) -> list[str]:
    # What tools and peers need stands in groups; what an extra brings is installed with whatever asks for it.
    extras = {} if package["name"] == "linli" else package.get("optional-dependencies", {})
    asked = [*package.get("dependencies", []), *(one for more in extras.values() for one in more)]
    return sorted({one["name"] for one in asked})


def _ref(package: Part) -> str:
    return "linli" if package["name"] == "linli" else f"{package['name']}@{package['version']}"


def _package(package: Part) -> Part:
    files = [one for one in (package.get("sdist"), *package.get("wheels", [])) if one]
    return {
        "type": "library",
        "name": package["name"],
        "version": package["version"],
        "bom-ref": _ref(package),
        "purl": f"pkg:pypi/{package['name']}@{package['version']}",
        "hashes": [{"alg": "SHA-256", "content": one["hash"].removeprefix("sha256:")} for one in files],
    }  # fmt: skip


def _served(one: Part) -> Part:
    return {
        "type": "file",
        "name": f"{one['name']}/{one['file']}",
        "version": one["version"],
        "bom-ref": f"served/{one['file']}",
        "licenses": [{"license": {"name": one["licence"]}}],
        "hashes": [{"alg": "SHA-256", "content": one["sha256"]}],
    }


if __name__ == "__main__":
    OUT.parent.mkdir(exist_ok=True)
    said = listed()
    OUT.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    print(f"{OUT.relative_to(ROOT)}: {len(said['components'])} parts")
