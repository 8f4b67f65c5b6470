"""The title: the printed line, two lines joined when it was broken; else what the file declares."""

from linli.reader.head.zones import Zones
from linli.reader.patterns import lazy
from linli.reader.reading import Named
from linli.reader.sources import Source

# Shorter words are said twice for their sound.
SHORTEST_TWICE = 6
DECLARED = ("articletitle", "og:title", "title")
# "Title_site name", "Title - site"; a dash inside a title has no spaces round it.
_SITE = lazy(r"\s*[_|]\s*|\s+[-–—]+\s+|\s*-\s*(?=[^-]{2,16}$)")


def find(source: Source, zones: Zones) -> Named | None:
    """Return the title, as printed; offsets 0, 0 when only the head of the file has it."""
    if zones.titles:
        parts = [source.text[line.start : line.end] for line in zones.titles]
        start = zones.titles[0].start + len(parts[0]) - len(parts[0].lstrip())
        end = zones.titles[-1].start + len(parts[-1].rstrip())
        once = _once("".join(part.strip() for part in parts))
        return Named(once, start, end if len(parts) > 1 else start + len(once))
    for name in DECLARED:
        declared = _SITE.split(source.meta.get(name, "").strip())[0]
        if declared:
            return Named(declared, 0, 0)
    return None


def _once(title: str) -> str:
    """A title that a line prints twice ("X X"), once."""
    half = (len(title) - 1) // 2
    doubled = half >= SHORTEST_TWICE and title[half].isspace() and title[:half] == title[half + 1 :]
    return title[:half] if doubled else title
