"""Whether a word that may be a verb stands as a noun: 培训基地, 开展的, 推荐工作已完成."""

from linli.reader.patterns import lazy

_RELATIVE = lazy(
    r"的(?!士)|于(?!民)|以来|之后|后|时(?!代|间)|期间|过程|者|力度|率|情况|较|不[足力够]"
)
# 推荐工作已基本完成: the work is spoken of, not done.
_WORK = lazy(r"工作(?:已|有序|基本|全面|扎实|稳步|顺利|取得|走在|得到|正在|圆满|上?[,。]?$)")
FIRSTS = frozenset("的于工情较不以之后时期过者力率")
_NOUN_HEAD = lazy(
    r"工作|方案|意见|细则|情况|办法|资金|项目|领导|小组|组|办公室(?!\d)|示范|力度|能力|人员|队伍|人数|经费|意识|总数|成果|成效|效果|成绩|"
    r"任务|内容|方式|形式|标准|水平|政策|部门|对象|范围|率|费|力量|活动|机制|体系|制度|平台|基地|中心|月|周|日|人次|场次|次数|任务|要求|组织|和|与|及|、|协议|室|所|团|采取|采用|进行|由|手段|网络|设施|成功率|[就做也更都不得要能是有]"
)


def nominal(masked: str, stop: int, kind: str, end: int) -> bool:
    """Tell whether the word that ends at `stop` is a noun or heads a relative clause here: 开展的, 培训基地."""
    if stop >= end:
        return kind not in ("noun", "empty")
    if masked[stop] == "工" and _WORK.match(masked, stop, end):
        return True
    if masked[stop] in FIRSTS and _RELATIVE.match(masked, stop, end):
        return True
    return kind == "noun" and _NOUN_HEAD.match(masked, stop, end) is not None
