"""Whether a text tells who somebody is: numbers by which one is reached, and words that come before a name. Pure.

Only to warn before it is sent. It finds what is easily written by mistake, not whoever wants to be known.
"""

import re

_NUMBERS = {
    "card": re.compile(
        r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])"
    ),
    "phone": re.compile(
        r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?!\d)"
    ),
    "address": re.compile(
        r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:QQ|微信|wechat)\s*号?[:：]?\s*\w{5,}", re.IGNORECASE
    ),
}  # fmt: skip
_NAME = re.compile(
    r"我(?:的名字)?[叫是](?!一|个|個|在|不|你|他|她|谁|誰|这|這|那|来|來|很|最|从|從|怎|什)[\u4e00-\u9fff·]{2,4}"
    r"|(?:姓名|作者|学生|學生|指导老师|指導老師|指导教师|班级|班級)\s*[:：]\s*\S"
    r"|\b(?:my name is|name|author|by)\s*:\s*\S|\bmy name is\s+\S",
    re.IGNORECASE,
)


def tells_who(text: str) -> list[str]:
    """Return what kinds of telling stand in a text: card, phone, address, name; nothing when none does."""
    found = [kind for kind, sign in _NUMBERS.items() if sign.search(text)]
    return [*found, "name"] if _NAME.search(text) else found
