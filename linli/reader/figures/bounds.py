"""How exact a number is meant to be: 近, 约, 余, 不少于, 以上 and their kin, as tables."""

_BEFORE: dict[str, str] = {
    "approx": "约 大约 约为 约有 约占 大概 大致 大体 估计",
    "approx_below": "近 将近 接近 逼近 直逼 临近 近乎 已近",
    "more_than": "超 超过 超过了 已超 已超过 远超 超出 逾 已逾 突破 突破了 多于 高于 大于 破 > 愈",
    "at_least": "不少于 不低于 不小于 不下 不下于 至少 起码 最少 最低 ≥",
    "at_most": "不超过 不超 不多于 不高于 不大于 不得超过 至多 最多 最高 最高可达 ≤",
    "less_than": "不足 不到 未满 不满 低于 少于 小于 未达 未超过 <",
    "vague": "数 几 好几 上 成百 成百上 几十 十几",
}
PREFIXES = {word: bound for bound, words in _BEFORE.items() for word in words.split()}

SUFFIXES = {
    "及以上": "at_least",
    "或以上": "at_least",
    "以上": "at_least",
    "及以下": "at_most",
    "以下": "at_most",
    "以内": "at_most",
    "之内": "at_most",
    "左右": "approx",
    "上下": "approx",
    "有余": "more_than",
    "开外": "more_than",
    "多": "more_than",
    "余": "more_than",
}

# A prefix of one character may end another word: 附近3个村, 节约3万元, 赶超5家.
_NOT_AFTER = {
    "近": "附最就邻靠亲远临毗相",
    "约": "节预签制合履违续特契邀相公条俭简纽",
    "超": "赶高班",
    "破": "打侦突",
    "数": "人次户个总多少岁倍指系件项天种",
    "上": "以网线路晚早身向加赶跟升追合带马会",
    "最高": "",
}
_ONLY_BEFORE_ROUND = frozenset(("数", "几", "好几", "上", "成百", "成百上", "十几"))
_ROUND = frozenset("十百千万亿")
_LAST_MARKS = frozenset(word[-1] for word in PREFIXES)
_FIRST_MARKS = frozenset(word[0] for word in SUFFIXES)
_LONGEST_PREFIX = max(map(len, PREFIXES))


def is_round(surface: str) -> bool:
    """Tell whether a numeral is a bare 十, 百, 千万: the only ones that 数, 几 and 上 go with."""
    return _ROUND.issuperset(surface)


def before(view: str, start: int, surface: str = "", *, floor: int) -> tuple[str, int] | None:
    """Return (bound, where its word begins) of a word that ends at `start`, or None.

    floor: where the line begins. surface: the numeral, which 数, 几 and 上 go with if it is round.
    """
    if start > floor and view[start - 1] == " ":
        start -= 1
    if start == floor or view[start - 1] not in _LAST_MARKS:
        return None
    for length in range(min(_LONGEST_PREFIX, start - floor), 0, -1):
        word = view[start - length : start]
        bound = PREFIXES.get(word)
        if bound is None or (word in _ONLY_BEFORE_ROUND and not (surface and is_round(surface))):
            continue
        previous = view[start - length - 1 : start - length] if start - length > floor else ""
        if previous and previous in _NOT_AFTER.get(word, ""):
            return None
        return bound, start - length
    return None


def behind(view: str, end: int) -> tuple[str, int] | None:
    """Return (bound, where its word ends) of a word that begins at `end`, or None."""
    if view[end : end + 1] not in _FIRST_MARKS:
        return None
    for length in (3, 2, 1):
        if bound := SUFFIXES.get(view[end : end + length]):
            return (bound, end + length) if _is_free(view, end, length) else None
    return None


def _is_free(view: str, end: int, length: int) -> bool:
    """Tell whether 多 or 余 is not the beginning of another word (3倍多元化, 5个多民族社区)."""
    following = view[end + length : end + length + 1]
    return length > 1 or not following or following in ",。;、:)的" or view[end - 1] in "年天里斤倍"
