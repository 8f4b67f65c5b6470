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
    r"|minzu|zongjiao|xinyang|jiguan|shenfenzheng|renlian|guiji|huji"
    r"|民族成份|民族成分|族别|宗教|信仰|籍贯|身份证|人脸|车牌|轨迹|政治面貌|户籍",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\s*(民族|种族|種族|姓名|性别|性別|出生日期|手机号?码?|手機號?碼?|name of person)\s*",
    re.IGNORECASE,
)


def refuse_traits(columns: Iterable[str]) -> None:
    """Refuse a table of people before anything of it is kept.

    Refuses: trait_of_a_person when a column's name stands for a trait of a person or for a person.
    """
    for column in columns:
        if TRAIT.search(column.replace(" ", "_")) or _ALONE.fullmatch(column):
            raise Refused(
                "trait_of_a_person",
                _(
                    "A column of this table describes persons. Linli keeps no trait of a person: "
                    "remove the column and bring the table again. Nothing of the file was kept."
                ),
            )
