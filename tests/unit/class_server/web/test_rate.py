from envcheck_class.web.rate import PIECE, Rates


def test_at_once_and_in_the_long_run() -> None:
    now = [0.0]
    rates = Rates(2.0, 4.0, lambda: now[0])
    assert [rates.wait(1, 0) for _ in range(4)] == [0.0] * 4
    assert rates.wait(1, 0) == 0.5
    now[0] = 1.0
    assert [rates.wait(1, 0) > 0 for _ in range(3)] == [False, False, True]


def test_classes_are_apart_and_large_reports_count_more() -> None:
    rates = Rates(1.0, 5.0, lambda: 0.0)
    assert rates.wait(1, 4 * PIECE) == 0.0
    assert rates.wait(1, 0) > 0
    assert rates.wait(2, 0) == 0.0
