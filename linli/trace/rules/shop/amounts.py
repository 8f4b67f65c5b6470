"""How much of something, as people write it: `2.5`, `2.5 kg`, `500g`, `１２ 斤`, `3 盒`. Pure.

Kept in the units that trade messages know (UN/CEFACT Recommendation 20); a count of pieces has none in an event.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final, NamedTuple

KILOGRAM, GRAM, TONNE, LITRE, MILLILITRE, PIECE = "KGM", "GRM", "TNE", "LTR", "MLT", "H87"
UNITS: Final = (KILOGRAM, GRAM, TONNE, LITRE, MILLILITRE, PIECE)
LARGEST: Final = Decimal(999_999_999)
_THOUSANDTH: Final = Decimal("0.001")
# What people call a unit, which one that is, and how many of it.
_CALLED: Final[dict[str, tuple[str, Decimal | int]]] = {
    **dict.fromkeys(("kg", "kgs", "公斤", "千克", "kgm", "كىلوگرام"), (KILOGRAM, 1)),
    **dict.fromkeys(("斤", "市斤"), (KILOGRAM, Decimal("0.5"))),
    **dict.fromkeys(("两", "兩"), (GRAM, 50)),
    **dict.fromkeys(("g", "克", "公克", "grm", "گرام"), (GRAM, 1)),
    **dict.fromkeys(("t", "吨", "噸", "tne", "توننا"), (TONNE, 1)),
    **dict.fromkeys(("l", "升", "公升", "ltr", "لىتىر"), (LITRE, 1)),
    **dict.fromkeys(("ml", "毫升", "mlt"), (MILLILITRE, 1)),
    **dict.fromkeys(
        ("pc", "pcs", "piece", "pieces", "h87", "件", "个", "個", "只", "隻", "头", "頭", "盒", "袋", "箱", "瓶", "包", "دانە"),
        (PIECE, 1),
    ),
}  # fmt: skip
# How many of the first make one of the second's kind: both are of one family.
_FAMILIES: Final = (
    {GRAM: Decimal("0.001"), KILOGRAM: Decimal(1), TONNE: Decimal(1000)},
    {MILLILITRE: Decimal("0.001"), LITRE: Decimal(1)},
)
_WRITTEN: Final = re.compile(r"([0-9]{1,9}(?:[.][0-9]+)?)\s*(\D*)")


class Amount(NamedTuple):
    """So many of a unit."""

    value: Decimal
    unit: str


def read(text: str, usual: str = KILOGRAM) -> Amount:
    """Return the amount that was meant; without a unit it is in the `usual` one.

    Raises ValueError: `number` for no number above nothing, `unit` for a unit that nobody knows, `small` for less
    than a thousandth of it.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace(",", "").replace("٫", ".")
    found = _WRITTEN.fullmatch("".join(_digit(one) for one in plain))
    if found is None or Decimal(found[1]) == 0:
        raise ValueError("number")
    named = found[2].strip().rstrip(".")
    if named and named not in _CALLED:
        raise ValueError("unit")
    unit, each = _CALLED[named] if named else (usual, 1)
    value = Decimal(found[1]) * each
    if value > LARGEST:
        raise ValueError("number")
    if value != value.quantize(_THOUSANDTH):
        raise ValueError("small")
    return Amount(value.quantize(_THOUSANDTH), unit)


def in_unit(amount: Amount, unit: str) -> Decimal | None:
    """Return the amount counted in another unit, None where that cannot be: no piece weighs a known weight."""
    if amount.unit == unit:
        return amount.value
    for family in _FAMILIES:
        if amount.unit in family and unit in family:
            return amount.value * family[amount.unit] / family[unit]
    return None


def shown(value: Decimal) -> str:
    """Return a number without idle zeros: `2.5`, `1200`."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digit(one: str) -> str:
    return str(unicodedata.decimal(one)) if one.isdecimal() else one
