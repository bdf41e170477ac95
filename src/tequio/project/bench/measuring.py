"""Counting statements and seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Counter:
    """Counts statements sent to the database, as Django's execute_wrapper sees them; COPY counts by itself."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count one statement and let it through."""
        self.statements += 1
        return execute(sql, params, many, context)


class Stopwatch:
    """Seconds spent inside its `with` blocks: on the wall, and of this process's CPU, which a busy machine spares."""

    def __init__(self) -> None:
        self.wall = 0.0
        self.cpu = 0.0

    def __enter__(self) -> None:
        self.wall -= time.perf_counter()
        self.cpu -= time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter()
        self.cpu += time.process_time()


@contextmanager
def counted() -> Iterator[Counter]:
    """Count the statements sent meanwhile."""
    from django.db import connection

    counter = Counter()
    with connection.execute_wrapper(counter):
        yield counter
