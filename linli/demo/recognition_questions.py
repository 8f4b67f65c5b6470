"""What Liubei's round asks: units, ten questions; people, one."""

from linli.assessments.rules import polls as asked
from linli.assessments.rules.instruments import Form, Item, Level, Section

LEVELS = (("city", "市级"), ("region", "自治区级"), ("nation", "国家级"))


def _text(hans: str, hant: str, english: str) -> dict[str, str]:
    return {"zh-hans": hans, "zh-hant": hant, "en": english}


def short_form() -> Form:
    """Return the ten questions of the round."""
    yes = (
        ("a", "有专人负责", "有專人負責", "Somebody is responsible"),
        ("b", "年度计划已公开", "年度計畫已公開", "The year's plan is public"),
        ("c", "服务指南齐全", "服務指南齊全", "Guides to services are complete"),
        ("d", "诉求按期答复", "訴求按期答覆", "Requests are answered in time"),
        ("e", "活动向所有人开放", "活動向所有人開放", "Events are open to everybody"),
    )
    graded = (
        ("f", "工作台账与事实相符", "工作台帳與事實相符", "The ledger agrees with the facts"),
        ("g", "现场环境", "現場環境", "The place itself"),
        ("h", "群众评价的运用", "群眾評價的運用", "What people said was used"),
    )
    first = tuple(
        Item(key, "yes_no", _text(*texts), weight=10, veto=key == "d") for key, *texts in yes
    )
    second = tuple(Item(key, "scale", _text(*texts), weight=10, top=10) for key, *texts in graded)
    third = (
        Item(
            "i", "count", _text("全年活动场次", "全年活動場次", "Events in the year"), weight=10,
            nought="0", full="12",
        ),
        Item(
            "j", "share", _text("窗口服务满意率", "窗口服務滿意率", "Satisfaction at the window"), weight=10,
            nought="50", full="100",
        ),
    )  # fmt: skip
    levels = tuple(
        Level(key, {"zh-hans": name}, at)
        for (key, name), at in zip(LEVELS, (6000, 8000, 9000), strict=True)
    )
    return Form(
        ("zh-hans", "zh-hant", "en"),
        (
            Section("services", _text("服务与公开", "服務與公開", "Services and openness"), first),
            Section("results", _text("工作成效", "工作成效", "What came of it"), second + third),
        ),
        levels,
    )


def question() -> asked.PollForm:
    """Return what people are asked about each unit."""

    def said(*texts: str) -> dict[str, str]:
        return dict(zip(("zh-hans", "zh-hant", "ug"), texts, strict=True))

    options = (
        asked.Option("1", said("满意", "滿意", "رازى"), 100),
        asked.Option("2", said("一般", "一般", "ئوتتۇراھال"), 50),
        asked.Option("3", said("不满意", "不滿意", "نارازى"), 0),
    )
    text = said(
        "您对该单位的服务满意吗？",
        "您對該單位的服務滿意嗎？",
        "بۇ ئورۇننىڭ مۇلازىمىتىدىن رازىمۇ سىز؟",
    )
    return asked.PollForm(("zh-hans", "zh-hant", "ug"), (asked.Question("1", text, options),))
