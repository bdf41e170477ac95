"""Killing a command at an instant, and comparing what comes of running it again with never having been killed."""

import os
import random
import signal
import time
from dataclasses import dataclass

from journeys import canonical

SLICE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Undisturbed:
    """A command that nobody cut off: what it said, what the instance held then, and how long it was at the database."""

    answer: object
    contents: dict
    ticks: int
    seconds: float


def undisturbed(*, instance, command, environment=None):
    """Run the command in peace, counting what it asks of the database and timing it."""
    reading, writing = os.pipe()
    process = instance.start(
        commands=[command], slice=SLICE, ticks=writing, pass_fds=(writing,), environment=environment
    )
    os.close(writing)
    ticks, began, ended = 0, 0.0, 0.0
    while some := os.read(reading, 65536):
        ended = time.monotonic()
        began = began or ended
        ticks += len(some)
    os.close(reading)
    [answer] = _answers(process=process)
    assert (answer.code, answer.err) == (0, ""), answer
    return Undisturbed(
        answer=answer, contents=canonical.contents(instance=instance), ticks=ticks, seconds=ended - began
    )


def kill(*, instance, command, calm, fraction, by_count, environment=None):
    """Start the command and end it with SIGKILL when this fraction of its work at the database is done.

    By count it falls between two things asked of the database, exactly; by time anywhere, also inside one.
    """
    if by_count:
        at = 1 + int(fraction * calm.ticks)
        print(f"killed at {at} of {calm.ticks}")  # noqa: T201 - CONFIG: pytest shows it where a test fails
        process = instance.start(commands=[command], slice=SLICE, die_at=at, environment=environment)
    else:
        reading, writing = os.pipe()
        process = instance.start(
            commands=[command], slice=SLICE, ticks=writing, pass_fds=(writing,), environment=environment
        )
        os.close(writing)
        assert os.read(reading, 1) == b".", process.communicate()
        time.sleep(fraction * calm.seconds)
        process.send_signal(signal.SIGKILL)
        seen = 1
        while some := os.read(reading, 65536):
            seen += len(some)
        os.close(reading)
        print(f"killed after {fraction * calm.seconds:.3f} s, at {seen} of {calm.ticks}")  # noqa: T201 - CONFIG: pytest shows it where a test fails
    process.communicate()
    assert process.returncode in ((-signal.SIGKILL,) if by_count else (-signal.SIGKILL, 0))
    instance.settle()


def again(*, instance, command, environment=None):
    """Run the command once more and check the books; the second answer."""
    answer, checked = instance.several(command, ("check", "--json"), slice=SLICE, environment=environment)
    assert (answer.code, checked.code, checked.out) == (0, 0, '{\n "differences": []\n}\n'), (answer, checked)
    return answer


def instants(*, count):
    """Random fractions of a command's work, one in each of `count` equal parts of it, half by count, half by time."""
    return [((number + random.random()) / count, number % 2 == 0) for number in range(count)]


def _answers(*, process):
    from journeys.instances import answers_of

    return answers_of(process=process)
