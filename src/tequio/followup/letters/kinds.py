"""The kinds of follow-up mail, as the queue knows them."""


def register_letters() -> None:
    """Make them known to the queue."""
