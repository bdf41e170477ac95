"""The kind of mail the follow-up sends, as the queue knows it: written when it goes out."""

from collections.abc import Sequence
from datetime import datetime

from tequio.followup.names import NOTICE
from tequio.kernel.mail.kinds import MailKind, Ready, register
from tequio.rules.reasons import Text


def _write(*, subjects: Sequence[str], at: datetime) -> dict[str, Ready | None]:
    from tequio.followup.letters.notice import write_notices  # the tables are there only after start-up

    return write_notices(subjects=subjects, at=at)


def register_letters() -> None:
    """Make it known to the queue."""
    register(
        MailKind(
            code=NOTICE, name=Text(en="notice about late dues", es="recordatorio de cuotas atrasadas"), write=_write
        )
    )
