"""Traditional or Simplified: by characters that only one of the two scripts writes."""

from collections.abc import Sequence

from linli.reader.reading import Line

# Frequent pairs of which neither belongs to both scripts (后, 里, 于, 干, 只 would).
_HANS = "们个为国这来时说对会学发动经过还进现见应关实开问无产从队没与样两务将业给让义员单听团结统乡镇广东车长门电话设"
_HANT = "們個為國這來時說對會學發動經過還進現見應關實開問無產從隊沒與樣兩務將業給讓義員單聽團結統鄉鎮廣東車長門電話設"
ENOUGH = 50_000


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
    return "Hant" if _count(sample, _HANT) > _count(sample, _HANS) else "Hans"


def _count(sample: str, characters: str) -> int:
    return sum(map(sample.count, characters))
