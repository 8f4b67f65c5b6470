"""Times of day and parts of the day: 下午五点一刻, 17:55:23, 11:30 p.m., 昨晚."""

import re
from datetime import datetime, timedelta

from linli.reader.dates.moments.atom import Atom, Clock, Rule, exact
from linli.reader.dates.moments.numerals import HOUR, MINUTE, STARTS, number

# Word -> its TIMEX3 part, and whether its hours lie after noon.
_PARTS = {
    "凌晨": ("DA", False),
    "清晨": ("DA", False),
    "早上": ("MO", False),
    "早晨": ("MO", False),
    "早间": ("MO", False),
    "上午": ("MO", False),
    "早": ("MO", False),
    "晨": ("MO", False),
    "中午": ("MI", True),
    "正午": ("MI", True),
    "下午": ("AF", True),
    "午后": ("AF", True),
    "傍晚": ("EV", True),
    "晚上": ("EV", True),
    "晚间": ("EV", True),
    "夜里": ("NI", True),
    "深夜": ("NI", True),
    "半夜": ("NI", False),
    "晚": ("EV", True),
}
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_DAY_WORDS = {"昨": -1, "今": 0, "明": 1}
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}


def shifted(clock: Clock) -> Clock:
    """Return the time twelve hours later, when that is a time of the same day."""
    return clock._replace(hour=clock.hour + 12, sided=True) if clock.hour < 12 else clock


def _sided(clock: Clock, part: str | None) -> Clock:
    """Move a time to the side of noon that its part of the day names."""
    if part is None:
        return clock._replace(sided=clock.hour > 12 or clock.hour == 0)
    late = _PARTS[part][1]
    moved = shifted(clock) if late and not (part == "中午" and clock.hour > 2) else clock
    return moved._replace(sided=True)


def _minute(text: str | None) -> int | None:
    return None if text is None else _QUARTERS.get(text) or number(text)


def _told(match: re.Match[str]) -> Clock:
    groups = match.groupdict()
    clock = Clock(number(groups["h"]) % 24, _minute(groups.get("min")), _minute(groups.get("sec")))
    return _sided(clock, groups.get("part"))


def _time(match: re.Match[str], now: datetime) -> Atom:
    return Atom(match.start(), match.end(), "", clock=_told(match))


def _latin(match: re.Match[str], now: datetime) -> Atom:
    clock = _told(match)
    if match["side"] in "pP":
        clock = shifted(clock)
    elif clock.hour == 12:
        clock = clock._replace(hour=0)
    return Atom(match.start(), match.end(), "", clock=clock._replace(sided=True))


def _hours(match: re.Match[str], now: datetime) -> Atom:
    """Read 早上五到六点, where one word 点 serves both hours."""
    first = _sided(Clock(number(match["h"])), match["part"])
    last = _sided(Clock(number(match["h2"])), match["part"])
    length = f"PT{(last.hour - first.hour) % 24}H"
    return Atom(match.start(), match.end(), "whole", f"({first.label},{last.label},{length})")


def _part(match: re.Match[str], now: datetime) -> Atom:
    return Atom(match.start(), match.end(), "", part=_PARTS[match["part"]][0])


def _part_of_day(match: re.Match[str], now: datetime) -> Atom:
    """Read 昨晚, 今早8点十五分."""
    day = exact(match, now.date() + timedelta(days=_DAY_WORDS[match["day"]]))
    if match["h"]:
        return day._replace(clock=_told(match))
    return day._replace(part=_PARTS[match["part"]][0])


_SPOKEN = (
    rf"(?P<h>{HOUR}) ?[点时](?:钟|整)?(?!头)(?:(?P<min>半|[一三]刻|(?:{MINUTE})(?![0-9一二三四五六七八九十个天点时小号日月年]))"
    rf"(?:分钟?)?(?:(?P<sec>{MINUTE})秒)?)?"
)
_WRITTEN = r"(?P<h>2[0-4]|1[0-9]|0?[0-9]):(?P<min>[0-5][0-9])(?::(?P<sec>[0-5][0-9]))?(?![0-9:])"
_FREE = r"(?<![0-9.:](?=[0-9]))"
_NEARLY = "(?:大约|大概|约)?"
RULES = (
    Rule(
        STARTS + "大约" + "".join(sorted({part[0] for part in _PARTS})),
        re.compile(rf"{_FREE}{_NEARLY}(?P<part>{_PART})? ?{_SPOKEN}"),
        _time,
    ),
    Rule(
        STARTS + "大约" + "".join(sorted({part[0] for part in _PARTS})),
        re.compile(rf"{_FREE}{_NEARLY}(?P<part>{_PART})? ?{_WRITTEN}"),
        _time,
    ),
    Rule(
        STARTS,
        re.compile(
            rf"{_FREE}{_WRITTEN.removesuffix('(?![0-9:])')} ?(?P<side>[aApP])\.?[mM](?![a-zA-Z])\.?"
        ),
        _latin,
    ),
    Rule(
        STARTS + "".join(sorted({part[0] for part in _PARTS})),
        re.compile(rf"{_FREE}(?P<part>{_PART})?(?P<h>{HOUR})[到至-](?P<h2>{HOUR})[点时](?!间)"),
        _hours,
    ),
    Rule("".join(sorted({part[0] for part in _PARTS})), re.compile(f"(?P<part>{_PART})"), _part),
    Rule(
        "昨今明",
        re.compile(rf"(?P<day>[昨今明])(?P<part>晚上|晚|晨|早上|早)(?: ?(?:{_SPOKEN}))?"),
        _part_of_day,
    ),
)
