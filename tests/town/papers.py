"""Papers for tests: a written report of every kind of block, words that try to be code, figures by chance."""

from decimal import Decimal

from django.utils.translation import override
from hypothesis import strategies as st

from linli.facts.models.units import UNITS, unit_short
from linli.kernel.codes import code_of
from linli.reports.rules.paper import Figure, Heading, Listed, Paper, Paragraph, Plain, Table
from linli.reports.rules.writing import saying

HOST = "https://linli.example"
HOSTILE = (
    '#panic(1) #read("/etc/passwd") $x^2$ @source1 \\n " \' [ ] ( ) { } ` * _ ~ <a> = // /* {{x}} &amp; &#35; '
    "</w:t> <script>alert(1)</script> ${HOME} %s =cmd|'/c calc'!A1 العربية עברית \u202eabc\u202c é"
)
BOUNDS = ("exact", "approx", "approx_below", "more_than", "at_least", "at_most", "less_than")
# Units that share their word in print are one to a reader.
ALIKE = {"次": "occasion", "件": "item"}
_LONGEST_YEARS = 199  # above, a number before 年 is the name of a year


def said(words):
    return (Plain(words),)


def figure(words, number=1, about="受训人数，鹤岭市，2025年", value=""):
    return Figure(words, code_of(number), about, value)


def paper(*blocks, title="鹤岭市2025年度为民服务工作报告", language="zh-hans", **told):
    told = {"by": "鹤岭市人民政府办公室", "on": "2026年1月15日"} | told
    return Paper(title, language, blocks=blocks, **told)


def whole(words="各项工作稳步推进。"):
    """A report with one of everything; `words` stand wherever words can."""
    return paper(
        Heading(1, said("一、总体情况")),
        Paragraph((Plain("全年共培训妇女"), figure("近3.6万人", 1, value="36000"), Plain("，同比增长"),
                   figure("12%", 2, "受训人数的增长，鹤岭市，2025年", "12"), Plain("。"),
                   Plain(words, strong=True), Plain(words, emphasis=True))),
        Heading(2, (Plain("（一）服务站"), figure("120个", 3, "服务站个数，鹤岭市，2025年", "120"))),
        Listed(((Plain("举办招聘会"), figure("48场次", 4, words, "48"), Plain("；")), said(words)), numbered=True),
        Listed((said(words),)),
        Heading(3, said("各区情况")),
        Table(
            f"各区受训人数 {words}"[:200],
            (said("地区"), said("受训人数"), said("增长")),
            (
                (said("东城区"), (figure("1200人", 5, "受训人数，东城区，2025年", "1200"),), (figure("12%", 2, value="12"),)),
                (said("西城区"), (figure("不公布", 6, "受训人数，西城区，2025年"),), said(words)),
            ),
        ),
        Heading(4, said(words)),
        Heading(1, said("二、下一步工作")),
        Paragraph(said(words)),
    )  # fmt: skip


def _words_of(unit):
    with override("zh-hans"):
        return unit_short(unit)


@st.composite
def stated(draw):
    """A value with its bound and unit, and what a reader must make of it: (value, bound, unit)."""
    unit = draw(st.sampled_from(["%", *UNITS]))
    bound = draw(st.sampled_from(BOUNDS))
    if unit == "%":
        value = Decimal(draw(st.integers(1, 2000))).scaleb(-1)
    elif unit == "year":
        value = Decimal(draw(st.integers(1, _LONGEST_YEARS)))
    else:
        whole_number = st.integers(1, 10**9) | st.integers(1, 9999)
        round_number = st.builds(
            lambda n, zeros: n * 10**zeros, st.integers(1, 99), st.integers(1, 8)
        )
        part = st.builds(lambda n: Decimal(n).scaleb(-2), st.integers(1, 10**6))
        value = Decimal(draw(whole_number | round_number | part))
    words = unit if unit == "%" else _words_of(unit)
    return saying.Stated(value, bound, words), (value, bound, ALIKE.get(words, unit))


@st.composite
def cited(draw):
    """A report with figures by chance, and the set of what it cites."""
    given = draw(st.lists(stated(), min_size=1, max_size=14))
    spans = [
        figure(
            saying.said(one, "zh-hans"),
            number,
            f"指标，{draw(st.sampled_from(_PLACES))}，{draw(_YEARS)}年",
        )
        for number, (one, _told) in enumerate(given, 1)
    ]
    blocks, left = [Heading(1, said("一、总体情况"))], spans
    while left:
        taken, block = draw(_BLOCKS)(left)
        left = left[taken:]
        blocks += [block, *draw(_BETWEEN)]
    year = draw(_YEARS)
    return paper(*blocks, title=f"鹤岭市{year}年工作报告", on=f"{year + 1}年1月15日"), {
        told for _one, told in given
    }


_PLACES = ("鹤岭市", "东城区", "西城区")
_YEARS = st.integers(2010, 2030)
_BLOCKS = st.sampled_from((
    lambda left: (1, Paragraph((Plain("2024年，全市就业服务"), left[0], Plain("，各项工作稳步推进。")))),
    lambda left: (
        len(left[:2]),
        Paragraph((Plain("其中，参加人员为"), left[0], *(x for one in left[1:2] for x in (Plain("；服务群众"), one)), Plain("。"))),
    ),
    lambda left: (
        len(left[:3]),
        Listed(tuple((Plain("开展为民服务"), one, Plain("；")) for one in left[:3])),
    ),
    lambda left: (
        len(left[:2]),
        Listed(tuple((Plain("落实便民措施"), one, Plain("。")) for one in left[:2]), numbered=True),
    ),
    lambda left: (1, Heading(2, (Plain("（一）全年服务"), left[0]))),
    lambda left: (
        len(left[:4]),
        Table("分区情况", (said("地区"), said("数量"), said("比较")), (
            (said("东城区"), *((one,) for one in left[:2])),
            (said("西城区"), *((one,) for one in left[2:4])),
        )),
    ),
))  # fmt: skip
_BETWEEN = st.lists(
    st.sampled_from((
        Paragraph(said("各级各部门密切配合，认真落实各项任务，群众满意程度不断提高。")),
        Heading(1, said("二、主要做法")),
        Heading(3, said("便民服务")),
    )),
    max_size=2,
)  # fmt: skip
