"""What names a trait of a person, and what only names an office's work."""

import pytest

from linli.kernel.traits import names_a_trait, trait_in


@pytest.mark.parametrize(
    "said",
    ["民族工作", "民族事务", "民族宗教事务局", "民族團結進步", "中华民族共同体意识", "中華民族"],
)
def test_lets_the_work_of_offices_be_named(said):
    assert trait_in(f"{said}的情况") == ""


@pytest.mark.parametrize(
    ("said", "trait"),
    [
        ("少数民族工作", "民族"),
        ("少數民族事務", "民族"),
        ("民族工作和民族成份", "民族成份"),
        ("宗教信仰", "宗教"),
        ("religion of the owner", "religio"),
    ],
)
def test_names_the_trait_that_is_asked_for(said, trait):
    assert trait_in(said) == trait


def test_lets_no_field_be_named_after_an_office_s_work():
    assert names_a_trait("民族工作")
    assert not names_a_trait("工作")
