# ruff: noqa: ARG002 - CONFIG: the registry gives every kind the same arguments
"""An effect for tests of proposals: it sets a sign somewhere, from a day on; where the sign stands is in memory."""

from datetime import date

from tequio.decisions.effects.registry import Change, Consequences, Effect, Plan
from tequio.kernel.errors import Refusal
from tequio.rules.reasons import Text


class SetSign:
    """What the registry asks of a kind, over a dictionary instead of tables."""

    name = "test.set_sign"
    title = Text(en="Set a sign", es="Poner un letrero")
    example = {"place": "door", "says": "open", "from": "2016-09-01"}

    def __init__(self):
        self.stands = {"door": "closed"}

    def checked(self, *, data, on):
        if set(data) != {"place", "says", "from"}:
            raise Refusal(en="a sign has a place, what it says and a day.", es="un letrero lleva lugar, texto y fecha.")
        if data["place"] not in self.stands:
            raise Refusal(en=f"there is no {data['place']}.", es=f"no existe {data['place']}.")
        if date.fromisoformat(data["from"]) < on:
            raise Refusal(en="that day is over.", es="esa fecha ya pasó.")
        return dict(data)

    def said(self, *, data):
        return Text(en=f"The {data['place']} says {data['says']}.", es=f"{data['place']} dice {data['says']}.")

    def base(self, *, data):
        return {"says": self.stands[data["place"]]}

    def plan(self, *, data, on):
        return Plan(
            effective_on=date.fromisoformat(data["from"]),
            changes=(Change(what=self.title, before=None, after=self.said(data=data)),),
            data=dict(data),
        )

    def consequences(self, *, data, on, assumptions=None):
        return Consequences()

    def conflict(self, *, data, base):
        now = self.stands[data["place"]]
        if base["says"] == now:
            return None
        return Text(en=f"it said {base['says']} and says {now}.", es=f"decía {base['says']} y dice {now}.")

    def apply(self, *, plan, decision, actor, at):
        self.stands[plan.data["place"]] = plan.data["says"]
        return {}

    def inverse(self, *, data, plan, result, on):
        return [Effect(kind=self.name, data={**data, "says": "closed", "from": on.isoformat()})]


def sign(says="open", *, place="door", day="2016-09-01"):
    """The effect as a person writes it."""
    return {"kind": "test.set_sign", "data": {"place": place, "says": says, "from": day}}
