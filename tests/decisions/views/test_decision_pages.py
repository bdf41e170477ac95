"""The pages of a body's work, as its chair and its people use them, from a draft to the count."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from committees import AT, DAY, HOUR, committee, fresh, proposal, sits, sitting, whole
from signing_in import sign_in
from tequio.decisions.models import ActionItem, Office, Proposal, Sitting, Stage, Vote
from tequio.decisions.operations.tasks import open_task
from tequio.kernel import clock
from tequio.rules.reasons import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monkeypatch):
    """A clock that tests move."""
    hands = {"at": AT}
    monkeypatch.setattr(clock, "now", lambda: hands["at"])
    return hands


@pytest.fixture
def body_of_six(sample_rules, now):
    """A committee of six; the first chairs it."""
    body, people = committee(6)
    sits(body, people[0], office=Office.CHAIR, votes=False)
    return body, people


@pytest.fixture
def chair(client, body_of_six):
    return sign_in(client, body_of_six[1][0])


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_every_page_of_a_body_opens_in_both_languages(chair, body_of_six):
    body, people = body_of_six
    asked = proposal(body, people[0])
    there = sitting(body, starts_at=AT + DAY)
    beside = (
        "history preview change priority withdraw delay comment position files amend divide vote vote/let-in vote/waive"
    )
    pages = [
        "/bodies/",
        f"/bodies/{body.code}/",
        f"/bodies/{body.code}/sittings/",
        f"/bodies/{body.code}/propose/",
        f"/sittings/{there.pk}/cancel/",
        "/proposals/",
        f"/proposals/{asked.code}/",
        *(f"/proposals/{asked.code}/{name}/" for name in beside.split()),
        "/tasks/",
    ]
    opened = {}
    for language in ("en", "es"):
        chair.get(f"/language/{language}/?back=/")
        for page in pages:
            answer = chair.get(page)
            opened[language, page] = (answer.status_code, f'<html lang="{language}">' in answer.content.decode())
    assert set(opened.values()) == {(200, True)}


def test_a_draft_is_written_in_two_languages_and_circulated(chair, body_of_six):
    body, _ = body_of_six
    typed = {
        "original": "en",
        "ask_en": "Buy a second printer",
        "ask_es": "Comprar otra impresora",
        "text_en": "It stands in the office.",
        "text_es": "Se queda en la oficina.",
        "resources_en": "200 dollars.",
        "resources_es": "200 dólares.",
        "no_priority_because": "the old one broke",
    }
    answer = chair.post(f"/bodies/{body.code}/propose/", typed)
    made = Proposal.objects.get()
    assert (answer.status_code, answer.url) == (303, f"/proposals/{made.code}/")
    answer = chair.post(f"/proposals/{made.code}/circulate/", {})
    assert (answer.status_code, fresh(made).stage) == (303, Stage.REVIEW)
    assert "Buy a second printer" in text_of(chair.get(f"/proposals/{made.code}/"))


def test_what_is_refused_keeps_what_was_typed(chair, body_of_six):
    body, _ = body_of_six
    answer = chair.post(f"/bodies/{body.code}/propose/", {"original": "en", "ask_en": "", "text_en": "Half a thought"})
    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    assert "Half a thought" in answer.content.decode()
    assert "Say in one sentence what is asked" in text_of(answer)


def test_who_changes_an_older_version_is_shown_both_and_loses_nothing(chair, body_of_six):
    body, people = body_of_six
    asked = proposal(body, people[0])
    typed = {"original": "en", "against": 1, "ask_en": "Do it", "ask_es": "Hacerlo"}
    first = {**typed, "text_en": "First this.\n\nThen how.", "text_es": "Primero esto.\n\nLuego cómo."}
    assert chair.post(f"/proposals/{asked.code}/change/", first).status_code == 303
    second = {**typed, "text_en": "First that.\n\nThen how.", "text_es": "Primero aquello.\n\nLuego cómo."}
    answer = chair.post(f"/proposals/{asked.code}/change/", second)
    said = text_of(answer)
    assert answer.status_code == 422
    assert "What others changed meanwhile" in said
    assert "What you wanted to change" in said
    assert "First that." in answer.content.decode()
    assert 'name="against" value="2"' in answer.content.decode()


def test_people_comment_take_positions_and_hold_back(chair, body_of_six):
    body, people = body_of_six
    asked = proposal(body, people[0])
    where = f"/proposals/{asked.code}"
    assert chair.post(f"{where}/comment/", {"text": "Why two?", "language": "en"}).status_code == 303
    position = {"question": whole(asked).pk, "stance": "concern", "words": "<b>Too dear</b>", "language": "en"}
    assert chair.post(f"{where}/position/", position).status_code == 303
    other = {**position, "stance": "for", "words": "Está bien", "language": "es", "said_by": "Doña Luz"}
    assert chair.post(f"{where}/position/", other).status_code == 303
    assert chair.post(f"{where}/delay/", {"days": 3, "reason": "to read it"}).status_code == 303
    assert chair.post(f"{where}/delay/", {"days": 1, "reason": "again"}).status_code == 422
    shown = chair.get(f"{where}/").content.decode()
    for words in ("Why two?", "&lt;b&gt;Too dear&lt;/b&gt;", "Está bien", "Doña Luz", "to read it"):
        assert words in shown


def test_a_file_is_handed_out_to_be_saved_whatever_it_is(chair, body_of_six):
    body, people = body_of_six
    asked = proposal(body, people[0])
    hostile = SimpleUploadedFile("<b>../x.html", b"<script>alert(1)</script>", content_type="text/html")
    assert chair.post(f"/proposals/{asked.code}/files/", {"file": hostile}).status_code == 303
    file = asked.attachments.get()
    answer = chair.get(f"/proposals/{asked.code}/files/{file.pk}/")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].endswith("sandbox")
    assert chair.post(f"/proposals/{asked.code}/files/{file.pk}/remove/", {}).status_code == 303
    assert chair.get(f"/proposals/{asked.code}/files/{file.pk}/").status_code == 404


def test_an_amendment_is_asked_for_and_taken_into_the_text(chair, client, body_of_six):
    body, people = body_of_six
    asked = proposal(body, people[0])
    typed = {
        "against": 1,
        "ask_en": "Do it",
        "ask_es": "Do it (es)",
        "text_en": "First who.\n\nThen how.",
        "text_es": "Primero quién.\n\nLuego cómo.",
        "why_en": "who matters",
    }
    answer = chair.post(f"/proposals/{asked.code}/amend/", typed)
    assert answer.url == f"/proposals/{asked.code}/amendments/1/"
    shown = chair.get(answer.url).content.decode()
    assert "<del>what</del><ins>who</ins>" in shown
    assert chair.post(answer.url, {"do": "accept"}).status_code == 303
    assert asked.versions.get(number=2).text_en == "First who.\n\nThen how."


def test_a_question_is_divided_and_put_together_again(chair, body_of_six):
    body, people = body_of_six
    asked = proposal(body, people[0])
    typed = {
        "parts": 2,
        "title_1_en": "What",
        "title_1_es": "Qué",
        "title_2_en": "How",
        "title_2_es": "Cómo",
        "paragraph_0": 1,
        "paragraph_1": 2,
    }
    assert chair.post(f"/proposals/{asked.code}/divide/", typed).status_code == 303
    shown = text_of(chair.get(f"/proposals/{asked.code}/"))
    assert "part 1 What paragraphs 1" in shown
    assert chair.post(f"/proposals/{asked.code}/divide/", {"parts": 2, "undivide": 1}).status_code == 303
    assert [q.number for q in asked.questions.order_by("number")] == [0]


def test_a_vote_online_is_opened_cast_changed_and_counted(client, body_of_six, now):
    body, people = body_of_six
    asked = proposal(body, people[0])
    chair = sign_in(client, people[0])
    opened = chair.post(
        f"/proposals/{asked.code}/vote/", {"question": whole(asked).pk, "qualifier": "none", "how": "online"}
    )
    vote = Vote.objects.get()
    assert opened.url == f"/votes/{vote.pk}/"
    mine = vote.electors.get(user=people[0]).pk
    ballot = {"elector": mine, "saw": -2, "choice": "block", "reason": ""}
    refused = chair.post(f"/votes/{vote.pk}/cast/", ballot)
    assert (refused.status_code, "A block says why." in text_of(refused)) == (422, True)
    assert chair.post(f"/votes/{vote.pk}/cast/", {**ballot, "choice": "against"}).status_code == 303
    changed = {**ballot, "saw": 0, "choice": "favor", "reason": "I was wrong"}
    assert chair.post(f"/votes/{vote.pk}/cast/", changed).status_code == 303
    for who in people[1:4]:
        elector = vote.electors.get(user=who).pk
        sent = sign_in(client, who).post(
            f"/votes/{vote.pk}/cast/", {"elector": elector, "saw": -2, "choice": "favor", "reason": ""}
        )
        assert sent.status_code == 303
    now["at"] = fresh(vote).closes_at + HOUR
    chair = sign_in(client, people[0])
    assert chair.post(f"/votes/{vote.pk}/close/", {}).status_code == 303
    shown = text_of(chair.get(f"/votes/{vote.pk}/"))
    assert fresh(vote).verdict == "passed"
    assert "Present: 4 of 6, needed at least 1/2, which is 3: there is a quorum." in shown
    assert "I was wrong" in shown


def test_nobody_casts_for_another_or_after_the_close(client, body_of_six, now):
    body, people = body_of_six
    asked = proposal(body, people[0])
    sign_in(client, people[0]).post(
        f"/proposals/{asked.code}/vote/", {"question": whole(asked).pk, "qualifier": "none", "how": "online"}
    )
    vote = Vote.objects.get()
    theirs = {"elector": vote.electors.get(user=people[0]).pk, "saw": -2, "choice": "favor", "reason": ""}
    other = sign_in(client, people[1]).post(f"/votes/{vote.pk}/cast/", theirs)
    assert (other.status_code, "You are not in the electorate" in text_of(other)) == (422, True)
    own = {**theirs, "elector": vote.electors.get(user=people[1]).pk}
    now["at"] = vote.closes_at + HOUR
    late = sign_in(client, people[1]).post(f"/votes/{vote.pk}/cast/", own)
    assert (late.status_code, "This vote is closed." in text_of(late)) == (422, True)


def test_a_sittings_ballots_are_entered_by_its_chair(chair, body_of_six, now):
    body, people = body_of_six
    asked = proposal(body, people[0])
    there = sitting(body, starts_at=AT)
    sent = {"question": whole(asked).pk, "qualifier": "none", "how": "sitting", "sitting": there.pk}
    assert chair.post(f"/proposals/{asked.code}/vote/", sent).status_code == 303
    vote = Vote.objects.get()
    entered = {f"choice_{e.pk}": "favor" for e in vote.electors.all()}
    assert chair.post(f"/votes/{vote.pk}/enter/", entered).status_code == 303
    assert chair.post(f"/votes/{vote.pk}/close/", {}).status_code == 303
    assert (fresh(vote).verdict, fresh(asked).stage) == ("passed", Stage.DECIDED)
    assert chair.get(f"/decisions/{fresh(vote).decision.code}/").status_code == 200


def test_a_sitting_is_planned_on_the_clock_of_a_city_and_cancelled(chair, body_of_six):
    body, _ = body_of_six
    typed = {"day": "2016-11-05", "hour": "18:00", "zone": "America/Mexico_City", "title_en": "Autumn", "title_es": ""}
    assert chair.post(f"/bodies/{body.code}/sittings/", typed).status_code == 303
    there = Sitting.objects.get()
    assert there.starts_at.isoformat() == "2016-11-06T00:00:00+00:00"
    # The countries change their clocks on different days: in this week they are two hours apart, not one.
    assert "20:00" in text_of(chair.get(f"/bodies/{body.code}/"))
    assert chair.post(f"/sittings/{there.pk}/cancel/", {}).status_code == 303
    assert fresh(there).cancelled_at is not None


def test_a_task_comes_back_until_it_is_closed(chair, body_of_six):
    body, people = body_of_six
    task = open_task(title=Text(en="Write it", es="Escribirlo"), body=body, owner=people[0], actor="test", at=AT)
    assert "Write it" in text_of(chair.get("/tasks/?show=mine"))
    assert chair.post(f"/tasks/{task.pk}/close/", {"note": "done"}).status_code == 303
    assert "Write it" not in text_of(chair.get("/tasks/?show=mine"))
    assert "done" in text_of(chair.get("/tasks/?show=closed"))
    assert ActionItem.objects.get().closed_note == "done"


def test_who_does_not_sit_there_sees_no_proposal(client, body_of_six):
    body, people = body_of_six
    asked = proposal(body, people[0])
    from committees import person

    stranger = sign_in(client, person("Stranger"))
    assert stranger.get(f"/proposals/{asked.code}/").status_code == 403
    assert "Do it" not in text_of(stranger.get("/proposals/"))
    assert stranger.get("/proposals/2016-999/").status_code == 403


def test_the_proposal_page_asks_as_many_questions_however_much_is_said(
    chair, body_of_six, django_assert_max_num_queries
):
    body, people = body_of_six
    asked = proposal(body, people[0])
    where = f"/proposals/{asked.code}/"
    chair.get(where)
    for number in range(12):
        chair.post(f"{where}comment/", {"text": f"Comment {number}", "language": "en"})
    with django_assert_max_num_queries(50):
        chair.get(where)
