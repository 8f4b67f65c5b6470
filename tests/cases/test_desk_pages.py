"""The page of a case for the unit that answers: what was said, what was done, and each deed without a script."""

import re
from datetime import timedelta

import pytest
import time_machine

from linli.cases.actions import causes, following, handling, topics
from linli.cases.models import Case, Step
from linli.directory.models import Unit
from linli.kernel.models import Grant, Look
from tests.cases.console import desk, main_of, page, said, send
from tests.town import cases as town
from tests.town import directory

pytestmark = pytest.mark.django_db

UYGHUR = "بىنادىكى چىراغ بۇزۇق."
CONTACT = town.Contact("sms", "13912345678")


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def officer():
    return desk(town.officer())


@pytest.fixture
def case(noon):
    return town.taken(at=noon)


def at(case, rest=""):
    return f"/console/cases/{case.code}/{rest}"


def looks():
    return list(Look.objects.order_by("pk").values_list("verb", "purpose", "by_unit"))


# What is shown, and who looked


def test_shows_the_persons_words_and_writes_the_look_down(officer, noon):
    case = town.asked(
        at=noon, words="灯坏了。", wish="请修好。", place="3号楼", reply_language="ug"
    )
    text = page(officer, at(case))

    for words in ("灯坏了。", "请修好。", "3号楼", "ئۇيغۇرچە", "Your unit may read: What was said"):
        assert words in text
    assert looks() == [("opened", "triage", town.HOUSING)]


@pytest.mark.parametrize(
    ("words", "tag"),
    [(UYGHUR, "ug"), ("灯坏了。", "zh-Hans"), ("སྒྲོན་མེ་ཆག", "bo"), ("123", "zh-Hans")],
)
def test_shows_words_in_their_language_and_direction(officer, noon, words, tag):
    case = town.taken(at=noon, words=words, reply_language="zh-Hans")

    html = main_of(officer.get(f"/en{at(case)}"))

    assert f'<p class="said__words" lang="{tag}" dir="auto">{words}</p>' in html


def test_opens_a_drawer_with_the_same_look(officer, noon):
    case = town.asked(at=noon)
    answer = officer.get(f"/en{at(case)}", headers={"HX-Request": "true", "HX-Target": "drawer"})
    html = answer.content.decode()

    assert "<html" not in html
    assert town.WORDS in html
    assert f'action="/en{at(case, "take/")}"' in html
    assert looks() == [("opened", "triage", town.HOUSING)]


def test_keeps_internal_notes_apart(officer, case, noon):
    handling.note(by=town.officer(), at=noon, case=case, words="物业电话已打。")
    html = main_of(officer.get(f"/en{at(case)}"))

    told = html.split('<li class="timeline__inside">')[1].split("</li>")[0]
    assert "Internal" in told
    assert "told--inside" in told
    assert "物业电话已打。" in told


def test_shows_three_clocks_with_what_moved_them(officer, case, noon):
    handling.pause(by=town.officer(), at=noon, case=case, kind="court", words="等判决。")
    handling.resume(by=town.officer(), at=noon, case=case)
    handling.extend(
        by=town.officer(), at=noon, case=case, days=3, kind="expert", words="请专家看。"
    )
    text = page(officer, at(case))

    assert "Clocks step 2026-12-02 8 days left unit 2026-12-02 8 days left" in text
    assert "whole case 2026-12-09 13 days left" in text
    assert "2026-11-21 stood still · Waiting for a court" in text
    assert "2026-11-21 moved · An expert must look at it" in text


def test_says_who_may_read_what(officer, case):
    assert f"May read {town.HOUSING} What was said、" in page(officer, at(case))


def test_shows_a_case_whose_leave_was_taken_back_without_words(officer, case, noon):
    grant = Grant.objects.get(about=case.code)
    following.revoke_grant(at=noon, case=case, grant=grant)
    text = page(officer, at(case))

    assert town.WORDS not in text
    assert "The words are not among what your unit may read." in text
    assert looks() == []


def test_asks_a_bounded_number_of_queries(officer, case, noon, django_assert_max_num_queries):
    for n in range(20):
        handling.note(by=town.officer(), at=noon, case=case, words=f"备注 {n}")

    with django_assert_max_num_queries(28):
        page(officer, at(case))


# Papers


def test_hands_out_a_paper_as_a_download_and_writes_the_look_down(officer, noon, rebuilt):
    case = town.taken(at=noon, photos=(rebuilt,))
    way = re.search(
        r'href="(/en/console/cases/[^"]+/papers/[^"]+)"', main_of(officer.get(f"/en{at(case)}"))
    )
    answer = officer.get(way[1])

    assert answer.content == rebuilt.data
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert looks()[-1] == ("opened", "handle", town.HOUSING)


def test_has_no_paper_of_another_case_or_unit(officer, noon, rebuilt):
    theirs = town.taken(at=noon, photos=(rebuilt,), topic=town.other())
    ours, photo = town.taken(at=noon), theirs.attachments.get()

    assert officer.get(f"/en{at(theirs)}papers/{photo.code}/").status_code == 404
    assert officer.get(f"/en{at(ours)}papers/{photo.code}/").status_code == 404
    assert looks() == []


@pytest.fixture
def rebuilt():
    from linli.kernel.uploads import Rebuilt

    return Rebuilt(b"\xff\xd8\xff photo", "image/jpeg", "jpg")


# How to reach the person


def test_shows_the_contact_once_for_a_reason(officer, noon):
    case = town.taken(at=noon, contact=CONTACT, fields_granted=(*town.MAY_PASS_ON, "contact"))
    assert CONTACT.address not in page(officer, at(case))

    answer = send(officer, at(case, "contact/"), 200, **{"reveal-reason": "约上门时间。"})

    assert CONTACT.address in said(answer)
    assert ("opened", "contact", town.HOUSING) in looks()
    assert CONTACT.address not in page(officer, at(case))


def test_shows_no_contact_without_a_reason_or_leave(officer, noon):
    open_to_us = town.taken(at=noon, contact=CONTACT, fields_granted=(*town.MAY_PASS_ON, "contact"))
    not_open = town.taken(at=noon, contact=CONTACT)

    send(officer, at(open_to_us, "contact/"), 422, **{"reveal-reason": ""})
    answer = send(officer, at(not_open, "contact/"), 404, **{"reveal-reason": "约上门时间。"})

    assert CONTACT.address not in answer.content.decode()
    assert not Look.objects.filter(purpose="contact").exists()


# Deeds


def test_takes_a_case(officer, noon):
    case = town.asked(at=noon)

    answer = send(officer, at(case, "take/"))

    assert answer["Location"] == f"/en{at(case)}"
    assert Case.objects.get().state == Case.WORKING


def test_answers_the_person(officer, case):
    send(officer, at(case, "reply/"), **{"reply-words": "灯已修好。", "act": "send"})

    case.refresh_from_db()
    assert case.state == Case.ANSWERED
    assert "灯已修好。" in page(officer, at(case))


def test_puts_a_template_in_their_language_after_what_was_typed(officer, noon):
    case = town.taken(at=noon, reply_language="ug")
    for language, words in (("ug", UYGHUR), ("zh-Hans", "已派员。")):
        topics.write_template(
            by=town.officer(), at=noon, name="已派员", language=language, words=words
        )
    html = main_of(officer.get(f"/en{at(case)}"))
    (key,) = re.findall(r'<option value="(\d+)">已派员', html)
    typed = {"reply-words": "你好", "reply-template": key, "reply-language": "ug", "act": "fill"}

    answer = send(officer, at(case, "reply/"), 200, **typed)

    assert f"你好\n\n{UYGHUR}" in answer.content.decode()
    assert Case.objects.get().state == Case.WORKING


def test_previews_the_answer_and_sends_nothing(officer, case):
    typed = {"reply-words": "灯已修好。\n请验收。", "reply-language": "ug", "act": "preview"}

    answer = send(officer, at(case, "reply/"), 200, **typed)

    assert '<div class="letter" lang="ug" dir="auto">灯已修好。<br>请验收。</div>' in main_of(
        answer
    )
    assert "灯已修好。\n请验收。</textarea>" in main_of(answer)
    assert Case.objects.get().state == Case.WORKING


def test_previews_in_place_without_another_look(officer, case):
    answer = officer.post(
        f"/en{at(case, 'reply/')}",
        {"reply-words": "长" * 70, "act": "preview"},
        headers={"HX-Request": "true", "HX-Target": "reply"},
    )

    assert answer.content.decode().lstrip().startswith("<section")
    assert "The longest sentence has 70 characters." in said(answer)
    assert looks() == []


@pytest.mark.parametrize(
    ("deed", "given", "verb", "kind"),
    [
        ("note", {"note-words": "已打电话。"}, "noted", ""),
        ("pause", {"pause-kind": "papers", "pause-words": "请补充。"}, "paused", "papers"),
        ("extend", {"extend-days": "2", "extend-kind": "hard", "extend-words": "复杂。"}, "extended", "hard"),
        ("cause", {"title": "线路老化"}, "merged", None),
    ],
)  # fmt: skip
def test_does_a_deed_and_comes_back(officer, case, deed, given, verb, kind):
    answer = send(officer, at(case, f"{deed}/"), **given)

    assert answer["Location"] == f"/en{at(case)}"
    step = Step.objects.get(verb=verb)
    assert kind is None or step.kind == kind


def test_lets_the_clocks_run_again(officer, case, noon):
    handling.pause(by=town.officer(), at=noon, case=case, kind="papers", words="请补充。")

    send(officer, at(case, "resume/"))

    assert Case.objects.get().paused_at is None


def test_gives_another_topic_of_the_own_unit(officer, case):
    town.topic("water", name="供水")

    send(officer, at(case, "topic/"), **{"assign-topic": "water"})

    assert Case.objects.get().topic.code == "water"


def test_names_who_answers_for_a_petition(officer, noon):
    topic = town.topic("petition", name="信访", kind="petition")
    case, other = town.taken(at=noon, topic=topic), town.taken(at=noon)
    leader = topics.name_official(
        by=town.planner(),
        at=noon,
        unit=Unit.objects.get(name=town.HOUSING),
        office="副局长",
        name="张明",
    )
    assert "Name who answers for it" in page(officer, at(case))
    assert "Name who answers for it" not in page(officer, at(other))

    send(officer, at(case, "leader/"), **{"leader-leader": leader.pk})

    assert "Named leader 副局长 张明" in page(officer, at(case))


@pytest.mark.parametrize(
    ("deed", "given", "sentence"),
    [
        ("reply", {"reply-words": ""}, "This field is required."),
        ("note", {"note-words": ""}, "This field is required."),
        ("pause", {"pause-kind": "holiday", "pause-words": "x"}, "Select a valid choice."),
        ("extend", {"extend-days": "99", "extend-kind": "hard", "extend-words": "还要很久"}, "At most half"),
        ("topic", {"assign-topic": "nothing"}, "Select a valid choice."),
        ("cause", {"title": ""}, "Give the cause a title"),
    ],
)  # fmt: skip
def test_says_what_is_wrong_and_keeps_what_was_typed(officer, case, deed, given, sentence):
    before = Step.objects.count()

    answer = send(officer, at(case, f"{deed}/"), 422, **given)

    assert sentence in said(answer)
    for typed in (value for name, value in given.items() if name.endswith("-words") and value):
        assert typed in main_of(answer)
    assert Step.objects.count() == before


# Somebody was faster


def test_keeps_the_answer_when_a_colleague_was_faster(officer, case, noon):
    handling.reply(by=town.officer(name="同事"), at=noon, case=case, words="灯已修好。")

    answer = send(officer, at(case, "reply/"), 422, **{"reply-words": "我写了很久的答复。"})

    assert "It is answered, and waits for the person." in said(answer)
    assert "我写了很久的答复。" in main_of(answer)
    assert Step.objects.filter(verb="replied").count() == 1


def test_says_who_took_it_first(officer, case):
    answer = send(officer, at(case, "take/"), 409)

    assert "Somebody has taken this case already." in said(answer)


def test_keeps_what_was_typed_when_the_case_went_on(officer, noon):
    case = town.handed_over(at=noon)

    answer = send(officer, at(case, "note/"), 409, **{"note-words": "写到一半的备注。"})

    assert "This case is no longer with your unit" in said(answer)
    assert "写到一半的备注。" in main_of(answer)
    assert town.WORDS not in main_of(answer)
    assert not Step.objects.filter(verb="noted").exists()


# Of other units nobody learns


def test_does_not_follow_what_was_only_written_down_at_the_window(noon):
    """Who handled a case is told that it went on; who wrote it down for somebody learns nothing of it."""
    case = town.asked(at=noon, by=town.clerk(), channel="station")
    clerk = desk(town.clerk())
    before = Step.objects.count()

    send(clerk, at(case, "note/"), 404, **{"note-words": "后来怎样了？"})

    assert case.steps.filter(by_unit=town.TRIAGE).count() == 1
    assert Step.objects.count() == before


@pytest.mark.parametrize(
    "rest", ["", "take/", "reply/", "note/", "contact/", "hand-on/", "topic/", "finish/"]
)
def test_has_no_case_of_another_unit(noon, rest):
    case = town.taken(at=noon)
    before = Step.objects.count()
    stranger = desk(town.officer(town.LEGAL))
    ask = stranger.post if rest else stranger.get

    assert ask(f"/en{at(case, rest)}").status_code == 404
    assert ask(f"/en/console/cases/0000-0000/{rest}").status_code == 404
    assert (looks(), Step.objects.count()) == ([], before)


@pytest.mark.parametrize("who", [town.planner, town.supervisor])
def test_is_closed_to_who_handles_no_case(case, who):
    assert desk(who()).get(f"/en{at(case)}").status_code == 403


def test_is_never_kept_by_a_browser(officer, case):
    assert "no-store" in officer.get(f"/en{at(case)}")["Cache-Control"]


# Causes


def test_merges_several_cases_and_settles_them_with_words_to_all(officer, noon):
    ours = [town.taken(at=noon), town.asked(at=noon)]
    theirs = town.asked(at=noon, topic=town.other())
    chosen = [case.code for case in (*ours, theirs)]
    asked = send(officer, "/console/cases/merge/", 200, case=chosen)
    assert theirs.code not in said(asked)

    made = send(officer, "/console/cases/merge/", case=chosen, sure="yes", title="线路老化")
    settled = send(officer, f"{made['Location'][3:]}settle/", **{"settle-words": "线路已更换。"})

    text = page(officer, settled["Location"][3:])
    assert "Settled. 2 cases hear it." in text
    assert "线路已更换。" in text
    assert Step.objects.filter(verb="settled", shown=True).count() == 2
    assert page(officer, "/console/causes/").count("线路老化") == 1


def test_asks_for_a_cause_before_merging(officer, noon):
    case = town.taken(at=noon)

    send(officer, "/console/cases/merge/", 422, case=[case.code], sure="yes", title="")

    assert Case.objects.get().cause is None


def test_keeps_the_words_when_a_colleague_settled_first(officer, case, noon):
    cause = causes.merge(by=town.officer(), at=noon, cases=[case], title="线路老化")
    causes.settle(by=town.officer(), at=noon, cause=cause, words="已更换。")

    answer = send(
        officer, f"/console/causes/{cause.code}/settle/", 422, **{"settle-words": "另一种说法。"}
    )

    assert "This cause is settled." in said(answer)
    assert "另一种说法。" in main_of(answer)


def test_has_no_cause_of_another_unit(case, noon):
    cause = causes.merge(by=town.officer(), at=noon, cases=[case], title="线路老化")
    stranger = desk(town.officer(town.LEGAL))

    assert stranger.get(f"/en/console/causes/{cause.code}/").status_code == 404
    assert "线路老化" not in page(stranger, "/console/causes/")


def test_lists_causes_in_a_bounded_number_of_queries(officer, noon, django_assert_max_num_queries):
    directory.unit(town.HOUSING)
    for n in range(10):
        at = noon - timedelta(minutes=n)
        causes.merge(by=town.officer(), at=at, cases=[town.taken(at=at)], title=f"原因{n}")

    with django_assert_max_num_queries(6):
        page(officer, "/console/causes/")
