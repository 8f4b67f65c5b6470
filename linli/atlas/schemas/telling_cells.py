"""Cells in words: what a square, a row and a sentence say of them, kept back and unknown ones too."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from linli.atlas.queries.cells import AreaCell
from linli.atlas.rules.maps.summary import summary
from linli.facts.models import Indicator
from linli.facts.schemas import telling

_SIGNS = {"approx": "≈", "approx_below": "≈", "more_than": ">", "at_least": "≥", "at_most": "≤", "less_than": "<"}  # fmt: skip
_FEW = 5  # names that a sentence holds
FEW_KNOWN = 3  # with fewer known places there is no map, only their values


def said(cell: AreaCell, indicator: Indicator) -> str:
    """Return what may be said of a cell, in full."""
    if cell.value is not None:
        return telling.told(cell.value, cell.bound, indicator.unit)
    return _("kept back") if cell.is_kept_back else _("not known")


def short(cell: AreaCell, indicator: Indicator) -> str:
    """Return what fits into a square."""
    if cell.value is None:
        return _("kept back") if cell.is_kept_back else "—"
    percent = "%" if indicator.unit in {"%", "percent"} else ""
    return f"{_SIGNS.get(cell.bound, '')}{telling.short(cell.value)}{percent}"


def sentences(cells: Sequence[AreaCell], whole: AreaCell | None, indicator: Indicator) -> list[str]:
    """Return what a map says, as sentences: highest and lowest, the middle, the whole, and what is missing."""
    known = [cell for cell in cells if cell.value is not None]
    told = few(known, indicator) if len(known) < FEW_KNOWN else _spread(known, indicator)
    if whole is not None and whole.value is not None:
        told.append(
            _("%(place)s as a whole: %(value)s.")
            % {"place": whole.area_name, "value": said(whole, indicator)}
        )
    return [*told, *_missing(cells)]


def names(listed: Sequence[str]) -> str:
    """Return a few names in a row; of many how many there are."""
    if len(listed) > _FEW:
        return ngettext("%(n)s place", "%(n)s places", len(listed)) % {"n": len(listed)}
    return pgettext("between places", ", ").join(listed)


def few(cells: Sequence[AreaCell], indicator: Indicator) -> list[str]:
    """Return a sentence for each of the known places, where they are so few that nothing can be ranked."""
    return [
        _("%(place)s: %(value)s.") % {"place": cell.area_name, "value": said(cell, indicator)}
        for cell in cells
        if cell.value is not None
    ]


def _spread(known: Sequence[AreaCell], indicator: Indicator) -> list[str]:
    found = summary([(cell.area_name, cell.value) for cell in known])
    if found is None:
        return []
    by_value = {cell.value: said(cell, indicator) for cell in reversed(known)}
    if found.all_alike:
        sentence = _("All %(n)s places that are known have the same value: %(value)s.")
        return [sentence % {"n": found.known, "value": by_value[found.most]}]
    told = [
        _("Highest: %(names)s, %(value)s.")
        % {"names": names(found.highest), "value": by_value[found.most]},
        _("Lowest: %(names)s, %(value)s.")
        % {"names": names(found.lowest), "value": by_value[found.least]},
    ]
    if found.known > FEW_KNOWN:
        low, high, middle = (
            telling.told(value, "exact", indicator.unit)
            for value in (found.quarter, found.three_quarters, found.middle)
        )
        sentence = _(
            "Half of the places lie between %(low)s and %(high)s; the middle is %(middle)s."
        )
        told.append(sentence % {"low": low, "high": high, "middle": middle})
    return told


def _missing(cells: Sequence[AreaCell]) -> list[str]:
    kept = [cell.area_name for cell in cells if cell.is_kept_back]
    unknown = [cell.area_name for cell in cells if cell.released is None]
    told = []
    if kept:
        told.append(_("Kept back: %(names)s.") % {"names": names(kept)})
    if unknown:
        told.append(_("Not known: %(names)s.") % {"names": names(unknown)})
    return told
