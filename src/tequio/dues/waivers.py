"""Whose dues are waived, and whether a run has said so before: each waived period is worth saying once."""

from collections import defaultdict
from datetime import date

from tequio.dues.billing_plan import COMPED, SetAside
from tequio.kernel.runs.models import RunItem, RunState


class WaiversNamed:
    """What runs have said of members whose dues are waived. A run that was undone has told nobody anything.

    A preview asks nothing of this: there somebody decides, and sees everybody who is passed over.
    """

    def __init__(self, *, kind: str) -> None:
        self._through: dict[str, list[dict[str, str]]] = defaultdict(list)
        items = RunItem.objects.filter(code=COMPED, run__kind=kind).exclude(run__state=RunState.UNDONE).order_by("pk")
        for subject, parameters in items.values_list("subject", "run__parameters"):
            self._through[subject.removeprefix("member:")].append(parameters["through"])

    def cover(self, *, aside: SetAside) -> bool:
        """Whether a run that named this member took its center's periods through the waived one, or further."""
        start, center = aside.period_start, aside.center_code
        return start is not None and any(
            center in through and start <= date.fromisoformat(through[center])
            for through in self._through.get(aside.member_code, ())
        )
