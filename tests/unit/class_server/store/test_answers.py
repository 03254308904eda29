from __future__ import annotations

from tests.unit.class_server.made import arrival, open_class
from tests.unit.engine.classroom.class_reports import check

from envcheck_class.checked.record import Answer
from envcheck_class.store import answers, arrivals, claims
from envcheck_class.store.database import Database


def test_the_answers_of_each_report_in_the_order_in_which_they_came(kept: Database) -> None:
    open_class(kept)
    rows = [check("python"), check("kernel", "error"), check("browser", "skip")]
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival(received=5.0, stuck=True, seconds=1)])
        arrivals.keep(connection, [arrival("owl", "b", 6.0, checks=rows, seconds=2)])
    with kept.reading() as connection:
        fox, owl = answers.of_class(connection, 1)
    assert (fox.learner, fox.received, owl.learner) == ("fox", 5.0, "owl")
    assert fox.given["chapter2.kernel"] == Answer(False, mendable=True)
    assert owl.given == {"chapter2.python": Answer(True), "chapter2.kernel": Answer(False)}
    assert owl.titles["chapter2.kernel"] == "Kernel"
    assert fox.setting == owl.setting and "3.12.4" in fox.setting


def test_what_a_hostile_report_adds_is_bounded(kept: Database) -> None:
    open_class(kept)
    many = [{**check("x"), "id": f"{number}\x1b[2J{'y' * 500}"} for number in range(200)]
    vast = [{**check("x"), "summary": "z" * answers.LARGEST}]
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival(checks=many), arrival("owl", "b", checks=vast)])
    with kept.reading() as connection:
        [one] = answers.of_class(connection, 1)
    assert len(one.given) == answers.MOST_CHECKS
    assert all(len(id) <= answers.LONGEST and id.isprintable() for id in one.given)


def test_when_a_helper_solved_something(kept: Database) -> None:
    open_class(kept)
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival()])
        for moment, how in ((10.0, "another kernel"), (20.0, None)):
            assert claims.take(connection, 1, 1, "Ada", moment)
            claims.end(connection, 1, 1, moment + 5, how)
    with kept.reading() as connection:
        assert answers.mended(connection, 1) == {1: [15.0]}
