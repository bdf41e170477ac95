"""What meetings hold about a person who signs in: where they were, spoke, interpreted, what they suggested."""

from collections.abc import Mapping

from tequio.accounts.models import User
from tequio.meetings.models import Attendance, Interpreter, SpeakerTurn, Suggestion


def held_about(*, user: User) -> Mapping[str, object]:
    """Attendances, turns to speak, interpretation and suggestions, those taken back too. Four queries."""
    were = Attendance.objects.filter(user=user).order_by("came_at", "pk")
    turns = SpeakerTurn.objects.filter(user=user).order_by("asked_at", "pk")
    interpreted = Interpreter.objects.filter(user=user).order_by("signed_up_at", "pk")
    wishes = Suggestion.objects.filter(made_by=user).order_by("made_at", "pk")
    return {
        "suggestions": [
            {"meeting": meeting, "title_en": en, "title_es": es, "why": why, "made": made, "declined_because": because}
            for meeting, en, es, why, made, because in wishes.values_list(
                "part__meeting_id", "title_en", "title_es", "why", "made_at", "declined_because"
            )
        ],
        "attendances": [
            {"meeting": meeting, "begins": begins, "place": place, "came": came, "left": left, "taken_back": back}
            for meeting, begins, place, came, left, back in were.values_list(
                "meeting_id", "meeting__starts_at", "place__code", "came_at", "left_at", "taken_back_at"
            )
        ],
        "speaking": [
            {"meeting": meeting, "item": item, "language": language, "asked": asked, "began": began, "ended": ended}
            for meeting, item, language, asked, began, ended in turns.values_list(
                "item__part__meeting_id", "item_id", "language", "asked_at", "began_at", "ended_at"
            )
        ],
        "interpreting": [
            {"meeting": meeting, "direction": direction, "paid": paid, "withdrawn": withdrawn, "minutes_given": minutes}
            for meeting, direction, paid, withdrawn, minutes in interpreted.values_list(
                "meeting_id", "direction", "paid", "withdrawn_at", "minutes_given"
            )
        ],
    }
