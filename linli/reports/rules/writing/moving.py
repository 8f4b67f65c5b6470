"""A draft that goes on in a newer text: where each of its passages has its place there. Pure."""

from linli.reports.rules.writing.parts import Text


def places_kept(old: Text, new: Text) -> dict[int, int]:
    """Return the numbers of places in the newer text, by those of the older: each asks for the same in the same words.

    Of several that ask for the same the first goes to the first. What has no place there is left out.
    """
    free: dict[str, list[int]] = {}
    for one in new.by_hand:
        free.setdefault(_plain(one.about), []).append(one.number)
    kept = {}
    for one in old.by_hand:
        if places := free.get(_plain(one.about)):
            kept[one.number] = places.pop(0)
    return kept


def _plain(about: str) -> str:
    return "".join(about.split()).casefold()
