"""Files of translators: what is refused, what they would change, and that an unchanged one changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.refusals import Refused
from linli.ui.languages import LANGUAGES, language_of
from linli.ui.wording.comparing import Kind, compared
from linli.ui.wording.originals import delivered, originals
from linli.ui.wording.own import Word, effective, offered, standing
from linli.ui.wording.po_checks import faults_of
from linli.ui.wording.po_reading import LARGEST, read
from linli.ui.wording.po_writing import written
from tests.town.wording import po, whole

HANS, UYGHUR = language_of("zh-hans"), language_of("ug")
SEARCH = ("", "Search")
NAMED = "%(amount)s yuan"
COUNTED = next(key for key, one in originals().items() if len(one.parts) > 1)


def test_knows_the_texts_and_the_words_that_were_delivered():
    assert delivered("zh-hans")[SEARCH] == ("搜索",)
    assert delivered("en")[COUNTED] == originals()[COUNTED].parts
    assert delivered("ug") == {}


@pytest.mark.parametrize("code", ["zh-hans", "zh-hant"])
def test_finds_nothing_wrong_with_what_we_deliver(code):
    wrong = {
        key: faults
        for key, said in delivered(code).items()
        if (faults := faults_of(originals()[key].parts, said, 1))
    }

    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_changes_nothing_by_a_file_that_was_only_taken_and_brought_back(language):
    own = whole(language.code) if language.code == "ug" else {}
    own |= {SEARCH: Word(("?",), unsure=True)}

    brought = read(written(language, own), language)
    looked = compared(language.code, own, brought.words)

    assert (brought.faults, brought.unknown, looked.brought) == ([], [], 0)
    assert looked.own == own
    assert effective(language.code, looked.own) == effective(language.code, own)


# As a compiled file and a field can hold them.
SAID = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters='%{}<>"'),
    min_size=1,
    max_size=60,
)


@given(SAID, st.booleans())
def test_brings_back_whatever_words_there_are(said, unsure):
    file = po(("Search", said.replace("\\", "\\\\"), *(["fuzzy"] if unsure else [])))

    brought = read(file, HANS)

    assert brought.faults == []
    assert brought.words == {SEARCH: Word((said,), unsure)}


@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    'msgid "a"',
                    'msgstr "b"',
                    'msgctxt "c"',
                    'msgid_plural "d"',
                    'msgstr[0] "e"',
                    'msgstr[5] "f"',
                    '"g"',
                    "#~ msgid",
                    "#, fuzzy",
                    '#| "x"',
                    "#: \u2068",
                    "msgid",
                    '"Plural-Forms: nplurals=9; plural=x;\\n"',
                    "",
                ]
            )
        ).map(lambda lines: "\n".join(lines).encode()),
    )
)
def test_says_what_is_wrong_with_any_file_and_never_fails(data):
    codes = {"not_a_po", "other_language", "plural_forms"}
    try:
        brought = read(data, HANS)
    except Refused as refused:
        codes.remove(refused.code)
    else:
        assert not brought.words


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("too_large", b" " * (LARGEST + 1)),
        ("not_a_po", "搜索".encode("gb18030")),
        ("not_a_po", b""),
        ("not_a_po", b"# only a comment"),
        ("other_language", po(("Search", "找"), language="zh-hant")),
        (
            "plural_forms",
            po(("Search", "找"), head='"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'),
        ),
    ],
)
def test_refuses_a_file(code, data):
    with pytest.raises(Refused) as refusal:
        read(data, HANS)

    assert refusal.value.code == code


def test_tells_every_fault_with_its_line():
    file = po(
        ("Search", "<b>找</b>"),
        (NAMED, "%(sum)s元"),
        (NAMED, "%(amount)s元，占 5%"),
        ("Home", '\\"首页'),
        ("Desk", "工作\u202e台"),
        ("Home", "长" * 900),
        ("Units", "单位"),
        ("Units", "机构"),
        ("Not ours", "不是"),
        'msgid "Reports"\nmsgid_plural "Reports"\nmsgstr[0] "一"\nmsgstr[1] "二"\n',
    )

    brought = read(file, HANS)

    lines = file.decode().splitlines()
    assert [lines[fault.line - 1] for fault in brought.faults] == [
        'msgid "Search"', f'msgid "{NAMED}"', f'msgid "{NAMED}"', 'msgid "Home"', 'msgid "Desk"',
        'msgid "Home"', 'msgid "Units"', 'msgid "Reports"',
    ]  # fmt: skip
    assert brought.unknown == ["Not ours"]
    assert brought.words == {("", "Units"): Word(("单位",))}
    assert [one.line for one in read(b'msgid "a"\nmsgstr b\nmsgstr "c\n', HANS).faults] == [2, 3]


@pytest.mark.parametrize(
    ("original", "said", "wrong"),
    [
        ("{name} left", "{nom}", ["placeholder"]),
        ("A few", "一些 {", ["placeholder"]),
        ("A few", "5%d", ["percent"]),
        ("A few", "5%", []),
        ("100%% sure", "100% 确定", ["percent"]),
        ("<a href=\"%(x)s\">Here</a>", "<a href=\"%(x)s\" onclick=\"x\">这里</a>", ["tag"]),
        ("A few", "1 < 2", ["tag"]),
        ("A few", "\u0007", ["control"]),
        ("A few", "", []),
    ],
)  # fmt: skip
def test_judges_one_text(original, said, wrong):
    assert faults_of((original,), (said,), 1) == wrong


def test_asks_for_as_many_forms_as_the_language_has():
    pair = ("%(n)s day", "%(n)s days")

    assert faults_of(pair, ("%(n)s",), 2) == ["plural"]
    assert faults_of(pair, ("%(n)s", ""), 2) == ["plural"]
    assert faults_of(pair, ("", ""), 2) == []
    assert faults_of(pair, ("%(n)s kün", "%(n)s kün"), 2) == []


def test_says_what_is_new_other_unsure_and_left():
    own = {SEARCH: Word(("寻",))}
    brought = {
        SEARCH: Word(("找",)),
        ("", "Home"): Word(delivered("zh-hans")[("", "Home")]),
        ("", "Units"): Word(("机构？",), unsure=True),
    }

    looked = compared("zh-hans", own, brought)
    back = compared("zh-hans", looked.own, {SEARCH: Word(("搜索",))})
    first = compared("ug", {}, {SEARCH: Word(("ئىزدە",))})

    assert [(one.kind, one.before, one.after) for one in looked.changes] == [
        (Kind.CHANGED, ("寻",), ("找",)),
        (Kind.UNSURE, delivered("zh-hans")[("", "Units")], ("机构？",)),
    ]
    # What is as delivered again is no word of one's own.
    assert back.own == {("", "Units"): Word(("机构？",), unsure=True)}
    assert (first.counts["new"], first.counts["left"]) == (1, len(originals()) - 1)
    assert standing("ug", first.own).lacking == len(originals()) - 1
    assert standing("zh-hans", looked.own).unsure == 1
    assert (offered("xx"), offered("zh-Hans"), offered("ug")) == (None, None, UYGHUR)


def test_puts_the_words_of_the_field_and_the_default_language_beside():
    said = written(UYGHUR, {}).decode()

    assert '#. zh-hans: 搜索\nmsgid "Search"\nmsgstr ""\n' in said
    assert "#. ledger = 总台账 / 總台帳\n" in said
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in said
