import json

import pytest
from jsonschema import Draft7Validator

from linli.trace.rules.codes import linksets
from linli.trace.rules.codes.linksets import Target

ANCHOR = "https://linli.example/01/09520123456788/10/A"
PAGE = "https://linli.example/q/L00000010R"
PIP = "https://gs1.org/voc/pip"
TARGETS = [
    Target(PAGE, "Food look-up", media="text/html"),
    Target(PAGE + "?lang=zh", "食品查询", PIP, "zh", "text/html"),
    Target(PAGE + "?lang=ar", "بحث", PIP, "ar", "text/html"),
    Target(PAGE + ".json", "食品查询", PIP, "zh", "application/json"),
]


def example(shared, name):
    folder = shared / "conformance/gs1-digital-link/linkset"
    return json.loads((folder / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "faults"),
    [
        ("valid-gs1-example.json", []),
        ("invalid-gs1-example.json", ["linkset[0].itemDescription", "linkset[0].prev[0].title", "linkset[0].prev[0].titlekkkkk"]),
        ("invalid-basic-example.json", ["linkset[0].itemDescription", "linkset[0].prev[0].href", "linkset[0].prev[0].hrefkkkkk"]),
    ],
)  # fmt: skip
def test_faults_of_finds_what_gs1s_examples_have(shared, name, faults):
    assert linksets.faults_of(example(shared, name)) == faults


def test_faults_of_takes_the_plain_form_only_when_asked(shared):
    document = example(shared, "valid-basic-example.json")
    assert linksets.faults_of(document) == ["linkset[0].itemDescription"]
    assert linksets.faults_of(document, gs1=False) == []
    wrong = linksets.faults_of(example(shared, "invalid-basic-example.json"), gs1=False)
    assert wrong == ["linkset[0].prev[0].href", "linkset[0].prev[0].hrefkkkkk"]


def test_written_documents_hold_against_the_published_schemas(shared):
    document = linksets.written(ANCHOR, "牛肉馅", TARGETS)
    schema = example(shared, "gs1-linkset-schema.json")
    Draft7Validator.check_schema(schema)
    assert [*Draft7Validator(schema).iter_errors(document)] == []
    bad = example(shared, "invalid-gs1-example.json")
    assert [*Draft7Validator(schema).iter_errors(bad)] != []  # the control


def test_written_says_each_link_once():
    document = linksets.written(ANCHOR, "牛肉馅", TARGETS[:2])
    assert document == {
        "linkset": [
            {
                "anchor": ANCHOR,
                "itemDescription": "牛肉馅",
                linksets.DEFAULT: [{"href": PAGE, "title": "Food look-up", "type": "text/html"}],
                PIP: [
                    {
                        "href": PAGE + "?lang=zh",
                        "title": "食品查询",
                        "type": "text/html",
                        "hreflang": ["zh"],
                    }
                ],
            }
        ]
    }


def test_read_takes_back_what_was_written():
    assert linksets.read(linksets.written(ANCHOR, "牛肉馅", TARGETS), ANCHOR) == TARGETS
    assert linksets.read(linksets.written(ANCHOR, "牛肉馅", TARGETS), ANCHOR + "B") == []


def test_written_shortens_a_language_that_the_schema_does_not_know():
    document = linksets.written(ANCHOR, "x", [Target(PAGE, "x", PIP, "zh-Hans")])
    assert document["linkset"][0][PIP][0]["hreflang"] == ["zh"]


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        (Target("javascript:alert(1)", "x"), "href"),
        (Target("https://a b", "x"), "href"),
        (Target(PAGE, "x", "No relation"), "No relation"),
        (Target(PAGE, "x", "https://a/b-c"), "b-c"),
        (Target(PAGE, "x", media="html"), "type"),
        (Target(PAGE, "x", language="中文"), "hreflang"),
    ],
)
def test_written_refuses_faulty_links(target, fault):
    with pytest.raises(ValueError, match=fault):
        linksets.written(ANCHOR, "x", [target])


@pytest.mark.parametrize("document", [None, [], {}, {"linkset": {}}, {"linkset": [1]}])
def test_faults_of_answers_for_other_shapes(document):
    assert linksets.faults_of(document) != []
    with pytest.raises(ValueError, match="linkset"):
        linksets.read(document, ANCHOR)


@pytest.mark.parametrize(
    ("relation", "languages", "media", "place"),
    [
        ("", ["zh"], "", 0),
        ("gs1:pip", ["ar", "zh"], "", 2),
        ("gs1:pip", ["ar-EG"], "", 2),
        ("gs1:pip", ["zh-CN"], "", 1),
        ("gs1:pip", ["zh"], "application/json", 3),
        ("gs1:pip", ["en"], "", 1),
        (PIP, [], "application/json", 3),
    ],
)
def test_chosen_follows_relation_then_language_then_media(relation, languages, media, place):
    assert linksets.chosen(TARGETS, relation, languages, media) == TARGETS[place]


def test_chosen_finds_none_of_an_unknown_relation():
    assert linksets.chosen(TARGETS, "gs1:recipeInfo", ["zh"]) is None


def test_chosen_prefers_the_page_in_no_language_to_one_in_another():
    targets = [Target("https://a", "a", PIP, "ar"), Target("https://b", "b", PIP)]
    assert linksets.chosen(targets, PIP, ["en"]) == targets[1]
    both = [Target("https://a", "a", PIP, "zh-TW"), Target("https://b", "b", PIP, "zh-CN")]
    assert linksets.chosen(both, PIP, ["zh-CN", "zh-TW"]) == both[1]


def test_as_header_lets_nothing_break_out():
    assert linksets.as_header(ANCHOR, TARGETS[1:2]) == (
        f'<{PAGE}?lang=zh>; rel="{PIP}"; anchor="{ANCHOR}"; hreflang="zh"; type="text/html"; '
        "title*=UTF-8''%E9%A3%9F%E5%93%81%E6%9F%A5%E8%AF%A2"
    )
    evil = linksets.as_header(ANCHOR, [Target('https://a/>"\r\nSet-Cookie: x', 'x"\r\ny')])
    assert not {"\r", "\n"} & set(evil)
    assert evil.count("<") == evil.count(">") == 1
