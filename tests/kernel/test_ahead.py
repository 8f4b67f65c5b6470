"""Some at a time, the next made meanwhile: all of them, in order, made in another thread, and what is raised is raised."""

import sys
import threading

import pytest

from linli.kernel.ahead import ahead, batched


@pytest.mark.parametrize("take", [batched, ahead])
def test_all_come_in_order_some_at_a_time(take):
    assert list(take(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(take([], 3)) == []


def test_the_next_are_made_before_they_are_asked_for():
    made, second = [], threading.Event()

    def numbers():
        for number in range(4):
            made.append((number, threading.current_thread() is threading.main_thread()))
            if number == 3:
                second.set()
            yield number

    coming = ahead(numbers(), 2)
    assert next(coming) == [0, 1]
    assert second.wait(5)  # nobody has asked for the others yet
    assert made == [(number, False) for number in range(4)]
    assert list(coming) == [[2, 3]]


def test_what_is_raised_in_making_is_raised_and_the_interpreter_is_as_it_was():
    def numbers():
        yield 1
        raise LookupError

    before = sys.getswitchinterval()
    with pytest.raises(LookupError):
        list(ahead(numbers(), 1))
    assert sys.getswitchinterval() == before
