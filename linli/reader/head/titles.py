"""The title: the printed line, two lines joined when it was broken; else what the file declares."""

import re

from linli.reader.head.zones import Zones
from linli.reader.reading import Named
from linli.reader.sources import Source

DECLARED = ("articletitle", "og:title", "title")
# "Title_site name", "Title - site"; a dash inside a title has no spaces round it.
_SITE = re.compile(r"\s*[_|]\s*|\s+[-–—]+\s+|\s*-\s*(?=[^-]{2,16}$)")


def find(source: Source, zones: Zones) -> Named | None:
    """Return the title, as printed; offsets 0, 0 when only the head of the file has it."""
    if zones.titles:
        parts = [source.text[line.start : line.end] for line in zones.titles]
        start = zones.titles[0].start + len(parts[0]) - len(parts[0].lstrip())
        end = zones.titles[-1].start + len(parts[-1].rstrip())
        return Named("".join(part.strip() for part in parts), start, end)
    for name in DECLARED:
        declared = _SITE.split(source.meta.get(name, "").strip())[0]
        if declared:
            return Named(declared, 0, 0)
    return None
