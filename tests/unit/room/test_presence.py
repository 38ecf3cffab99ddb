"""The wheel that turns for all rooms of a process."""

from enid.room.presence import Wheel


def turned(wheel: Wheel, times: int) -> int:
    """Turn the wheel and do what is due; return how much that was."""
    count = 0
    for _ in range(times):
        for deed in wheel.turn():
            deed()
            count += 1
    return count


def test_deed_is_due_once_after_its_while() -> None:
    wheel, done = Wheel(step_s=0.5), []
    wheel.put("anna", 2.0, lambda: done.append("anna"))
    assert turned(wheel, 3) == 0
    assert turned(wheel, 1) == 1
    assert turned(wheel, 10) == 0
    assert done == ["anna"]


def test_deed_that_was_taken_out_is_never_done() -> None:
    wheel, done = Wheel(step_s=1), []
    wheel.put("anna", 1, lambda: done.append("anna"))
    wheel.put("jonas", 1, lambda: done.append("jonas"))
    wheel.take_out("anna")
    wheel.take_out("nobody")
    turned(wheel, 5)
    assert done == ["jonas"]


def test_deed_put_in_again_begins_anew() -> None:
    wheel, done = Wheel(step_s=1), []
    wheel.put("anna", 2, lambda: done.append("first"))
    turned(wheel, 1)
    wheel.put("anna", 2, lambda: done.append("second"))
    turned(wheel, 1)
    assert done == []
    turned(wheel, 1)
    assert done == ["second"]


def test_deed_may_put_itself_in_again() -> None:
    wheel, done = Wheel(step_s=1), []

    def again() -> None:
        done.append(1)
        wheel.put("anna", 1, again)

    wheel.put("anna", 1, again)
    turned(wheel, 4)
    assert len(done) == 4


def test_whole_circle_may_be_due_at_once() -> None:
    wheel, done = Wheel(step_s=1), []
    for number in range(1_000):
        wheel.put(number, 3, lambda number=number: done.append(number))  # type: ignore[misc]
    turned(wheel, 3)
    assert done == list(range(1_000))
