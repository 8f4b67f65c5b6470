"""What a figure is called, what section a measure stands in, and which known indicator is meant. Pure."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from linli.reports.rules.likeness import likeness, phrase

# A wrong indicator puts a true number under a false name: more is asked than between two sentences.
SURE = 75.0
_COUNTER = re.compile(r"(?:次数|件数|场数|场次|期数|人次|人数|户数|册数|面积|金额|总数|[数额])$")
_WEAK = re.compile(r"(?:左右|提高|下降|增长|上升|达到|[由为至达到中其])$")
_EDGE = re.compile(r"^[\s,;:、。]+|[\s,;:、。]+$")
_OPEN_END = re.compile(r"(?:以上|以下|左右|不少于|不超过|达到|[达为超近约])+$")
_LEADING = re.compile(r"^(?:其中|并|同时|还|已|全年|先后|累计|共计|共)+")
_NUMBERED = re.compile(
    r"^\s*(?:[((]?[一二三四五六七八九十百]+[))、.]?|[((]?\d+[))、.])\s*[、.]?\s*"
)
_GROUP = re.compile(r"少数民族|少數民族|民族人口|(?:[汉回藏壮苗彝满傣侗瑶白]|维吾尔|蒙古)族")
_OF_PEOPLE = frozenset({"person", "person_time", "household"})
_KINDS = frozenset({"count", "money", "rate", "growth", "area", "length", "duration"})
_SAME_THING = frozenset({"案件", "活动", "会议", "工作", "项目", "资金"})
# A unit as offices write it, and as the reader calls it.
_UNITS = {
    "人": "person", "名": "person", "人次": "person_time", "户": "household", "元": "CNY", "平方米": "m2",
    "次": "occasion", "场": "session", "场次": "session", "期": "session", "件": "item", "个": "item",
    "项": "item", "条": "item", "所": "school", "册": "copy",
}  # fmt: skip
_STOP = re.compile(r"[。!?！？;；\n]")
_NEAR = 12  # characters
_CORE = 90.0  # the indicator's own noun stands in the sentence, word for word


class Known(NamedTuple):
    """One indicator as far as a comparison asks."""

    code: str
    name: str
    unit: str


def figure_name(reading: Mapping[str, Any], figure: Mapping[str, Any]) -> str:
    """Return what a figure counts, in the report's words: its clause without doer and number, or its noun."""
    for pair in reading["pairs"]:
        if figure["role"] in {"before", "after"} and figure["value"] == pair[figure["role"]]:
            return str(pair["metric"] or "")[:120]
    counted = figure["counted"] or ""
    noun = "" if _WEAK.search(counted) else counted[:120]
    for measure in reading["measures"]:
        own = measure.get("figures", ())
        if figure["id"] in own and not (noun and (len(own) > 1 or figure["unit"] == "%")):
            return _clause(reading, measure)[:120]
    return noun


def section_of(reading: Mapping[str, Any], start: int) -> Mapping[str, Any] | None:
    """Return the innermost heading above a place in the text, or None."""
    above = [heading for heading in reading["headings"] if heading["end"] <= start]
    return above[-1] if above else None


def bare(heading: str) -> str:
    """Return a heading without its number: 二、2019年工作打算 is 2019年工作打算."""
    return _NUMBERED.sub("", heading).strip()


def meant(name: str, unit: str, known: Iterable[Known]) -> tuple[Known, float] | None:
    """Return the indicator of the same unit that a figure of this name is of, or None when none is sure."""
    about = phrase(name)
    scored = [
        (_score(name, about.about, indicator), indicator)
        for indicator in known
        if _UNITS.get(indicator.unit, indicator.unit) == unit
    ]
    best = sorted(scored, key=lambda each: (-each[0], each[1].code))[:2]
    if not best or best[0][0] < SURE:
        return None
    if len(best) > 1 and best[1][0] == best[0][0]:  # two fit equally: a person decides
        return None
    return best[0][1], best[0][0]


def indicator_code(name: str, unit: str) -> str:
    """Return the code of an indicator that a report brought: the same name and unit, the same code."""
    return f"reported.{sha256(f'{unit} {phrase(name).about}'.encode()).hexdigest()[:10]}"


def kind_of(kind: str) -> str:
    """Return the kind of an indicator for the kind of a figure."""
    return kind if kind in _KINDS else "other"


def counts_people(unit: str) -> bool:
    """Say whether figures of this unit count people."""
    return unit in _OF_PEOPLE


def of_a_group(words: str) -> bool:
    """Say whether words are about a group of people, of which official statistics alone may give figures."""
    return bool(_GROUP.search(words))


def beside(reading: Mapping[str, Any], figure: Mapping[str, Any]) -> str:
    """Return a figure with the words right before and behind it in its sentence."""
    text: str = reading["text"]
    before = _STOP.split(text[max(0, figure["start"] - _NEAR) : figure["start"]])[-1]
    behind = _STOP.split(text[figure["end"] : figure["end"] + _NEAR])[0]
    return before + text[figure["start"] : figure["end"]] + behind


def _clause(reading: Mapping[str, Any], measure: Mapping[str, Any]) -> str:
    text, start, end = reading["text"], measure["start"], measure["end"]
    cuts = [
        (item["start"], item["end"])
        for kind in ("figures", "dates")
        for item in reading[kind]
        if start <= item["start"] and item["end"] <= end
    ]
    actor = measure.get("actor") or ""
    if actor and text.startswith(actor, start):
        cuts.append((start, start + len(actor)))
    left = text[start:end]
    for begin, over in sorted(cuts, reverse=True):
        left = left[: begin - start] + left[over - start :]
    return _OPEN_END.sub("", _EDGE.sub("", _LEADING.sub("", _EDGE.sub("", left))))


def _score(name: str, about: str, indicator: Known) -> float:
    core = _COUNTER.sub("", phrase(indicator.name).about)
    _, there, rest = about.rpartition(core)
    if len(core) > 1 and there and (len(rest) < 2 or rest in _SAME_THING):
        return _CORE + len(core) / 100  # of two that fit, the longer noun
    # A noun that stands before another one counts that other thing: a legal aid station is no legal aid.
    return 0.0 if there else likeness(phrase(name), phrase(core))
