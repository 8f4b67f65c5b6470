"""What the matrix sends to cases, services and accounts: data that is taken from whoever may send it."""

from linli.kernel import city_key
from linli.kernel.note_keys import Kind, new_signer

_PASSWORDS = {"password1": "three words long", "password2": "three words long"}
_ROWS = ("papers", "stages", "costs", "phones", "rules")


def _prefixed(prefix, **said):
    return {f"{prefix}-{name}": value for name, value in said.items()}


def _account(has):
    said = {"username": "new-one", "name": "新人", "role": "officer", "unit": has.lead.pk}
    return said | {"email": ""}


def _guide(organization):
    said = {"name": "灵活就业登记", "organization": str(organization.uuid), "status": "active"}
    return said | {
        f"{row}-{part}": "0" for row in _ROWS for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }


def _offered(station):
    return {"location": station.code, "window": "3号窗口", "description": ""}


def _glass(has):
    reason = "来电称屋内有人受伤。"
    return _prefixed("glass", code=has.new_of_others.code, reason=reason, hours="2")


def _topic(has, **said):
    given = {"name": "新事项", "kind": "request", "unit": has.lead.code, "step_days": "1"}
    days = {"unit_days": "5", "case_days": "10", "kept_days": "180"}
    return given | days | {"description": "", "group": "", "keywords": ""} | said


def _partner(has):
    theirs = new_signer("elsewhere.example", Kind.NOTE).key
    said = {"name": "酒泉市", "origin": "https://jiuquan.example", "key": str(theirs)}
    return said | {"fingerprint": city_key.fingerprint(theirs)}


def _words(prefix, **said):
    return lambda has: _prefixed(prefix, words="已安排。", **said)


SENT = {
    ("portal:account_new", "valid"): _account,
    ("portal:account_amend", "valid"): _account,
    ("portal:account_key", "valid"): lambda has: {"name": "网站"},
    ("portal:account_start", "valid"): lambda has: _PASSWORDS,
    ("directory:guide_new", "valid"): lambda has: _guide(has.organization),
    ("directory:guide_new", "for others"): lambda has: _guide(has.organization_of_others),
    ("directory:offer_add", "valid"): lambda has: _offered(has.second),
    ("directory:place_close", "valid"): lambda has: {"on": "2026-11-22", "closed_on": "2026-11-22"},
    ("directory:organization_new", "valid"): lambda has: {
        "name": "新机构", "area": has.area.code, "unit": "",
    },
    ("directory:guarantee_new", "valid"): lambda has: {
        "area": has.area.code, "language": "bo", "weekdays": ["0"], "opens_at": "09:00",
        "closes_at": "12:00", "mode": "", "begins_on": "2026-11-23",
    },
    ("cases:take_many", "valid"): lambda has: {"case": [has.new.code]},
    ("cases:take_many", "others' case"): lambda has: {"case": [has.new_of_others.code]},
    ("cases:merge", "valid"): lambda has: {
        "case": [has.own.code], "cause-title": "老化", "title": "老化", "sure": "1",
    },
    ("cases:merge", "others' case"): lambda has: {
        "case": [has.others.code], "cause-title": "老化", "title": "老化", "sure": "1",
    },
    ("cases:reply", "valid"): _words("reply"),
    ("cases:note", "valid"): _words("note"),
    ("cases:pause", "valid"): _words("pause", kind="papers"),
    ("cases:extend", "valid"): _words("extend", kind="hard", days="2"),
    ("cases:assign", "valid"): lambda has: {"assign-topic": has.topic_of_others.code},
    ("cases:leader", "valid"): lambda has: {"leader-leader": has.leader.pk},
    ("cases:reveal", "valid"): lambda has: {"reveal-reason": "需要约上门时间。"},
    ("cases:merge_one", "valid"): lambda has: {"title": "老化"},
    ("cases:hand_on", "valid"): lambda has: _prefixed(
        "hand", unit=has.third.code, kind="competence", words="请办理。", fields_read=["words"]
    ),
    ("cases:join", "valid"): lambda has: _prefixed("join", unit=has.third.code, words="请协助。"),
    ("cases:finish_joint", "valid"): _words("finish"),
    ("cases:decline", "valid"): _words("decline", kind="not_ours"),
    ("cases:settle", "valid"): _words("settle"),
    ("cases:emergency", "valid"): _glass,
    ("cases:decide_emergency", "lets in"): lambda has: {"answer": "let_in"},
    ("cases:decide_emergency", "keeps out"): lambda has: {"answer": "keep_out"},
    ("cases:window_open", "valid"): lambda has: {
        "code": has.receipt.case.code, "passphrase": has.receipt.passphrase,
    },
    ("cases:new_topic", "valid"): lambda has: _topic(has, code="brand-new"),
    ("cases:topic", "valid"): lambda has: _topic(has, name="改名"),
    ("cases:new_topic", "a trait"): lambda has: _topic(has, code="brand-new", keywords="宗教 场所"),
    ("cases:topic", "a trait"): lambda has: _topic(has, name="少数民族事务"),
    ("cases:replies", "valid"): lambda has: {"name": "再见", "language": "zh-Hans", "words": "好。"},
    ("cases:officials", "valid"): lambda has: {
        "unit": has.lead.code, "office": "主要领导", "name": "李某",
    },
    ("cases:partners", "valid"): _partner,
    ("cases:received_back", "valid"): lambda has: {"kind": "not_ours", "words": "不属本单位。"},
    ("cases:ask_what", "valid"): lambda has: {"words": "楼道的灯坏了。"},
    ("cases:follow", "wrong passphrase"): lambda has: {
        "code": has.receipt.case.code, "passphrase": "0000 0000 0000 0000",
    },
    ("cases:follow", "valid"): lambda has: {
        "code": has.receipt.case.code, "passphrase": has.receipt.passphrase,
    },
    ("cases:follow_deed", "valid"): lambda has: {"words": "还有一层也坏了。", "sent": "1"},
    ("cases:rate", "valid"): lambda has: {"grade": "5", "solved": "yes"},
}  # fmt: skip
