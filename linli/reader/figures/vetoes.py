"""Numerals that count nothing: ordinals, identifiers, formulas, idioms, relative times."""

from linli.reader.patterns import lazy
from linli.reader.units import Word

_SLOGAN = lazy(
    "个(?:意识|自信|维护|确立|代表|全面|离不开|认同|一(?!百)|百年|毫不动摇|务必|结合|面向|伟大|服务|最严|转变|坚持|共同|不[^同]"
    "|方面|层面|维度|角度|环节|阶段|层次|时期|时代|关键|方向|重点|关系|统筹|必须|革命|能力|问题|突出|原则|字|带头|同步|决不|绝不"
    "|到位|先锋|更加|牢牢|善于|大局|责任|相|故事|和尚|没有|尊重|高于|有利于|全覆盖|文明|地方)"
)
_IDIOM = lazy(
    "位一体|位数|支一扶|套班子|项规定|项基本|项纪律|面八方|亩三分|斤八两|家争鸣|家之言|家万户|人成虎|人行|人社|级跳|次元|次方"
    "|次产业|条例|条腿|条龙|天两头|天打|件事不|本账|部曲|部委|口之家|次会议|部合成|部法宝|张皮|张网|块牌子|个半球|家渠|台山|台县"
    "|台区|支队(?!伍)|处奔|所八站|处张|处寻|次分配|次创业|条战线|天一夜|年级|小时工作制|年规|年行动|小时不"
)
# Measure words that make a count of a small Chinese numeral: 九条, never 三农.
_LOANED = frozenset(
    "个项名位条家户次场人所座批件支台辆艘架间套幅篇首张本款种类岁元天米公里亩吨斤倍成年小起处份部只头对枚万海周颗朵针副块"
)
_NEVER_CHINESE = frozenset("大级点分面层方站城国省市县乡镇村度节字")
_ODD = ("余", "多")
_RANKED = frozenset("第每前")
_BEFORE_FRONT = frozenset("目当以提日之年月此先眼生")  # 目前5个 counts, 前5个 ranks
_FORMULA = frozenset("+×*=^#@№_\\")
# Signs before a numeral, and with which words before them it is none: 3.5, 12:30, mg/100ml, 东经103度,
# a page's own counter, what a terminal reads as a colour, what no page prints.
_LEADS = frozenset(".:/[;纬经\x00\x07\x08\x0e\x0f\x1b\x7f")
_LED = lazy(
    r"[0-9][.:]$|[0-9A-Za-z]/$|[北南]纬$|[东西]经$|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?:$"
    r"|\x1b\[[0-9;]{0,7}$|[\x00-\x08\x0e-\x1f\x7f]$"
)
_RELATIVE_BEFORE = lazy(
    "(?:(?<![将接逼])近|前|后|每|头|这|隔|[过逝]去|过去的?|未来的?|今后的?|最近的?|往后|上|下|新的)$"
)
_RELATIVE_AFTER = frozenset("前后来间内")
# Arabic numerals that a measure word cannot stand behind: 2019年, 19大, 8点, 3方.
_ARABIC_REFUSED = {
    "年": lazy("(?:20[1-9]|2[1-9][0-9]|[3-9][0-9]{2}|[0-9]{4,})"),
    "大": lazy("18|19|20"),
    "点": lazy("[^.]*"),
    "方": lazy(".*[^万亿]"),
}
# What before an Arabic numeral makes the word a minute, a floor to go to, a page of so many.
_ARABIC_NOT_AFTER = {
    "分": lazy("[时点:度]$"),
    "层": lazy("[楼座栋幢厦元]$"),
    "页": lazy("页 共$"),
}
_AGES = lazy("[约逾]|距今|长达|历经|超过")  # 约2000年 lasts
_MEDALS = frozenset("金银铜")
_MEDAL_FOLLOWS = frozenset("0123456789一二两三四五六七八九十,。、;的!)") | {""}
_CIRCLE = lazy("[^,。;]{0,8}圈")
_LASTING = lazy(
    "(?:为期|历时|长达|连续|持续|用时|历经|耗时|已有|满|用|达|时隔|徒刑|共|了|超|逾|约|不足|不到|不少于|近)$"
)


def is_name(view: str, start: int, end: int, *, floor: int) -> bool:
    """Tell whether a numeral is a rank (第三, 前10名), a denominator (每10万) or in an identifier."""
    previous = view[start - 1] if start > floor else ""
    if previous in _RANKED and previous:
        return previous != "前" or view[start - 2 : start - 1] not in _BEFORE_FRONT
    return view[start].isascii() and is_identifier(view, start, end, floor=floor)


def is_identifier(view: str, start: int, end: int, *, floor: int) -> bool:
    """Tell whether an Arabic numeral is part of a code, formula, version, score or phone number."""
    if end - start > 20 or (view[start] == "0" and view[start + 1 : start + 2].isdigit()):
        return True
    if view[end : end + 1] in _FORMULA:
        return True
    if start == floor:
        return False
    previous, earlier = view[start - 1], view[start - 2] if start - floor > 1 else " "
    if previous in _FORMULA or (previous.isascii() and previous.isalnum()):
        return True
    if previous in _LEADS:
        return _LED.search(view, max(floor, start - 9), start) is not None
    return previous == "-" and earlier.isascii() and earlier.isalpha()


def is_idiom(view: str, end: int) -> bool:
    """Tell whether what follows a small Chinese numeral makes it a fixed phrase (四个意识)."""
    return _SLOGAN.match(view, end) is not None or _IDIOM.match(view, end) is not None


def is_relative(view: str, start: int, end: int, *, floor: int) -> bool:
    """Tell whether a stretch of time only says when (近三年, 5天后), and so is no figure."""
    if _CIRCLE.match(view, end):
        return True
    if view[end : end + 1] in _RELATIVE_AFTER and view[end : end + 2] != "内容":
        return True
    before = _RELATIVE_BEFORE.search(view, max(floor, start - 4), start)
    return before is not None and not (before[0] == "近" and view[end - 1] in "时钟秒")


def lasts(view: str, start: int, end: int, *, floor: int) -> bool:
    """Tell whether the text says that something took this long (为期一个月, 三年时间)."""
    if view.startswith(("时间", "之久", "之多", "有余", "多时间"), end):
        return True
    return _LASTING.search(view, max(floor, start - 4), start) is not None


def refuses_arabic(view: str, start: int, end: int, word: Word, *, floor: int) -> bool:
    """Tell whether an Arabic numeral with this measure word is a date, a rank or a name."""
    surface, plain = view[start:end], word.plain
    if plain == "年" and (view[end] in _ODD or _AGES.search(view, max(floor, start - 2), start)):
        return False
    if refused := _ARABIC_REFUSED.get(plain):
        return refused.fullmatch(surface) is not None
    if before := _ARABIC_NOT_AFTER.get(plain):
        return before.search(view, max(floor, start - 3), start) is not None
    if plain == "级":
        return "." not in surface and not view.startswith(("地震", "大风", "台风"), word.end)
    return plain in _MEDALS and not _is_medal(view, start, word.end)


def _is_medal(view: str, start: int, end: int) -> bool:
    if view[start - 1 : start] == "险" or view.startswith(("925", "999", "990"), start):
        return False  # 五险一金, 925银
    return view[end : end + 1] in _MEDAL_FOLLOWS or view[start - 1 : start] in tuple(_MEDALS)


def refuses_chinese(view: str, start: int, end: int, word: Word, *, floor: int) -> bool:
    """Tell whether a Chinese numeral with this measure word is a phrase, not a count."""
    if is_idiom(view, end):
        return True
    if view[end : end + 1] in _ODD:  # 十余区县
        return False
    if word.plain[0] in _NEVER_CHINESE:
        return True
    if word.plain in _MEDALS:
        return not _is_medal(view, start, word.end)
    return end - start == 1 and _is_small_phrase(view, start, word, floor=floor)


def _is_small_phrase(view: str, start: int, word: Word, *, floor: int) -> bool:
    """Tell whether one Chinese digit and a measure word are a phrase: 二次, 三人, 一元, 最后一公里."""
    if word.plain[0] not in _LOANED:
        return True
    person = word.plain == "人" or view.startswith("个人", word.end - 1)
    if view[start] == "二" or (person and view[start] in "一两三"):
        return True
    if word.plain in ("公里", "米"):
        return view[max(floor, start - 2) : start] == "最后"
    return word.plain == "元" and view[start] == "一"
