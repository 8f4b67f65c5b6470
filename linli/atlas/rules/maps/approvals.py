"""The number under which a map was approved (审图号), as it stands on maps: 甘S(2023)12号, GS京(2022)1061号.

Whoever reviews maps gives one number to one map; we cannot look it up, but we can tell a number from a word.
"""

import re
from typing import Final

_NUMBER: Final = re.compile(
    r"([A-Z\u4e00-\u9fff]{0,3}S[\u4e00-\u9fff]{0,3})\((\d{4})\)第?(\d{1,6})号"
)
_FIRST_YEAR: Final = 1990
_ALIKE: Final = str.maketrans("（）〔〕【】[]［］", "()()()()()")


def approval_number(typed: str, *, year: int) -> str | None:
    """Return the number that was meant, in one way of writing, or None when it cannot be one by `year`."""
    plain = "".join(typed.split()).translate(_ALIKE).upper()
    plain = plain.removeprefix("审图号").removeprefix("審圖號").lstrip(":：").replace("號", "号")
    plain = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in plain)
    found = _NUMBER.fullmatch(plain)
    if found is None or not _FIRST_YEAR <= int(found[2]) <= year or int(found[3]) == 0:
        return None
    return f"{found[1]}({found[2]}){found[3]}号"
