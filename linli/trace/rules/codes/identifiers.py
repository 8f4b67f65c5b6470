"""The application identifiers of GS1: what a number in brackets says of the value behind it. Pure.

Facts of the GS1 General Specifications and of GS1 Digital Link, as of 2026. A part of a value is written here as n or x
or y, its length (-20: one to twenty), ? when it may be missing, and after colons what must hold for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

# Needs: one of each group; | between groups. Excludes: none of these. Both are beginnings of identifiers.
_GOODS: Final = "01,02,8006,8026"
_ITEM: Final = "01,03,8006"
_TRADED: Final = "01,02,03"
_MEASURES: Final = "30,31,32,35,36"
_SIGNED: Final = "00,253,255,8003,8004,8017,8018"
_ROWS: Final = (
    ("00", "n18:check:key", "", ""),
    ("01", "n14:check:key", "", "255,37"),
    ("02", "n14:check:key", "37", "01,03"),
    ("03", "n14:check:key", "", "01,02,37,235"),
    ("10", "x-20", f"{_GOODS},03", ""),
    ("11,13,15,16", "n6:day0", f"{_GOODS},03", ""),
    ("12", "n6:day0", "8020", ""),
    ("17", "n6:day0", f"{_GOODS},03,255", ""),
    ("20", "n2", f"{_GOODS},03", ""),
    ("21", "x-20", _ITEM, "235"),
    ("22", "x-20", "01", ""),
    ("235", "x-28", "01", ""),
    ("240,241", "x-30", f"{_GOODS},03", ""),
    ("242", "n-6", _GOODS, ""),
    ("243", "x-20", "01,03", ""),
    ("250", "x-30", f"{_ITEM}|21", ""),
    ("251", "x-30", _ITEM, ""),
    ("253", "n13:check:key ?x-17", "", ""),
    ("254", "x-20", "414", ""),
    ("255", "n13:check:key ?n-12", "", "01,02,415,8006,8020,8026"),
    ("30", "n-8", "01,02", ""),
    ("310-316,320-329,350-352,356,357,360,361,364-366 +0-5", "n6", "01,02", "self"),
    ("330-336,340-349,353-355,362,363,367-369 +0-5", "n6", "00,01", "self"),
    ("337 +0-5", "n6", "01", "self"),
    ("37", "n-8", "00|02,8026", ""),
    ("390 +0-9", "n-15", "255,8020", "self,391,394,8111"),
    ("391 +0-9", "n3 n-15", "8020", "self"),
    ("392 +0-9", "n-15", f"01|{_MEASURES}", "self,393"),
    ("393 +0-9", "n3 n-15", _MEASURES, "self"),
    ("394 +0-3", "n4", "255", "self,8111"),
    ("395 +0-5", "n6", _MEASURES, "self,392,393,8005"),
    ("400", "x-30", "", ""),
    ("401", "x-30:key", "", ""),
    ("402", "n17:check:key", "", ""),
    ("403", "x-30", "00", ""),
    ("410-414,416,417", "n13:check:key", "", ""),
    ("415", "n13:check:key", "8020", ""),
    ("420", "x-20", "", "421"),
    ("421", "n3 x-9", "", "4307"),
    ("422", "n3", f"{_GOODS},03", "426"),
    ("423,425", "n3 ?n3 ?n3 ?n3 ?n3", _TRADED, "426"),
    ("424", "n3", _TRADED, "426"),
    ("426", "n3", _TRADED, ""),
    ("427", "x-3", f"{_TRADED}|422", ""),
    ("4300,4301,4310,4311,4320", "x-35", "00", ""),
    ("4302,4304-4306,4312,4314-4316", "x-70", "00", ""),
    ("4303", "x-70", "4302", ""),
    ("4313", "x-70", "4312", ""),
    ("4307,4317", "x2", "00", ""),
    ("4308,4319", "x-30", "00", ""),
    ("4309", "n10 n10", "00", ""),
    ("4318", "x-20", "00", ""),
    ("4321-4323", "n1:yes_no", "00", ""),
    ("4324,4325", "n6:day0 n4:minute", "00", ""),
    ("4326", "n6:day", "00", ""),
    ("4330", "n6 ?x1:hyphen", "00", "4331"),
    ("4331", "n6 ?x1:hyphen", "00", "4330"),
    ("4332", "n6 ?x1:hyphen", "00", "4333"),
    ("4333", "n6 ?x1:hyphen", "00", "4332"),
    ("7001", "n13", _GOODS, ""),
    ("7002", "x-30", "01,02", ""),
    ("7003", "n6:day n4:minute", _TRADED, ""),
    ("7004", "n-4", "01,03|10", ""),
    ("7005", "x-12", "01,02", ""),
    ("7006", "n6:day", "01,02", ""),
    ("7007", "n6:day ?n6:day", "01,02", ""),
    ("7008", "x-3", "01,02", ""),
    ("7009", "x-10", "01,02", ""),
    ("7010", "x-2", _TRADED, ""),
    ("7011", "n6:day ?n4:minute", _TRADED, ""),
    ("7020", "x-20", f"{_ITEM}|416", ""),
    ("7021", "x-20", _ITEM, ""),
    ("7022", "x-20", f"{_ITEM}|7021", ""),
    ("7023", "x-30:key", "", ""),
    ("7030-7039", "n3 x-27", "01,02", ""),
    ("7040", "n1 x1 x1 x1", "", ""),
    ("7041", "x-4", "00", ""),
    ("710-717", "x-20", "01", ""),
    ("7230-7239", "x2 x-28", "01,8004", ""),
    ("7240", "x-20", "01,8006", "03"),
    ("7241", "n2", "8017,8018", ""),
    ("7242", "x-25", "8017,8018", ""),
    ("7250", "n8:long_day", "8018", "7251"),
    ("7251", "n8:long_day n4:minute", "8018", "7250"),
    ("7252", "n1:sex", "8018", ""),
    ("7253,7254", "x-40", "8017,8018", "7256,7259"),
    ("7255", "x-10", "8017,8018", "7256,7259"),
    ("7256", "x-90", "8017,8018", ""),
    ("7257", "x-70", "8018", ""),
    ("7258", "x3", "8018|7259", ""),
    ("7259", "x-40", "8018", "7256"),
    ("8001", "n4:nonzero n5:nonzero n3:nonzero n1 n1", "01", ""),
    ("8002", "x-20", "", ""),
    ("8003", "n1:zero n13:check:key ?x-16", "", ""),
    ("8004", "x-30:key", "", ""),
    ("8005", "n6", "01,02", ""),
    ("8006", "n14:check n4:piece", "", "01,03,37"),
    ("8007", "x-34", "415", ""),
    ("8008", "n6:day n2:hour ?n2:sixty ?n2:sixty", _TRADED, ""),
    ("8009", "x-50", "00,01,03", ""),
    ("8010", "y-30:key", "", ""),
    ("8011", "n-12:no_zero_first", "8010", ""),
    ("8012", "x-20", _ITEM, ""),
    ("8013", "x-25:pair:key", "", ""),
    ("8014", "x-25:pair:key:non_digit", "01", ""),
    ("8017", "n18:check:key", "", "8018"),
    ("8018", "n18:check:key", "", "8017"),
    ("8019", "n-10", "8017,8018", ""),
    ("8020", "x-25", "415", ""),
    ("8026", "n14:check n4:piece", "37", "02,03,8006"),
    ("8030", "z-90", f"{_SIGNED},01,03,8006,8010|{_SIGNED},21,8011", ""),
    ("8040", "n15", "01|21", ""),
    ("8041", "n15", "01|21|8040", ""),
    ("8042", "n32", "01|21|8040", ""),
    ("8043", "n18 ?n-2", "01|21|8040", ""),
    ("8110,8112", "x-70", "", ""),
    ("8111", "n4", "255", ""),
    ("8200", "x-70", "01", ""),
    ("90", "x-30", "", ""),
    ("91-99", "x-90", "", ""),
)  # fmt: skip
# What may name a thing on the web, and what may narrow it, in this order; several orders exclude each other.
_PRIMARY: Final = {
    "00": (), "01": (("22", "10", "21"), ("235",)), "253": (), "255": (), "401": (), "402": (),
    "414": (("254",), ("7040",)), "415": (("8020",),), "417": (("7040",),), "8003": (),
    "8004": (("7040",),), "8006": (("22", "10", "21"),), "8010": (("8011",),), "8013": (),
    "8017": (("8019",),), "8018": (("8019",),),
}  # fmt: skip
# These never stand in the query of an address: they narrow a key, or the web has no use for them.
_NO_ATTRIBUTE: Final = {
    "03", "21", "22", "235", "254", "7040", "7041", "8011", "8014", "8019", "8020", "8040", "8041",
    "8042", "8043", "8200",
}  # fmt: skip
# Their length is known without a separator.
_PREDEFINED: Final = re.compile(r"0[0-4]|1[1-9]|20|3[1-6]|41")
_PERSONAL: Final = re.compile(r"43(0\d|1\d)|725\d|801[89]|7242")
_PART: Final = re.compile(r"(\??)([nxyz])(-?)(\d+)((?::\w+)*)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a value: its characters, how many, whether it may be missing, what must hold."""

    kind: (
        str  # n digits, x the 82 characters of GS1, y the 39 of part numbers, z those of base64url
    )
    least: int
    most: int
    optional: bool
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """One application identifier."""

    code: str
    parts: tuple[Part, ...]
    needs: tuple[tuple[str, ...], ...]  # of each group one must be there: beginnings of identifiers
    excludes: tuple[str, ...]  # beginnings of identifiers that cannot be with it
    qualifiers: tuple[tuple[str, ...], ...] | None  # None when it cannot name a thing on the web

    @property
    def predefined(self) -> bool:
        """Whether no separator follows its value in a bar code."""
        return _PREDEFINED.match(self.code) is not None

    @property
    def attribute(self) -> bool:
        """Whether it may be said in the query of a thing's address."""
        return self.code not in _NO_ATTRIBUTE

    @property
    def personal(self) -> bool:
        """Whether its value speaks of a person (an addressee, a patient): not kept, not shown."""
        return _PERSONAL.fullmatch(self.code) is not None


def find(code: str) -> Identifier | None:
    """Return the application identifier of this number, None when there is none."""
    return all_identifiers().get(code)


@cache
def all_identifiers() -> dict[str, Identifier]:
    """Return every application identifier by its number."""
    table: dict[str, Identifier] = {}
    for codes, parts, needs, excludes in _ROWS:
        for code in _spread(codes):
            table[code] = Identifier(
                code,
                tuple(map(_part, parts.split())),
                tuple(tuple(group.split(",")) for group in needs.split("|") if group),
                tuple(excludes.replace("self", code[:3]).split(",")) if excludes else (),
                _PRIMARY.get(code),
            )
    return table


def _part(text: str) -> Part:
    found = _PART.fullmatch(text)
    if found is None:
        raise ValueError(text)
    optional, kind, upto, length, checks = found.groups()
    most = int(length)
    return Part(kind, 1 if upto else most, most, optional != "", tuple(checks.split(":")[1:]))


def _spread(codes: str) -> Iterator[str]:
    bases, _, ending = codes.partition(" +")
    for base in _ranges(bases):
        yield from (base + digit for digit in _ranges(ending)) if ending else (base,)


def _ranges(text: str) -> Iterator[str]:
    for one in text.split(","):
        first, _, last = one.partition("-")
        for number in range(int(first), int(last or first) + 1):
            yield str(number).zfill(len(first))
