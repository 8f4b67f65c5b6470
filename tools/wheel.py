"""What a wheel holds beyond the project's files: the translations, compiled while it is built.

Hatch asks (pyproject.toml). The sources of translations stay behind: an installed house compiles nothing.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent


class CompiledTexts(BuildHookInterface):  # type: ignore[type-arg]
    """Compile the texts; an editable install does so by `linli demo` and the tests."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the .mo files that are missing or old."""
        if version == "editable":
            return
        sys.path.insert(0, str(ROOT))
        from linli.ui.translations import compile_messages  # noqa: PLC0415 - after the path

        compile_messages()
