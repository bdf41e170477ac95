"""What every connector promises, as tests: a connector's own module makes a class of them and a fixture `server`.

A `server` has `connector`, `service`, `lets_in(name, typed)`, `by_hand(name)` (somebody puts an account there),
`taken_out(name)` (somebody takes one away or keeps its owner out), and `down()` (nothing can be asked from then on).
"""

from dataclasses import replace

import pytest

from tequio.rules.entitlement import State
from tequio.rules.reasons import Text
from tequio.services.connectors.contract import Answer, Credential, Outcome, Seen, Unreachable, Verb, Wanted, ask
from tequio.services.connectors.credentials import digest_of, sha512_crypt

NOTICE = Text(en="Dues are overdue. Pay at", es="Hay cuotas vencidas. Pague en")
DONE = [Answer(outcome=Outcome.DONE)]
VERB = {
    State.OPEN: Verb.ENSURE,
    State.LIMITED: Verb.LIMIT,
    State.SUSPENDED: Verb.SUSPEND,
    State.REMOVED: Verb.REMOVE,
}
SEEN = {
    State.OPEN: Seen.OPEN,
    State.LIMITED: Seen.LIMITED,
    State.SUSPENDED: Seen.SUSPENDED,
    State.REMOVED: Seen.ABSENT,
}
GETS_IN = {State.OPEN, State.LIMITED}


def credential(ident="k7w2", words="piedra-de-rio-lenta", protocol=""):
    typed = f"{ident}-{words}"
    return Credential(ident=ident, hash=sha512_crypt(typed=typed, salt=ident), protocol=protocol), typed


KEY, TYPED = credential()
OTHER_KEY, OTHER_TYPED = credential("m3x9", "otra-piedra-de-rio")


class Promises:
    """Each test is a sentence of docs/connectors.md.

    `passwords` is false for a server that knows none, as mailing lists: what is about them is skipped there.
    """

    passwords = True

    @pytest.fixture
    def wanted(self, server):
        """A function that says how an account is wanted."""

        def make(name="ana@example.org", state=State.OPEN, generation=1, credentials=(KEY,)):
            return Wanted(
                service=server.service,
                name=name,
                state=state,
                generation=generation,
                credentials=credentials,
                notice=NOTICE,
                pay_address="https://tequio.example.org/pay/x",
            )

        return make

    def seen(self, server, *names):
        names = [(server.service, name) for name in names or ("ana@example.org",)]
        return [observed.state for observed in server.connector.observe(names)]

    def test_each_verb_leaves_its_state_whatever_it_was_before_and_says_the_same_when_done_again(self, server, wanted):
        generation = 0
        for before in State:
            for after in State:
                for state in (before, after, after):
                    generation += 1
                    one = wanted(state=state, generation=generation)
                    assert ask(connector=server.connector, verb=VERB[state], wanted=[one]) == DONE
                    assert ask(connector=server.connector, verb=VERB[state], wanted=[one]) == DONE
                    assert self.seen(server) == [SEEN[state]], (before, after)
                    assert server.lets_in("ana@example.org", TYPED) == (state in GETS_IN), (before, after)

    def test_resume_opens_what_was_suspended_with_the_same_password(self, server, wanted):
        server.connector.ensure([wanted()])
        server.connector.suspend([wanted(state=State.SUSPENDED, generation=2)])
        assert list(server.connector.resume([wanted(generation=3)])) == DONE
        assert server.lets_in("ana@example.org", TYPED)
        assert not self.passwords or not server.lets_in("ana@example.org", OTHER_TYPED)

    def test_a_password_that_is_no_longer_wanted_opens_nothing_and_is_not_taken_for_the_new_one(self, server, wanted):
        if not self.passwords:
            pytest.skip("it knows no passwords")
        server.connector.ensure([wanted()])
        assert next(iter(server.connector.observe(None))).digest in {None, digest_of([KEY])}
        server.connector.ensure([wanted(generation=2, credentials=(OTHER_KEY,))])
        assert not server.lets_in("ana@example.org", TYPED)
        assert server.lets_in("ana@example.org", OTHER_TYPED)
        assert next(iter(server.connector.observe(None))).digest in {None, digest_of([OTHER_KEY])}
        server.connector.ensure([wanted(generation=3, credentials=())])
        assert not server.lets_in("ana@example.org", OTHER_TYPED)

    def test_a_password_of_one_opens_no_other(self, server, wanted):
        if not self.passwords:
            pytest.skip("it knows no passwords")
        server.connector.ensure([wanted(), wanted(name="beto@example.org", credentials=(OTHER_KEY,))])
        assert not server.lets_in("beto@example.org", TYPED)
        assert server.lets_in("beto@example.org", OTHER_TYPED)

    def test_an_older_order_that_comes_late_changes_nothing_where_generations_are_kept(self, server, wanted):
        late = wanted(state=State.SUSPENDED, generation=4)
        server.connector.ensure([wanted(generation=5)])
        answer = next(iter(server.connector.suspend([late])))
        assert answer.outcome in {Outcome.STALE, Outcome.DONE}
        assert server.lets_in("ana@example.org", TYPED) == (answer.outcome is Outcome.STALE)

    def test_it_takes_many_at_once_with_an_answer_for_each_in_their_order(self, server, wanted):
        many = [wanted(name=f"m{number}@example.org") for number in range(30)]
        foreign = replace(many[0], service="no-such-service")
        answers = ask(connector=server.connector, verb=Verb.ENSURE, wanted=[*many[:15], foreign, *many[15:]])
        assert [a.outcome for a in answers] == [Outcome.DONE] * 15 + [Outcome.REFUSED] + [Outcome.DONE] * 15
        assert {o.name for o in server.connector.observe(None)} == {one.name for one in many}

    def test_it_reports_all_there_is_also_what_it_was_never_told_of(self, server, wanted):
        server.connector.ensure([wanted()])
        server.by_hand("mallory@example.org")
        found = {o.name: o.state for o in server.connector.observe(None)}
        assert found == {"ana@example.org": Seen.OPEN, "mallory@example.org": Seen.OPEN}
        server.connector.suspend([wanted(state=State.SUSPENDED, generation=2)])
        assert {o.name for o in server.connector.observe(None)} == set(found)  # what it does not know stays

    def test_it_reports_what_is_and_not_what_it_was_told(self, server, wanted):
        server.connector.ensure([wanted()])
        server.taken_out("ana@example.org")
        assert self.seen(server) in ([Seen.ABSENT], [Seen.SUSPENDED])
        server.connector.ensure([wanted()])
        assert self.seen(server) == [Seen.OPEN]

    def test_names_asked_for_are_reported_in_their_order_absent_ones_too(self, server, wanted):
        server.connector.ensure([wanted()])
        assert self.seen(server, "nobody@example.org", "ana@example.org") == [Seen.ABSENT, Seen.OPEN]

    @pytest.mark.parametrize(
        "name",
        [
            "a'; DROP TABLE mailbox; --@example.org",
            'a"@example.org',
            "../../etc/passwd",
            "a%n@example.org",
            "$(reboot)",
            "-rf",
            "ñandú@example.org",
            "x" * 250,
        ],
    )
    def test_a_hostile_name_is_only_a_name_or_is_refused(self, server, wanted, name):
        server.connector.ensure([wanted()])
        [answer] = server.connector.ensure([wanted(name=name, credentials=(OTHER_KEY,))])
        if answer.outcome is Outcome.DONE:
            assert self.seen(server, name) == [Seen.OPEN]
        else:
            assert answer.outcome is Outcome.REFUSED
            assert self.seen(server, name) == [Seen.ABSENT]
        assert server.lets_in("ana@example.org", TYPED)

    @pytest.mark.parametrize("name", ["a\nb@example.org", "a\rb", "a\0b", "", "a\u202eb"])
    def test_what_is_no_name_is_refused_and_spoils_nothing(self, server, wanted, name):
        outcomes = [a.outcome for a in server.connector.ensure([wanted(name=name), wanted()])]
        assert outcomes == [Outcome.REFUSED, Outcome.DONE]
        assert [o.name for o in server.connector.observe(None)] == ["ana@example.org"]

    def test_a_server_that_cannot_be_asked_is_said_to_be_so_by_every_verb(self, server, wanted):
        server.connector.ensure([wanted()])
        server.down()
        for verb in Verb:
            with pytest.raises(Unreachable):
                ask(connector=server.connector, verb=verb, wanted=[wanted(generation=9)])
        for names in (None, [(server.service, "ana@example.org")]):
            with pytest.raises(Unreachable):
                list(server.connector.observe(names))
