"""How tests are shared out among workers: by file, and by folder where files share something dear; the dearest first.

Whoever is done takes the next lot that waits. So nothing that a file's tests share is made twice, and what is left for
the end is short: no worker waits long for the other.
"""

from xdist.scheduler import LoadScopeScheduling

# What shares a demonstration that is served, a lived year, or servers of mail: one lot for one worker.
TOGETHER = ("journeys/browser", "project/demo", "services/lists", "services/mail")
# What takes longest, by what was measured. Everything else is a minute's work at most, and follows as it is found.
DEAREST = (
    *("journeys/browser", "followup/test_simulated_year.py", "project/demo", "contract/test_permissions.py"),
    *("journeys/test_command_line.py", "dues/test_everything_agrees.py", "journeys", "services/lists", "services/mail"),
    *("kernel/mail/test_mail_journey.py", "contract", "dues", "followup"),
)


def lot(path):
    """The lot a test belongs to, by its path below tests/."""
    return next((folder for folder in TOGETHER if path.startswith(f"{folder}/")), path.partition("::")[0])


def turn(path):
    """When it begins: as small as it is dear."""
    return next((place for place, dear in enumerate(DEAREST) if path.startswith(dear)), len(DEAREST))


class InLots(LoadScopeScheduling):
    """A scheduler of xdist that hands out lots in the order in which they were collected."""

    def __init__(self, config, log=None):
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid):
        return lot(nodeid.removeprefix("tests/"))
