"""`python -m tools.api_page` writes docs/api.md: every JSON address, from the descriptions that programs read.

It stands beside /api/, where the same is a page; a test holds that the file is what this writes.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import django
from django.utils.translation import override

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"


def text() -> str:
    """Return the page; Django is set up, no database is asked."""
    from linli.config.api import api  # noqa: PLC0415 - after Django
    from linli.directory.api import api as hsds  # noqa: PLC0415 - after Django

    lines = [
        "# Every JSON address",
        "Written by `make docs` from the descriptions (OpenAPI 3.1) that an installation serves at `/api/openapi.json` and",
        "`/hsds/openapi.json`: change the code. How to begin, and what is never there: [programs.md](programs.md).",
        *_described(api.get_openapi_schema()),
        "",
        "# HSDS 3.1",
        *_described(hsds.get_openapi_schema()),
    ]
    return "\n".join(lines) + "\n"


def _described(description: Mapping[str, Any]) -> Iterator[str]:
    from linli.portal.reference.described import by_tag  # noqa: PLC0415 - after Django

    for tag, operations in by_tag(description).items():
        yield f"\n## {tag or 'all'}"
        for one in operations:
            yield f"\n### `{one.method} {one.path}`"
            yield f"{' '.join(one.words.split())} Answers {', '.join(one.statuses)}."
            for title, fields in (("takes", one.takes), ("sends", one.sends), ("gives", one.gives)):
                if fields:
                    yield f"\n| {title} | kind | needed | what |\n| --- | --- | --- | --- |"
                for field in fields:
                    kind, words = (_cell(part) for part in (field.kind, field.words))
                    yield f"| `{field.name}` | {kind} | {'yes' if field.needed else ''} | {words} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "linli.config.settings", "LINLI_HOME": home}
        django.setup()
        with override("en"):
            PAGE.write_text(text(), encoding="utf-8")
