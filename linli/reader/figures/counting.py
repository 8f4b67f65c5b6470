"""Does this numeral count something? Its measure word, its neighbours and its own shape decide."""

from linli.reader import numerals, units
from linli.reader.figures import amounts, bounds, drafts, glosses, money, nouns, vetoes
from linli.reader.figures.drafts import Draft
from linli.reader.units import Unit, Word

_ODD = frozenset("余多来几")
_DIGITS = frozenset("一二两三四五六七八九")
_BEGINNINGS = units.BEGINNINGS | frozenset("余多来几半 ")
_SCALES = frozenset("十百千万亿拾佰仟廿卅点")
_NAMES_AFTER_SCALE = frozenset("达科象州里圣能众物般一历寿福隆华源家联阳宝")
# What a bare 百 or 千 may count without 近 or 上 before it: 百款, but not 百年, 百家.
_ROUNDLY = frozenset(["人次", "名", "款", "场", "部", "幅", "首", "台", "辆", "件"])
_CLOSES = frozenset(",。;、:)!?") | {""}
_CALLED = frozenset(["110", "119", "120", "122", "211", "985"])  # 120救护车, 211高校
_SECONDS = Unit("second", "duration")


def read(view: str, start: int, end: int, *, floor: int) -> Draft | None:
    """Return the figure of the numeral [start, end), or None when it counts nothing.

    floor: where the line begins; nothing before it is looked at.
    """
    if end - start == 1 and view[start] in _DIGITS and view[end : end + 1] not in _BEGINNINGS:
        return None  # 统一, 三农: nine in ten of all Chinese digits
    if vetoes.is_name(view, start, end, floor=floor):
        return None
    found = units.behind(view, start, end)
    if view[end - 2 : end] == "两两":
        return None
    if found and found[0] < end and not (found[1].plain == "两" and end - start < 3):
        return drafts.complete(view, start, found[0], found[1], stop=found[0], floor=floor)
    stop = _behind_odd(view, end)
    word = _word(view, stop, found[1] if found and stop == end else units.at(view, stop))
    if word:
        if view[word.end : word.end + 1] == "(":
            word = glosses.onward(view, word)
        return _with_word(view, start, end, stop, word, floor=floor)
    weighed = drafts.half(view, start, end, floor=floor)
    return weighed or _bare(view, start, end, stop, floor=floor)


def _with_word(
    view: str, start: int, end: int, stop: int, word: Word, *, floor: int
) -> Draft | None:
    if word.plain == "分" and (clock := amounts.clocked(view, start)):
        return Draft(start, clock[1], start, clock[1], clock[0], _SECONDS, "exact")
    refuses = vetoes.refuses_arabic if view[start].isascii() else vetoes.refuses_chinese
    if refuses(view, start, end, word, floor=floor):
        return None
    if not _counts(view, start, end, stop, word, floor=floor):
        return None
    return drafts.complete(view, start, end, word, stop=stop, floor=floor)


def _behind_odd(view: str, end: int) -> int:
    """Return where the 余 or 多 behind a numeral ends, a space before it included."""
    following = view[end : end + 1]
    if following == "(":
        end = glosses.after(view, end)
        following = view[end : end + 1]
    if following in _ODD:
        return end + 1
    return end + 2 if following == " " and view[end + 1 : end + 2] in _ODD else end


def _word(view: str, stop: int, word: Word | None) -> Word | None:
    """Return the measure word at `stop`, a half or a space before it included."""
    following = view[stop : stop + 1]
    if following == "个":
        return _half_past(view, stop) or word
    return units.at(view, stop + 1) if following == " " and word is None else word


def _half_past(view: str, stop: int) -> Word | None:
    """Return the unit of 两个半小时; `amounts.with_rest` adds the half."""
    if not view.startswith("个半", stop):
        return None
    if view.startswith("月", stop + 2):
        return Word(stop + 3, Unit("month", "duration"), "个半月")
    word = units.at(view, stop + 2)
    return word._replace(plain="个半" + word.plain) if word else None


def _counts(view: str, start: int, end: int, stop: int, word: Word, *, floor: int) -> bool:
    """Tell whether a numeral with a measure word is a count: 一个 is not, 近百名 is."""
    arabic = view[start].isascii()
    if word.unit.kind == "duration":
        if vetoes.is_relative(view, start, word.end, floor=floor):
            return False
        if not arabic and word.unit.name != "hour":
            return vetoes.lasts(view, start, word.end, floor=floor)
    return arabic or stop > end or _is_chinese_count(view, start, end, word, floor=floor)


def _is_chinese_count(view: str, start: int, end: int, word: Word, *, floor: int) -> bool:
    surface = view[start:end]
    if surface == "一":
        return word.plain in "倍金银铜" or _is_stressed(view, start, floor=floor)
    if surface != "十" and bounds.is_round(surface):
        return word.plain in _ROUNDLY or _has_prefix(view, start, surface, floor=floor)
    if len(surface) > 1 and not _SCALES.intersection(surface):
        return len(surface) == 2 and numerals.is_pair(surface)
    return True


def _is_stressed(view: str, start: int, *, floor: int) -> bool:
    cued = view[max(floor, start - 2) : start] in ("为期", "历时")
    return cued or _has_prefix(view, start, "一", floor=floor)


def _has_prefix(view: str, start: int, surface: str, *, floor: int) -> bool:
    return bounds.before(view, start, surface, floor=floor) is not None


def _bare(view: str, start: int, end: int, stop: int, *, floor: int) -> Draft | None:
    """Return the figure of a numeral without a measure word, if a noun or a metric vouches for it."""
    following = view[stop : stop + 1]
    if following.isascii() and following.isalnum():
        return None
    scaled = view[end - 1] in "万亿兆" or stop > end
    if view[start].isascii():
        unit = _unit_of_arabic(view, start, end, stop, scaled=scaled, floor=floor)
    else:
        unit = _unit_of_chinese(view, start, end, stop, scaled=scaled, floor=floor)
    if unit is None:
        return None
    word = Word(max(stop, end), unit, "")
    return drafts.complete(view, start, end, word, stop=stop, floor=floor)


def _unit_of_arabic(
    view: str, start: int, end: int, stop: int, *, scaled: bool, floor: int
) -> Unit | None:
    if start > floor and (signed := money.sign(view, start, floor=floor)):
        return Unit(signed[0], "money")
    if scaled:
        if view[stop : stop + 1] in _NAMES_AFTER_SCALE:
            return None
        return nouns.directly(view, stop) or nouns.around(view, start, stop, floor=floor)
    if nouns.is_measured(view, start, floor=floor):
        return Unit("item", "index")
    if view[start:end] in _CALLED:
        return None
    year_like = end - start == 4 and view.startswith(("19", "20"), start)
    return None if year_like else nouns.directly(view, stop)


def _unit_before(view: str, start: int, end: int, *, floor: int) -> Unit | None:
    """Return what the noun before says of a bare 百万 or 上亿 (人口近百万), if it says anything."""
    unit = nouns.named_before(view, start, floor=floor) if view[end - 1] in "万亿" else None
    return unit if unit and view[end : end + 1] in _CLOSES else None


def _unit_of_chinese(
    view: str, start: int, end: int, stop: int, *, scaled: bool, floor: int
) -> Unit | None:
    vouched = stop > end or (scaled and end - start > 1)
    if vouched or (
        bounds.is_round(view[start:end]) and _has_prefix(view, start, view[start:end], floor=floor)
    ):
        return nouns.directly(view, stop) or _unit_before(view, start, end, floor=floor)
    return None
