"""Yearly reports with invented figures, as many as are asked for: volume for tests and benches.

The same place and year always give the same text.
"""

import hashlib

PLACES = ("七里河区", "嘉峪关市", "兰州市", "柳北区", "金牛区")

_TEXT = """{place}{year}年民族团结进步工作总结(演示用虚构数字)
发布时间:{next_year}-01-{day:02d}  来源:邻里示例网
{year}年,{place}把为各族群众办实事放在首位,全年办理群众诉求{asked}件,按期办结{closed}件。
一、办好培训。举办国家通用语言培训班{courses}期,{attended}余人次参加;开办技能培训{skills}期,结业{passed}人。
二、办好就业。举办专场招聘会{fairs}场,提供岗位{posts}个,达成就业意向{hired}人。
三、办好服务。设立社区服务站{stations}个,印发了《{place}服务站管理办法》,聘请志愿者{volunteers}名。
四、用好资金。市级财政安排资金{city}万元,区级财政安排资金{county}万元,共计{total}万元。
下一年,{place}将新建服务站{more}个,力争办结率达到{rate}%。
"""


def yearly_report(place: str, year: int) -> str:
    """Return the report of one place for one year."""
    digits = hashlib.sha256(f"{place}{year}".encode()).digest()
    asked = 200 + digits[0] * 4
    city, county = 10 + digits[1], 5 + digits[2]
    return _TEXT.format(
        place=place,
        year=year,
        next_year=year + 1,
        day=1 + digits[3] % 28,
        asked=asked,
        closed=asked - digits[4] % 40,
        courses=2 + digits[5] % 20,
        attended=(3 + digits[6] % 40) * 10,
        skills=1 + digits[7] % 12,
        passed=20 + digits[8],
        fairs=1 + digits[9] % 9,
        posts=50 + digits[10] * 3,
        hired=10 + digits[11],
        stations=1 + digits[12] % 30,
        volunteers=10 + digits[13],
        city=city,
        county=county,
        total=city + county,
        more=1 + digits[14] % 9,
        rate=80 + digits[15] % 20,
    )
