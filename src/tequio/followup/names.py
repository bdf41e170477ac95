"""Names of the mail kind and of subjects, in one place."""

NOTICE = "followup.notice"


def subject_of(*, dispatch_pk: int) -> str:
    """What a mail about a dispatch is about."""
    return f"dispatch:{dispatch_pk}"


def dispatch_pk_of(*, subject: str) -> int:
    """The dispatch a mail is about."""
    return int(subject.removeprefix("dispatch:"))
