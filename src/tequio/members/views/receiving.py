"""Taking a file from a form: kept in memory, never on the disk in plain, and no larger than a page takes."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_protect

FILE_AT_MOST: Final = 10_000_000  # bytes
_REST_AT_MOST: Final = 100_000  # bytes of a form that are not its file
_READ_ANYWAY: Final = 100_000_000  # bytes
_CHUNK: Final = 1 << 20

View = Callable[..., HttpResponseBase]


class InMemory(MemoryFileUploadHandler):
    """Keeps a file in memory. A longer one than a page takes is read and dropped, and its field is empty."""

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        """Take every file, however long the request says it is: the view asked before."""
        self.activated = True
        self._taken = 0
        self.was_too_long = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """One piece of the file."""
        self._taken += len(raw_data)
        if self._taken > FILE_AT_MOST:
            self.was_too_long = True
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)


def takes_a_file(*, too_large: View) -> Callable[[View], View]:
    """Let a view take one file of up to 10 MB; a longer request is answered by `too_large` without looking into it.

    The view has to be exempt from the general check against forged forms, which would read the form before this can
    say where its file goes; the check is made here instead.
    """

    def decorate(view: View) -> View:
        checked = csrf_protect(view)

        @wraps(view)
        def opened(request: HttpRequest, **words: Any) -> HttpResponseBase:
            if request.method == "POST":
                length = _length(request)
                if length > FILE_AT_MOST + _REST_AT_MOST:
                    _read_out(request, length=length)
                    return too_large(request, **words)
                request.upload_handlers = [InMemory(request)]
            return checked(request, **words)

        return opened

    return decorate


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isascii() and said.isdigit() else 0


def _read_out(request: HttpRequest, *, length: int) -> None:
    """Read what is still coming, within reason: a browser that is hung up on while it sends shows no answer."""
    left = min(length, _READ_ANYWAY)
    while left > 0 and (piece := request.read(min(left, _CHUNK))):
        left -= len(piece)
