"""Words that name a trait of a person. No field, form, column or index of ours may carry one.

The limits stand in PRIVACY.md 1: the tests scan every model and form against this list, and a table
that somebody brings is refused at the door when a column of it does.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused

TRAIT = re.compile(
    r"(?<![a-z])(ethnic|nationality|race(?![a-z])|religio|faith|belief|prayer|politic|opinion|party_member"
    r"|birth_?place|native_?place|id_?(number|card)|face|plate|biometric|fingerprint|risk|score_of"
    r"|device|imei|location_trail|geolocation|latitude|longitude|diet|halal_eater|skin|dress(?![a-z]))"
    r"|minzu|zongjiao|xinyang|jiguan|shenfenzheng|renlian|guiji|huji|chepai|zhengzhi_?mianmao"
    r"|民族成份|民族成分|族别|族別|宗教|信仰|籍贯|籍貫|身份证|身份證|人脸|人臉|车牌|車牌|轨迹|軌跡"
    r"|政治面貌|户籍|戶籍",
    re.IGNORECASE,
)
# A cell that says only this heads a column about persons, on whichever line of the head it stands.
_HEADS_PERSONS = re.compile(
    r"\s*(民族|种族|種族|姓名|性别|性別|年龄|年齡|出生日期|出生年月|手机号?码?|手機號?碼?|身份证号?码?|身份證號?碼?"
    r"|族别|族別|宗教信仰|信仰|籍贯|籍貫|户籍|戶籍|政治面貌|name of person|date of birth)\s*",
    re.IGNORECASE,
)
# What a column of a table of figures may say, and no field about a person.
_OF_A_PEOPLE = re.compile(r"民族(?!宗教)|种族|種族")
# The name of an office and of a programme: matters, and no trait of whoever asks about them.
_MATTERS = re.compile(
    r"(?<!少数)(?<!少數)民族(宗教)?(事[务務]|工作|政策)|民宗|民族[团團][结結]|中[华華]民族(共同[体體])?"
)
# GB 11643: six digits of an area, a day of birth, three digits and a check character.
_CITIZEN_NUMBER = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])"
)


def names_a_trait(said: str) -> bool:
    """Say whether a name, label or choice of a field of ours would stand for a trait of a person."""
    return bool(
        TRAIT.search(said.replace(" ", "_"))
        or _HEADS_PERSONS.fullmatch(said)
        or _OF_A_PEOPLE.search(said)
    )


def trait_in(said: str) -> str:
    """Return the first words that would stand for a trait of whoever has to do with it, "" for none."""
    plain = _MATTERS.sub(" ", said).replace(" ", "_")
    found = TRAIT.search(plain) or _OF_A_PEOPLE.search(plain)
    return found[0].replace("_", " ") if found else ""


def refuse_traits(columns: Iterable[str], head: Iterable[str] = (), text: str = "") -> None:
    """Refuse a table of people before anything of it is kept.

    columns: the header; head: every cell of the first lines; text: the whole table.
    Refuses: trait_of_a_person when a column's name stands for a trait of a person or for a person, or
    when the numbers of identity cards stand in it.
    """
    if (
        any(TRAIT.search(column.replace(" ", "_")) for column in columns)
        or any(_HEADS_PERSONS.fullmatch(cell) for cell in (*columns, *head))
        or _CITIZEN_NUMBER.search(text)
    ):
        raise Refused(
            "trait_of_a_person",
            _(
                "A column of this table describes persons. Linli keeps no trait of a person: "
                "remove the column and bring the table again. Nothing of the file was kept."
            ),
        )
