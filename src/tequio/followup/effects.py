"""The effect `followup.adopt_policy`: how late dues are followed up, for one center or several, from a day."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from tequio.centers.models import Center
from tequio.centers.queries import center_by_code
from tequio.decisions.effects.registry import Change, Consequences, Effect, Plan, Table
from tequio.decisions.models import Decision
from tequio.dues.effects import succession
from tequio.followup.drafting import TERMS
from tequio.followup.models import FollowUpPolicy
from tequio.followup.operations.adopting import adopt
from tequio.followup.policies_in_force import InForce, StepText, ladder_on, ladders
from tequio.followup.queries.ladder_preview import LadderPreview, ladder_preview
from tequio.followup.queries.policies_listed import term_lines
from tequio.followup.written import WrittenLadder, ladder_written
from tequio.kernel.texts import text_of
from tequio.rules.ladder import CHANNEL_NAMES, Channel
from tequio.rules.ladders_compared import said_of, steps_compared
from tequio.rules.money import MINOR_PER_UNIT
from tequio.rules.reasons import Text, both, long_date

_HEAD = Text(en="Follow-up on late dues", es="Seguimiento de cuotas atrasadas")


class AdoptFollowUpPolicy:
    """A ladder is adopted: from its day on whoever is late is followed up by its steps; what went out stays counted."""

    name = "followup.adopt_policy"
    title = Text(en="Adopt how late dues are followed up", es="Adoptar cómo se da seguimiento a las cuotas atrasadas")
    ahead = True  # it is dated by itself: adopted when confirmed, in force from its day
    example: Mapping[str, Any] = {
        "code": "follow-up-2031",
        "title": {"en": "A letter earlier", "es": "La carta, antes"},
        "valid_from": "2031-07-01",
        "centers": ["us"],
        "steps": [
            {
                "key": "reminder",
                "days": 10,
                "channels": ["mail", "letter"],
                "standings": [],
                "title": {"en": "A reminder about your dues", "es": "Recordatorio de su cuota"},
                "text": {"en": "We have not seen your dues yet.", "es": "Todavía no vemos su cuota."},
            },
            {
                "key": "letter",
                "days": 30,
                "channels": ["letter", "mail"],
                "standings": [],
                "title": {"en": "About your dues, on paper", "es": "Sobre su cuota, por carta"},
                "text": {"en": "E-mail gets lost, so we write on paper.", "es": "El correo se pierde; va por carta."},
            },
            {
                "key": "call",
                "days": 60,
                "channels": ["call"],
                "standings": [],
                "title": {"en": "A call about your dues", "es": "Una llamada sobre su cuota"},
                "text": {"en": "How are you? Is there something we can do?", "es": "¿Cómo está? ¿En qué ayudamos?"},
            },
        ],
        "terms": {"apart_days": 7, "money_known_days": 10},
        "postage": {"us": "0.49"},
    }

    def checked(self, *, data: Mapping[str, Any], on: date) -> dict[str, Any]:
        """This method will return the ladder as it is kept, every figure written out; or refuse it."""
        ladder = ladder_written(data=data, on=on)
        succession.refuse_taken(
            model=FollowUpPolicy, code=ladder.code, centers=_centers(ladder), valid_from=ladder.valid_from
        )
        return ladder.as_data()

    def said(self, *, data: Mapping[str, Any]) -> Text:
        """This method will say from when the ladder holds, where, and how many steps it has."""
        day, steps = date.fromisoformat(data["valid_from"]), len(data["steps"])
        centers = succession.centers_named(data["centers"])
        return Text(
            en=f"In force from {long_date(day=day, language='en')}: follow-up on late dues “{data['title']['en']}” "
            f"in {steps} step{'s' * (steps != 1)} ({centers.en}).",
            es=f"Vigente desde el {long_date(day=day, language='es')}: el seguimiento de cuotas atrasadas "
            f"«{data['title']['es']}», de {steps} paso{'s' * (steps != 1)} ({centers.es}).",
        )

    def base(self, *, data: Mapping[str, Any]) -> dict[str, Any]:
        """This method will name the ladders that hold from its day on in each of its centers."""
        return succession.base_of(
            model=FollowUpPolicy,
            code=data["code"],
            centers=[center_by_code(code=code) for code in data["centers"]],
            on=date.fromisoformat(data["valid_from"]),
        )

    def plan(self, *, data: Mapping[str, Any], on: date) -> Plan:
        """This method will lay out the steps and figures that change; confirmed late, the ladder begins on `on`."""
        begins = max(on, date.fromisoformat(data["valid_from"]))
        kept = {**data, "valid_from": begins.isoformat()}
        ladder = ladder_written(data=kept, on=begins)
        known = ladders()
        changes: list[Change] = []
        policies = []
        for center in _centers(ladder):
            code = ladder.code_in(center=center.code)
            old = ladder_on(policies=[one for one in known.get(center.pk, []) if one.row.code != code], on=begins)
            policies.append({"center": center.code, "code": code, "replaces": old.row.code if old else None})
            changes += _changes(center=center, old=old, ladder=ladder)
        return Plan(
            effective_on=begins,
            changes=tuple(changes),
            data={"valid_from": begins.isoformat(), "policies": policies, "ladder": kept},
        )

    def consequences(
        self,
        *,
        data: Mapping[str, Any],
        on: date,
        assumptions: Mapping[str, int] | None = None,  # noqa: ARG002 - CONFIG: the form of every kind; it rests on none
    ) -> Consequences:
        """This method will say what would follow for the members late today, beside what follows now."""
        ladder = ladder_written(data=data, on=date.fromisoformat(data["valid_from"]))
        found = [(center, ladder_preview(center=center, ladder=ladder, on=on)) for center in _centers(ladder)]
        said = {center.code: _sentence(center=center, preview=preview) for center, preview in found}
        facts = {}
        for center, preview in found:
            facts[f"late.{center.code}"] = preview.compared.members
            facts[f"at_once.{center.code}"] = sum(preview.compared.tonight_after.values())
        return Consequences(
            sentences=tuple(said.values()),
            tables=(_table(found=found),),
            totals={"centers": {center.code: _totals(preview=preview) for center, preview in found}},
            facts=facts,
            facts_said={name: succession.in_a_sentence(said[name.partition(".")[2]]) for name in facts},
        )

    def conflict(self, *, data: Mapping[str, Any], base: Mapping[str, Any]) -> Text | None:
        """This method will say that another ladder was adopted since it was written, and name both."""
        return succession.moved(model=FollowUpPolicy, before=base, now=self.base(data=data))

    def apply(self, *, plan: Plan, decision: Decision, actor: str, at: datetime) -> dict[str, Any]:
        """This method will adopt the ladder, one policy a center, each citing the decision."""
        begins = date.fromisoformat(plan.data["valid_from"])
        adopt(ladder=ladder_written(data=plan.data["ladder"], on=begins), decision=decision, actor=actor, at=at)
        return succession.result_of(plan=plan)

    def lost(self, *, decision: Decision, result: Mapping[str, Any]) -> str:
        """This method will name a ladder that is not there, or cites another decision."""
        return succession.lost(model=FollowUpPolicy, decision=decision, result=result)

    def inverse(
        self,
        *,
        data: Mapping[str, Any],  # noqa: ARG002 - CONFIG: the form of every kind of effect
        plan: Mapping[str, Any],  # noqa: ARG002 - CONFIG: as above
        result: Mapping[str, Any],
        on: date,
    ) -> list[Effect]:
        """This method will adopt again the ladders that held before, under new codes, from `on`.

        Refuses where there was none before.
        """
        begins = succession.begins_again(result=result, on=on)
        effects = []
        for center, code in sorted(result["replaced"].items()):
            old = succession.rule_before(model=FollowUpPolicy, center=center, code=code)
            again = {
                "code": succession.free_code(model=FollowUpPolicy, center=center, like=old.code),
                "title": text_of(row=old, name="title").as_dict(),
                "valid_from": begins.isoformat(),
                "centers": [center],
                **kept_of(policy=old),
            }
            kept = ladder_written(data=again, on=begins).as_data()
            effects.append(Effect(kind=self.name, data=kept, base=self.base(data=kept)))
        return effects


def kept_of(*, policy: FollowUpPolicy) -> dict[str, Any]:
    """The steps and figures of a ladder as an effect keeps them: what a reversal adopts again, a form begins with."""
    figures = {name: getattr(policy, name) for name in sorted(TERMS)}
    units, rest = divmod(policy.postage, MINOR_PER_UNIT)
    return {
        "steps": [
            {
                "key": step.key,
                "days": step.days,
                "channels": list(step.channels),
                "standings": list(step.standings),
                "title": text_of(row=step, name="title").as_dict(),
                "text": text_of(row=step, name="text").as_dict(),
            }
            for step in policy.steps.order_by("days")
        ],
        "terms": {name: value for name, value in figures.items() if value is not None},
        "postage": {policy.center.code: f"{units}.{rest:02d}"},
    }


def _centers(ladder: WrittenLadder) -> list[Center]:
    return [center_by_code(code=code) for code in ladder.centers]


def _changes(*, center: Center, old: InForce | None, ladder: WrittenLadder) -> list[Change]:
    """The changes of one center: which ladder from when, the steps, their words, the figures."""
    name, code = text_of(row=center, name="name"), ladder.code_in(center=center.code)
    after = both(
        sentence=lambda language: (
            f"{ladder.title.to(language)} ({code}), "
            + ("from " if language == "en" else "desde el ")
            + long_date(day=ladder.valid_from, language=language)
        )
    )
    changes = [Change(what=_in(name, _HEAD), before=succession.named_rule(rule=old.row if old else None), after=after)]
    was = old.texts if old else {}
    now = {step.key: StepText(title=step.title, opening=step.text) for step in ladder.steps}
    for step in steps_compared(before=old.ladder if old else None, after=ladder.as_rule(center=center.code)):
        title = (now.get(step.key) or was[step.key]).title
        changes.append(
            Change(
                what=_in(name, title),
                before=said_of(step=step.before) if step.before else None,
                after=said_of(step=step.after) if step.after else None,
            )
        )
    changes += [
        Change(what=_in(name, words.title), before=was[key].opening, after=words.opening)
        for key, words in now.items()
        if key in was and was[key] != words
    ]
    terms = FollowUpPolicy(center=center, **asdict(ladder.terms_in(center=center.code)))
    before = {line: said for _, line, said in term_lines(policy=old.row)} if old else {}
    then = {line: said for _, line, said in term_lines(policy=terms)}
    changes += [
        Change(what=_in(name, line), before=before.get(line), after=then.get(line))
        for line in {**before, **then}
        if before.get(line) != then.get(line)
    ]
    return changes


def _sentence(*, center: Center, preview: LadderPreview) -> Text:
    """How many are late, and how many would be reached at once, now and then."""
    name, found = text_of(row=center, name="name"), preview.compared
    now, then = _reached(found.tonight_before), _reached(found.tonight_after)
    late_en = "1 member is late" if found.members == 1 else f"{found.members:,} members are late"
    late_es = "1 membresía está atrasada" if found.members == 1 else f"{found.members:,} membresías están atrasadas"
    return Text(
        en=f"{name.en}: {late_en} today. At once it would reach {then.en}; the one in force reaches {now.en}.",
        es=f"{name.es}: hoy {late_es}. De inmediato contactaría a {then.es}; el vigente contacta a {now.es}.",
    )


def _reached(by_channel: Mapping[Channel, int]) -> Text:
    whole = sum(by_channel.values())
    if not whole:
        return Text(en="nobody", es="nadie")
    en = ", ".join(f"{count:,} by {CHANNEL_NAMES[channel].en}" for channel, count in by_channel.items())
    es = ", ".join(f"{count:,} por {CHANNEL_NAMES[channel].es}" for channel, count in by_channel.items())
    return Text(en=f"{whole:,} ({en})", es=f"{whole:,} ({es})")


def _table(*, found: list[tuple[Center, LadderPreview]]) -> Table:
    rows = []
    for center, preview in found:
        name = text_of(row=center, name="name")
        for row in preview.compared.rows:
            count = Text(en=f"{row.members:,}", es=f"{row.members:,}")
            rows.append((_in(name, row.before), row.after, count))
    return Table(
        title=Text(en="What follows for who is late today", es="Qué sigue para quien está en atraso hoy"),
        heads=(
            Text(en="Center, and what follows now", es="Centro, y qué sigue ahora"),
            Text(en="What would follow", es="Qué seguiría"),
            Text(en="Members", es="Membresías"),
        ),
        rows=tuple(rows),
    )


def _totals(*, preview: LadderPreview) -> dict[str, Any]:
    found = preview.compared
    return {
        "late": found.members,
        "at_once_now": {channel.value: count for channel, count in found.tonight_before.items()},
        "at_once_then": {channel.value: count for channel, count in found.tonight_after.items()},
        "needs_a_person_now": found.tasks_before,
        "needs_a_person_then": found.tasks_after,
        "sooner": found.sooner,
        "later": found.later,
    }


def _in(center: Text, what: Text) -> Text:
    return Text(en=f"{center.en}: {what.en}", es=f"{center.es}: {what.es}")
