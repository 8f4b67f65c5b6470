"""Payment files and banks' answers, line by line: nothing is left out, and no name fits in."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.funds.rules import payments, reconciling
from linli.funds.rules.payments import Counting, Layout, read_line

PLAIN = Layout(0, 1, 2)
ANSWER = reconciling.Layout(0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["1", "6222000011112222333", "12.50"], ""),
        (["1", "M-0042-77", "1,200"], ""),
        (["2", "6222000011112222333", "1"], "out_of_order"),
        (["", "6222000011112222333", "1"], "out_of_order"),
        (["1", "马小明", "1"], "payee_is_no_code"),
        (["1", "Zhang San", "1"], "payee_is_no_code"),
        (["1", "ZhangSan", "1"], "payee_is_no_code"),
        (["1", "6.222E+18", "1"], "payee_is_no_code"),
        (["1", "", "1"], "payee_is_no_code"),
        (["1", "6222000011112222333", "0"], "amount_wrong"),
        (["1", "6222000011112222333", "-1"], "amount_wrong"),
        (["1", "6222000011112222333", "1.005"], "amount_wrong"),
        (["1", "6222000011112222333"], "amount_wrong"),
        (["1", "6222000011112222333", "1", "马小明"], "more_cells"),
    ],
)
def test_reads_a_line(cells, fault):
    assert read_line(cells, PLAIN, 1).fault == fault


@pytest.mark.parametrize(
    "head",
    [
        ["序号", "账号", "金额", "户名"],
        ["序号", "账号"],
        ["序号", "账号", "账号", "金额"],
        ["户名", "账号", "金额"],
    ],
)
def test_knows_no_layout_with_other_columns(head):
    assert payments.layout_of(head) is None


def test_knows_the_columns_in_any_order_and_script():
    assert payments.layout_of(["金額（元）", "", "商戶號", "行號"]) == Layout(3, 2, 0)
    assert payments.layout_of(["Line", "Account", "Amount"]) == PLAIN


def with_check(body):
    total = sum(int(d) * w for d, w in zip(body, payments._WEIGHTS, strict=True))
    return body + payments._CHECKS[total % 11]


def counted(payees):
    counting = Counting()
    for number, payee in enumerate(payees, 1):
        counting.add([str(number), payee, "1"], PLAIN)
    counting.end()
    return counting


def test_refuses_a_file_that_pays_to_identity_numbers():
    person = with_check("62020119900101001")
    wrong = person[:-1] + ("1" if person[-1] != "1" else "2")

    assert counted([person, "6222000011112222333"]).faults == [(0, "identity_numbers")]
    assert counted([wrong, "6222000011112222333"]).faults == []  # control: another number of 18
    assert counted(["6222000011112222333"] * 400 + [person]).wrong == 0  # one is chance


def test_counts_lines_by_how_much_they_pay():
    counting = Counting()
    for number, amount in enumerate(["100", "100.01", "1000", "100000.01"], 1):
        counting.add([str(number), "M-0042-77", amount], PLAIN)

    assert (counting.total, counting.sizes) == (10_120_002, [1, 2, 0, 0, 1])


def test_keeps_where_the_first_errors_are_and_counts_the_others():
    counting = counted(["马小明"] * 150)

    assert (counting.wrong, len(counting.faults)) == (150, payments.MOST_FAULTS)
    assert counting.faults[-1] == (100, "payee_is_no_code")


ASKED = [120_000, 8_650, 305]


def beside(*rows, before=()):
    asked = reconciling.Asked(array("q", ASKED), array("q", [hash("a"), hash("b"), hash("c")]))
    one = reconciling.Reconciling(asked, before)
    found = [one.add(reconciling.read_answer(list(row), ANSWER)) for row in rows]
    return one, [*filter(None, found), *one.silent()]


def test_finds_every_kind_of_difference():
    one, found = beside(
        ("3", "c", "3.05", "退回", "AC04"),
        ("1", "", "1200.00", "成功", ""),
        ("1", "a", "1200.00", "退回", "AC01"),
        ("9", "x", "1.00", "成功", ""),
    )

    assert found == [
        (3, "refused", 305, 305, "closed"),
        (1, "twice", 120_000, 120_000, "no_account"),
        (9, "unknown", None, 100, ""),
        (2, "silent", 8_650, None, ""),
    ]
    assert (one.paid_lines, one.refused_lines, one.open_lines, one.strange) == (1, 1, 1, 2)
    assert (one.back, one.reasons) == (305, {"closed": 1})


def test_sees_another_amount_another_account_and_a_late_payment():
    _one, found = beside(
        ("1", "a", "1200.01", "成功", ""), ("2", "c", "86.50", "成功", ""), ("3", "c*", "3.05", "成功", ""),
        before=[3],
    )  # fmt: skip

    assert [kind for _line, kind, *_ in found] == ["amount", "payee", "paid_after"]


def test_sends_back_once_what_is_refused_again():
    one, _found = beside(("3", "", "3.05", "退回", ""), ("2", "", "86.5", "退回", ""), before=[3])

    assert (one.refused_total, one.back) == (8_955, 8_650)


@pytest.mark.parametrize(
    ("said", "reason"),
    [("MD07", "cannot_receive"), ("ac06", "cannot_receive"), ("户主已故", "other"), ("", "other"), ("closed", "closed")],
)  # fmt: skip
def test_keeps_of_a_reason_what_has_to_be_done_and_nothing_of_the_holder(said, reason):
    assert reconciling.reason_of(said) == reason


def test_reads_lines_whose_last_cells_were_left_out():
    one, found = beside(("1", "a", "1200.00", "成功"), ("2", "", "86.5", "退回"))

    assert (one.paid_lines, [kind for _line, kind, *_ in found]) == (1, ["refused", "silent"])


ROW = st.tuples(
    st.integers(0, 5).map(str), st.sampled_from(["", "a", "b", "c"]),
    st.sampled_from(["1200", "86.5", "3.05", "9"]), st.sampled_from(["成功", "退回"]), st.just("AC04"),
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(ROW, max_size=12), st.sets(st.integers(1, 3)))
def test_counts_every_line_once_whatever_the_bank_says(rows, before):
    one, found = beside(*rows, before=before)

    assert one.paid_lines + one.refused_lines + one.open_lines == len(ASKED)
    assert one.paid_total + one.refused_total + one.open_total == sum(ASKED)
    assert 0 <= one.back <= one.refused_total
    listed = {line for line, kind, *_ in found if kind not in {"unknown", "twice"}}
    assert len(listed) == one.refused_lines + one.open_lines
