"""When each kind of event fires: a sentence in both languages for every kind, by what it is of."""

from tequio.kernel.journal.fires import deciding, meeting, membership, money, serving

FIRES = deciding.FIRES | meeting.FIRES | membership.FIRES | money.FIRES | serving.FIRES
