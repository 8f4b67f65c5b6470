"""What a vacancy may ask for: skills, papers, times; never what somebody is. And how a row of a table is read. Pure.

Nobody is asked for an age (but for the sixteen or eighteen years that the law asks for), a sex, a people, a
faith, a party, a home district, a marriage, or looks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_PEOPLES = (
    "汉|漢|蒙古|回|藏|维吾尔|維吾爾|苗|彝|壮|壯|布依|朝鲜|朝鮮|满|滿|侗|瑶|瑤|白|土家|哈尼|哈萨克|哈薩克|傣|黎|傈僳|佤|畲|高山|拉祜|水"
    "|东乡|東鄉|纳西|納西|景颇|景頗|柯尔克孜|柯爾克孜|土|达斡尔|達斡爾|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|錫伯|阿昌|普米|塔吉克|怒"
    "|乌孜别克|烏孜別克|俄罗斯|俄羅斯|鄂温克|鄂溫克|德昂|保安|裕固|京|塔塔尔|塔塔爾|独龙|獨龍|鄂伦春|鄂倫春|赫哲|门巴|門巴|珞巴"
    "|基诺|基諾"
)
_FREE = re.compile(
    r"(?:年[龄齡]|性[别別]|男女|民族|婚育|婚否|户籍|戶籍)(?:、(?:年[龄齡]|性[别別]|民族|户籍|戶籍))*(?:均)?(?:不限|不[拘论論])"
    r"|不限(?:年[龄齡]|性[别別]|男女|民族|婚育|户籍|戶籍)|年[满滿]\s*1[68]\s*周?[岁歲](?:以上)?|1[68]\s*周[岁歲]以上|水族[馆館箱]"
    r"|(?:at least|over) 1[68] years(?: old| of age)?",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"年[龄齡]|\d\s*周?[岁歲]|性[别別]|男性|女性|[限仅僅招]\s*[男女]|男女|男士|女士|先生|小姐|帅哥|美女|未婚|已婚|已育|未育|婚育|婚否"
    rf"|形象|相貌|五官|身高|体形|體形|[党黨][员員]|户口|戶口|本地人|外地人|信教|教徒|(?:{_PEOPLES})族"
    r"|\b(?:fe)?males?\b|\b(?:wo)?men\b|\b(?:wo)?man\b|\bage[ds]?\b|\byears old\b|\bmarried\b|\bsingle status\b"
    r"|\bgood[- ]looking\b|\bheight\b",
    re.IGNORECASE,
)

FIELDS: dict[str, tuple[str, ...]] = {
    "employer": ("用人单位", "單位名稱", "单位名称", "企业名称", "企業名稱", "employer"),
    "title": ("岗位", "岗位名称", "職位", "崗位", "崗位名稱", "职位", "post"),
    "posts": ("人数", "招聘人数", "人數", "招聘人數", "how many"),
    "area": ("工作地点", "工作地點", "地点", "place"),
    "employment": ("用工形式", "工作性质", "工作性質", "employment"),
    "pay_from": ("月薪下限（元）", "月薪下限", "最低月薪", "pay from"),
    "pay_to": ("月薪上限（元）", "月薪上限", "最高月薪", "pay to"),
    "description": ("岗位职责", "崗位職責", "工作内容", "what there is to do"),
    "requirements": ("任职要求", "任職要求", "岗位要求", "what it takes"),
    "valid_until": ("有效期至", "截止日期", "有效期", "open until"),
}
NEEDED = ("employer", "title", "posts", "area", "valid_until")
EMPLOYMENTS = {
    "FULL_TIME": ("全职", "全日制", "全職", "full time"),
    "PART_TIME": ("兼职", "非全日制", "兼職", "part time"),
    "TEMPORARY": ("临时", "临时工", "季节工", "臨時", "temporary"),
    "INTERN": ("实习", "见习", "實習", "internship"),
}
LONGEST = {"title": 120, "description": 4000, "requirements": 2000}
MOST_POSTS, MOST_PAY, MOST_DAYS = 9999, 1_000_000, 366


def unfair(text: str) -> str:
    """Return the first words that ask what somebody is; "" when only what they can do is asked for."""
    found = _ASKS.search(_FREE.sub(" ", text))
    return found[0].strip() if found else ""


@dataclass(frozen=True, slots=True)
class Read:
    """One row as it was read: values of what could be understood, and a code of what is wrong, by field."""

    line: int
    cells: Mapping[str, str]
    values: Mapping[str, object]
    wrongs: Mapping[str, str]


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return which column says what; a field that no column names is left out."""
    plain = [name.strip().rstrip("*＊").strip().lower() for name in header]
    return {
        field: plain.index(found)
        for field, names in FIELDS.items()
        if (found := next((one for one in names if one in plain), None)) is not None
    }


def read_row(line: int, cells: Mapping[str, str], today: date) -> Read:
    """Return one row of a table of vacancies, with everything that is wrong with it."""
    values: dict[str, object] = {}
    wrongs: dict[str, str] = {}
    for field in FIELDS:
        said = cells.get(field, "").strip()
        if not said:
            if field in NEEDED:
                wrongs[field] = "missing"
            continue
        value, wrong = _value(field, said, today)
        if wrong:
            wrongs[field] = wrong
        else:
            values[field] = value
    low, high = values.get("pay_from"), values.get("pay_to")
    if isinstance(low, int) and isinstance(high, int) and high < low:
        wrongs["pay_to"] = "pay_wrong"
    return Read(line, dict(cells), values, wrongs)


def _value(field: str, said: str, today: date) -> tuple[object, str]:
    if field in {"posts", "pay_from", "pay_to"}:
        return _number(said, MOST_POSTS if field == "posts" else MOST_PAY)
    if field == "valid_until":
        return _day(said, today)
    if field == "employment":
        kind = next((one for one, names in EMPLOYMENTS.items() if said.lower() in names), None)
        return kind, "" if kind else "unknown_employment"
    if len(said) > LONGEST.get(field, 120):
        return None, "too_long"
    return said, "unfair" if field in LONGEST and unfair(said) else ""


def _number(said: str, most: int) -> tuple[int | None, str]:
    plain = said.replace(",", "").replace("，", "").removesuffix("元").removesuffix("人")
    if not plain.isascii() or not plain.isdigit() or not 1 <= int(plain) <= most:
        return None, "not_a_number"
    return int(plain), ""


def _day(said: str, today: date) -> tuple[date | None, str]:
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", said)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        return None, "not_a_day"
    return (day, "") if today <= day <= today + timedelta(days=MOST_DAYS) else (None, "day_wrong")
