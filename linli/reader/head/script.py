"""Traditional or Simplified: by characters that only one of the two scripts writes."""

from collections.abc import Sequence

from linli.reader.patterns import lazy
from linli.reader.reading import Line

# Frequent pairs of which neither belongs to both scripts (后, 里, 于, 干, 只 would).
_HANS = lazy("[们个为国这来时说对会学发动经进现应关实开无产从区设团]")
_HANT = lazy("[們個為國這來時說對會學發動經進現應關實開無產從區設團]")
ENOUGH = 10_000


def of(text: str, lines: Sequence[Line]) -> str:
    """Return Hant when Traditional characters outnumber Simplified ones in the article, else Hans."""
    parts, size = [], 0
    for line in lines:
        if line.label == "main":
            parts.append(text[line.start : min(line.end, line.start + ENOUGH)])
            size += len(parts[-1])
            if size > ENOUGH:
                break
    sample = "".join(parts) if parts else text[:ENOUGH]
    if _HANT.search(sample) is None:
        return "Hans"
    return "Hant" if len(_HANT.findall(sample)) > len(_HANS.findall(sample)) else "Hans"
