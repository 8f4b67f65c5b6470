"""What a sentence carries from clause to clause: who acts, what began a deed, what it is for."""

from linli.reader.measures.verbs import Verb
from linli.reader.patterns import lazy

# A short clause that the deed after the comma belongs to: 依托社区,开展…; 市人社局高度重视,举办….
_PRELUDE = lazy(
    r"依托|在[^,]{2,30}(?:校|区|县|市|州|镇|乡|村|街道|中心|站|所|园|院|场|馆|企业|单位|机关|楼|厅|店)$|按照“■+”的[^,]{1,6}$|[^,]{2,14}高度重视$|[^,]{2,8}联合[^,]{2,8}$|由[^,]{2,12}牵头$|[^,]{2,40}一行$|坚持每[^,]{1,8}次$|每[逢年月周季到][^,]{0,14}$"
    r"|(?:结合|利用|借助)(?:开展|举办)[^,]{4,80}等活动$|[^,]{3,80}(?:采取|通过)[^,]{2,80}等(?:多种)?(?:方式|形式|办法|手段)$"
)
# What the clause before is, or matters to: then it was the subject and no deed.
_SAYS_OF_IT = (
    "是",
    "事关",
    "既是",
    "正是",
    "就是",
    "也是",
    "不仅是",
    "关系到",
    "意义重大",
    "至关重要",
)
# What begins so may say it; without one of these a clause need not be asked.
SAYING = frozenset(words[0] for words in _SAYS_OF_IT)
TELLERS = ("记者", "笔者", "采访团")
_TELLING = frozenset(teller[0] for teller in TELLERS)
# How a clause that `pass_over` takes note of begins or ends.
PRELUDE_FIRSTS = frozenset("依按每在利借") | _TELLING
PRELUDE_LASTS = frozenset("视头行次动式法段区县市州旗局委办会院校部司道位门业社团")


# A deed: (start, end, verb, who is printed in the span, who is carried over, how far).
Told = tuple[int, int, Verb, tuple[int, int] | None, tuple[int, int] | None, str]


class Thread:
    """What a sentence carries from clause to clause.

    subject: who acts; prelude: where a clause began that belongs to the next deed; purpose: the
    sentence still says what for.
    """

    __slots__ = ("prelude", "purpose", "subject")

    def __init__(self, subject: tuple[int, int] | None) -> None:
        self.subject = subject
        self.prelude: int | None = None
        self.purpose = False

    def pass_over(self, masked: str, start: int, end: int) -> None:
        """Take note of a clause without a deed if it belongs to the deed after the comma."""
        if _PRELUDE.match(masked, start, end):
            self.prelude = start
            if masked.endswith("一行", start, end):
                self.subject = start, end
        elif masked.startswith(TELLERS, start):
            self.subject = start, end

    def tell(self, start: int, end: int, verb: Verb, how: str) -> Told:
        """Return the deed of a clause, with the prelude that belongs to it."""
        if self.prelude is not None:
            start, self.prelude = self.prelude, None
        if self.subject is None or self.subject[0] < start:
            return start, end, verb, None, self.subject, how
        return start, end, verb, self.subject, None, how


def is_told_of(masked: str, subject: tuple[int, int] | None, closed: int) -> bool:
    """Tell whether the clause is what the next one speaks of, or what a reporter did."""
    return masked.startswith(_SAYS_OF_IT, closed + 1) or (
        subject is not None and masked.startswith(TELLERS, subject[0])
    )
