"""Long work beside a page: once at a time, and a fault in it reaches the log and nobody else."""

import logging
import threading

import pytest

from tequio.kernel import background


@pytest.fixture
def beside(settings):
    """Work goes on in a thread, as on a served site."""
    settings.RUNS_INLINE = False


def ended(name):
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join(timeout=10)
    return name not in background._at_work


def test_work_under_way_is_not_begun_a_second_time(beside):
    go_on, done = threading.Event(), []

    def work(_):
        go_on.wait(timeout=10)
        done.append("once")

    assert background.start(name="run-1", work=work)
    assert background.progress_of(name="run-1")
    assert not background.start(name="run-1", work=work)
    assert not background.progress_of(name="run-2")
    go_on.set()
    assert ended("run-1")
    assert done == ["once"]


def test_work_that_breaks_is_logged_and_can_be_begun_again(beside, caplog):
    def broken(_):
        raise RuntimeError("the disk is gone")

    with caplog.at_level(logging.ERROR):
        assert background.start(name="run-1", work=broken)
        assert ended("run-1")
    assert [record.getMessage() for record in caplog.records] == ["run-1 was cut off; it can be carried on"]
    done = []
    assert background.start(name="run-1", work=lambda _: done.append("again"))
    assert ended("run-1")
    assert done == ["again"]


def test_with_the_setting_the_work_is_done_before_the_answer(settings):
    settings.RUNS_INLINE = True
    done = []
    assert background.start(name="run-1", work=lambda _: done.append("now"))
    assert done == ["now"]
