"""Names that were changed and go on working until 1.0."""

from __future__ import annotations

import dataclasses

import pytest

from envcheck import Check, Status, check, ok


def passing(id: str) -> Check:
    return check(id)(lambda env: ok("fine"))


def test_beside_is_explained_by() -> None:
    """`beside=` of the decorator and of the constructor, and `Check.beside`, are `explained_by`,
    without a warning.
    """
    other = passing("other")
    decorated = check("mine", beside=[other])(lambda env: ok("fine"))
    constructed = Check("mine", "Mine", lambda env: ok("fine"), beside=(other,))  # type: ignore[call-arg]  # the older name
    for mine in (decorated, constructed):
        assert tuple(mine.explained_by) == tuple(mine.beside) == (other,)
    assert passing("alone").beside == ()


def test_a_copy_keeps_what_explains_it() -> None:
    """A plug-in's checks are copied with their owner's name: what explains them is kept, and can be
    replaced.
    """
    first, second = passing("first"), passing("second")
    mine = check("mine", beside=[first])(lambda env: ok("fine"))
    assert tuple(dataclasses.replace(mine, owner="me").explained_by) == (first,)
    assert tuple(dataclasses.replace(mine, explained_by=(second,)).beside) == (second,)


def test_both_names_at_once() -> None:
    """Giving both is refused with a sentence that says what to do."""
    other = passing("other")
    with pytest.raises(TypeError, match="give one of them, not both"):
        check("mine", explained_by=[other], beside=[other])(lambda env: ok("fine"))
    with pytest.raises(TypeError, match="give one of them, not both"):
        Check("mine", "Mine", lambda env: ok("fine"), explained_by=(other,), beside=(other,))  # type: ignore[call-arg]  # the older name


def test_could_not_tell_has_two_names() -> None:
    """`Status.ERROR` is `Status.UNDETERMINED`, whose value in JSON is still "error"."""
    assert Status("error") is Status.UNDETERMINED
    assert Status["ERROR"] is Status.UNDETERMINED
