"""A server in memory that can be down, slow, half apply, answer nonsense, and be changed by hand behind our back."""

from dataclasses import dataclass, field

from tequio.rules.entitlement import State
from tequio.services.connectors.contract import Answer, Observed, Outcome, Seen, Unreachable, seen_for
from tequio.services.connectors.credentials import digest_of, fits

DONE = Answer(outcome=Outcome.DONE)


@dataclass
class FakeServer:
    """What a connector promises, and switches for everything that goes wrong."""

    services: frozenset = frozenset({"mailbox"})
    name: str = "fake"
    accounts: dict = field(default_factory=dict)  # (service, name) -> [Seen, generation, credentials]
    unreachable: str = ""
    refuses: set = field(default_factory=set)
    fails: set = field(default_factory=set)
    ignores: set = field(default_factory=set)  # says done and does nothing
    dies_after: int | None = None  # applies so many accounts and is cut off
    nonsense: str = ""
    keeps_generations: bool = True
    asked: list = field(default_factory=list)
    before_verb: object = None  # called before a verb is carried out: a slow server

    def _each(self, verb, wanted, state):
        if self.before_verb is not None:
            hook, self.before_verb = self.before_verb, None
            hook()
        if self.unreachable:
            raise Unreachable(self.unreachable)
        if self.nonsense == "answers":
            return ["?"] * len(wanted)
        if self.nonsense == "fewer":
            return [DONE] * (len(wanted) - 1)
        answers = []
        for number, one in enumerate(wanted):
            if self.dies_after is not None and number >= self.dies_after:
                raise Unreachable("the line broke")
            self.asked.append((verb, one.name, one.generation))
            answers.append(self._one(one, state))
        return answers

    def _one(self, one, state):
        there = self.accounts.get(one.key)
        if one.service not in self.services or not one.name.isprintable() or not one.name or one.name in self.refuses:
            return Answer(outcome=Outcome.REFUSED, said="no such name")
        if one.name in self.fails:
            return Answer(outcome=Outcome.FAILED, said="disk full")
        if one.name in self.ignores:
            return DONE
        if self.keeps_generations and there is not None and there[1] > one.generation:
            return Answer(outcome=Outcome.STALE)
        self.accounts[one.key] = [state, one.generation, one.credentials if state is not Seen.ABSENT else ()]
        return DONE

    def ensure(self, wanted):
        return self._each("ensure", wanted, Seen.OPEN)

    def limit(self, wanted):
        return self._each("limit", wanted, Seen.LIMITED)

    def suspend(self, wanted):
        return self._each("suspend", wanted, Seen.SUSPENDED)

    def resume(self, wanted):
        return self._each("resume", wanted, Seen.OPEN)

    def remove(self, wanted):
        return self._each("remove", wanted, Seen.ABSENT)

    def observe(self, names):
        if self.unreachable:
            raise Unreachable(self.unreachable)
        if self.nonsense == "observed":
            return ["?"]
        if self.nonsense == "twice":
            return [self._seen(key) for key in self.accounts for _ in range(2)]
        if names is None:
            return [self._seen(key) for key, there in self.accounts.items() if there[0] is not Seen.ABSENT]
        return [self._seen(key) for key in names]

    def _seen(self, key):
        state, _, credentials = self.accounts.get(key, [Seen.ABSENT, 0, ()])
        digest = None if state is Seen.ABSENT else digest_of(credentials)
        return Observed(service=key[0], name=key[1], state=state, digest=digest)

    # What the tests of the contract and of reconciling ask of a server.
    @property
    def connector(self):
        return self

    @property
    def service(self):
        return min(self.services)

    def lets_in(self, name, typed):
        there = self.accounts.get((self.service, name))
        return (
            there is not None
            and there[0] in {Seen.OPEN, Seen.LIMITED}
            and any(fits(typed=typed, stored=credential.hash) for credential in there[2])
        )

    def by_hand(self, name, state=Seen.OPEN):
        self.accounts[self.service, name] = [state, 0, ()]

    def taken_out(self, name):
        del self.accounts[self.service, name]

    def down(self):
        self.unreachable = "connection refused"

    def up(self):
        self.unreachable = ""

    def states(self):
        return {
            name: there[0].value for (_, name), there in sorted(self.accounts.items()) if there[0] is not Seen.ABSENT
        }


SEEN = {state: seen_for(wanted=state) for state in State}
