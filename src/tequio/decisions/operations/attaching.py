"""Files beside a proposal: kept encrypted, few and small, and only ever handed out to be saved."""

import base64
import re
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from tequio.accounts.models import User
from tequio.decisions.locking import lock_proposal
from tequio.decisions.models import Attachment, Proposal
from tequio.decisions.operations.refusing import refuse_closed
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.rules.wording import cleaned_line

MB = 1_000_000
LARGEST = 4 * MB
LARGEST_TOGETHER = 12 * MB
MOST_FILES = 20
LONGEST_NAME = 100

_UNWANTED = re.compile(r'[\x00-\x1f\x7f<>:"|?*;`$%&\'{}\\/]+')


@transaction.atomic
def attach(*, proposal: Proposal, name: str, content: bytes, by: User, actor: str, at: datetime) -> Attachment:
    """Keep a file beside a proposal. It is no part of its words: it restarts nothing, and no vote is about it.

    Refuses an empty file, one that is too large or one too many, and any while a vote is open or when it is decided.
    """
    held = lock_proposal(proposal=proposal)
    refuse_closed(proposal=held)
    there = Attachment.objects.filter(proposal=held, removed_at__isnull=True)
    together = there.aggregate(total=Sum("size"))["total"] or 0
    if not content:
        raise Refusal(en="The file is empty.", es="El archivo está vacío.")
    if len(content) > LARGEST:
        raise Refusal(
            en=f"The file is too large; it takes {LARGEST // MB} MB.",
            es=f"El archivo es demasiado grande; caben {LARGEST // MB} MB.",
        )
    if together + len(content) > LARGEST_TOGETHER or there.count() >= MOST_FILES:
        raise Refusal(
            en=f"The files of a proposal are at most {MOST_FILES}, and {LARGEST_TOGETHER // MB} MB together.",
            es=f"Los archivos de una propuesta son cuando más {MOST_FILES}, y {LARGEST_TOGETHER // MB} MB en total.",
        )
    taken = set(there.values_list("name", flat=True))
    made = Attachment.objects.create(
        proposal=held,
        name=_free(name=safe_name(name), taken=taken),
        size=len(content),
        content=base64.b64encode(content).decode(),
        user=by,
        at=at,
    )
    _write_down(kind=Kind.FILE_ATTACHED, attachment=made, actor=actor, at=at)
    return made


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User, actor: str, at: datetime) -> bool:
    """Take a file away, content and all; False where that was done before. That it was there stays written.

    Whoever attached it may, and the sponsor. Refused while a vote is open and when the proposal is decided.
    """
    held = lock_proposal(proposal=attachment.proposal)
    refuse_closed(proposal=held)
    if by.pk not in (attachment.user_id, held.sponsor_id):
        raise Refusal(
            en="Whoever attached it takes it away, or the sponsor.", es="Lo quita quien lo adjuntó, o quien propone."
        )
    gone = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(removed_at=at, content="")
    if gone:
        _write_down(kind=Kind.FILE_REMOVED, attachment=attachment, actor=actor, at=at)
    return bool(gone)


def safe_name(name: str, /) -> str:
    """A file's name that no system reads as anything else: no folders, no marks, not hidden, not too long.

    The ending is kept, for it says which program opens the file.
    """
    last = cleaned_line(re.split(r"[/\\]", name)[-1])
    plain = " ".join(_UNWANTED.sub(" ", last).split()).strip(" .")
    if not plain:
        return "file"
    stem, dot, ending = plain.rpartition(".")
    if not stem or len(ending) > 10 or " " in ending:  # noqa: PLR2004 - WONTFIX: no ending of a file is longer
        stem, dot, ending = plain, "", ""
    return stem[: LONGEST_NAME - len(ending) - 1].strip(" .") + dot + ending


def _free(*, name: str, taken: set[str]) -> str:
    """The name, with a number where another file has it."""
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{stem} ({number}){dot}{ending}"
    return free


def _write_down(*, kind: Kind, attachment: Attachment, actor: str, at: datetime) -> None:
    journal.append(
        kind=kind,
        subject=f"proposal:{attachment.proposal.code}",
        actor=actor,
        at=at,
        payload={"file": attachment.pk, "size": attachment.size},
    )
