"""Which encoding a file is in. A declaration is a hint: what reads as Chinese wins.

Strict UTF-8 settles it; else the candidates are decoded and the one with the largest share of
everyday characters is taken, because GB 18030 and Big5 decode nearly each other's every byte.
"""

import codecs
import re
from importlib import import_module
from itertools import islice

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "utf-16": "utf-16-le",
}

# Encodings in which < > & quotes and white space are always these bytes and nothing else.
TRANSPARENT = frozenset({"utf-8", "gb18030", "big5hkscs", "ascii", "iso8859-1", "cp1252"})

# Everyday characters of official Chinese in both scripts, and its marks.
_EVERYDAY = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因"
    "由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解"
    "问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少"
    "图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七"
    "海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目"
    "至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算"
    "低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精"
    "值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该"
    "铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排"
    "供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继"
    "兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简"
    "述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍"
    "罗盐友洋错苦夜刑移频逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞甚室待核校散侵吧甲游久菜味旧模"
    "湖货损预阻毫普稳乙妈植息扩银语挥酒守拿序纸医缺雨吗针刘啊急唱误训愿审附获茶鲜粮斤孩脱硫肥善龙演父渐血欢械掌歌沙"
    "刚攻谓盾讨晚粒乱燃矛乎杀药宁鲁贵钟煤读班伯香介迫句丰培握兰担弦蛋沉假穿执答乐谁顺烟缩征脸喜松脚困异免背星福买染"
    "井概慢怕磁倍祖皇促静补评翻肉践尼衣宽扬棉希伤操垂秋宜氢套督振架亮末宪庆编牛触映雷销诗座居抓裂胞呼娘景威绿晶厚盟"
    "這來個們為國時說會對發學過後還當於點從開經業動機實體現進關長見間問題與無應樣種頭電話車書東馬風門員區處務產單導"
    "設計資訊請網頁聯級報權黨團結義組織議領辦廣環構規劃責階層衛護專項總統戰絡續養顧條華僑歷黃買賣萬幾億兩億縣鄉鎮"
    "、。，；：？！“”‘’（）《》—…·％１２３４５６７８９０「」　"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# Eight or more characters of two bytes (or four) in GB 18030 or Big5; they begin on a lead byte.
_DOUBLE_BYTES = re.compile(rb"(?>(?:[\x80-\xff][\x30-\xff]){8,200})")
_SAMPLE = 200_000
_AROUND = 1_500
_SCORED = 1_500


def decide(data: bytes, declared: str | None) -> tuple[str, int]:
    """Return the Python name of the encoding of `data` and the length of its byte order mark."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    if _reads_as_utf8(data):
        return "utf-8", 0
    sample = _telling(data)
    named = _known(declared)
    candidates = [named] if named else []
    if sample.count(0):
        candidates += ["utf-16-le", "utf-16-be"]
    candidates += ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"]
    best, score = "", -1.0
    for candidate in dict.fromkeys(candidates):
        found = _share_of_everyday(sample, candidate)
        if found > score + 0.05:  # a later candidate must be clearly better
            best, score = candidate, found
        if score > 0.6:
            return best, 0
    return (best, 0) if score > 0.3 else (_last_resort(sample, named), 0)


def decode(data: bytes, encoding: str, skip: int) -> str:
    """Return the text of `data` after its byte order mark; unreadable bytes become U+FFFD."""
    return data[skip:].decode(encoding, "replace")


def _reads_as_utf8(data: bytes) -> bool:
    """True for UTF-8, also when cut off inside a character or hurt here and there."""
    if data.isascii():
        return b"\0" not in data[:_SAMPLE]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        near = data[max(0, problem.start - _AROUND) : problem.start + _AROUND]
        shown = "".join(_NOT_ASCII.findall(near.decode("utf-8", "replace")))
        return len(shown) > 20 and shown.count("\ufffd") <= 2 + len(shown) // 50
    return b"\0" not in data[:_SAMPLE]


def _telling(data: bytes) -> bytes:
    """A sample of what is not ASCII: runs of double bytes, or for UTF-16 the beginning."""
    start = data[:_SAMPLE]
    if b"\0" in start:
        return start
    foreign = b"\n".join([line for line in start.split(b"\n") if not line.isascii()])
    runs = b"\n".join(found[0] for found in islice(_DOUBLE_BYTES.finditer(foreign), 40))
    return runs if len(runs) > 200 else start


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    name = _FAMILIES.get(name, name)
    return name if name in TRANSPARENT or name in {"utf-16-le", "utf-16-be"} else None


def _share_of_everyday(sample: bytes, encoding: str) -> float:
    """Share of everyday characters among those outside ASCII; unreadable ones count against it."""
    decoded = sample.decode(encoding, "replace").rstrip("\ufffd")
    foreign = "".join(_NOT_ASCII.findall(decoded))[:_SCORED]
    if not foreign:
        return 0.0
    good = sum(map(_EVERYDAY.__contains__, foreign))
    bad = foreign.count("\ufffd") + decoded[:_SCORED].count("\0")
    return (good - 5 * bad) / len(foreign)


def _last_resort(sample: bytes, named: str | None) -> str:
    """A file that is not Chinese: ask charset-normalizer, else what is declared, else UTF-8."""
    guess = import_module("charset_normalizer").from_bytes(sample[:20_000]).best()
    name = _known(guess.encoding) if guess is not None else None
    return name or named or "utf-8"
