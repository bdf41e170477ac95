"""What was decided elsewhere enters the register on a page, and who was appointed by it takes the seat."""

from datetime import date

import pytest

from signing_in import sign_in
from tequio.decisions.models import Decision, Seat, Term
from tequio.kernel.journal.models import Event

pytestmark = pytest.mark.django_db
RECORDED = {
    "code": "2016-dues",
    "decided_on": "2016-02-06",
    "title_en": "Dues",
    "title_es": "Cuotas",
    "source_en": "Minutes",
    "source_es": "Minuta",
    "end": "",
    "in_favor": "",
    "against": "",
}


@pytest.fixture
def administrator(client, person, at):
    from tequio.accounts.operations import grant_role

    user = person("Mireya")
    grant_role(user=user, role="administrator", center=None, actor="test", at=at)
    return sign_in(client, user)


def test_a_decision_is_recorded_once_with_its_source(administrator, committee):
    assert "Record what was decided elsewhere" in administrator.get("/bodies/lc/record/").content.decode()
    assert "/bodies/lc/record/" in administrator.get("/bodies/lc/").content.decode()
    for _ in range(2):  # the second is a repeated submit
        answer = administrator.post("/bodies/lc/record/", RECORDED)
        assert (answer.status_code, answer["Location"]) == (303, "/decisions/2016-dues/")
    made = Decision.objects.get()
    assert (made.recorded, made.counts_stated, made.decided_on) == (True, False, date(2016, 2, 6))
    assert Event.objects.filter(kind="decision.recorded", subject="decision:2016-dues").count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"in_favor": "5"}, "Give both counts or none."),
        ({"title_es": ""}, 'id="faults"'),
        ({"code": "two words"}, 'id="faults"'),
        ({"decided_on": "soon"}, 'id="faults"'),
    ],
    ids=["one count", "one language", "a code of two words", "no day"],
)
def test_what_is_not_whole_is_refused_and_what_was_typed_stays(administrator, committee, changed, sentence):
    answer = administrator.post("/bodies/lc/record/", {**RECORDED, **changed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "Minuta" in text
    assert not Decision.objects.exists()


def test_somebody_is_appointed_by_a_decision_and_a_second_holder_is_refused(administrator, committee, person):
    administrator.post("/bodies/lc/record/", RECORDED)
    seat = Seat.objects.create(
        code="lc-chair-1", body=committee, title_en="Chair", title_es="Presidencia", opened_on=date(2015, 1, 1)
    )
    person("Ana")
    person("Eva")
    said = {"seat": seat.code, "email": "ANA@example.org", "starts_on": "2016-03-01", "decision": "2016-dues"}
    assert "Chair (lc-chair-1)" in administrator.get("/bodies/lc/appoint/").content.decode()
    assert administrator.post("/bodies/lc/appoint/", said)["Location"] == "/bodies/lc/"
    term = Term.objects.get()
    assert (term.user.name, term.starts_on, term.decision.code) == ("Ana", date(2016, 3, 1), "2016-dues")
    assert administrator.post("/bodies/lc/appoint/", {**said, "email": "eva@example.org"}).status_code == 422
    nobody = administrator.post("/bodies/lc/appoint/", {**said, "email": "x@example.org"})
    assert "No account has that address." in nobody.content.decode()
    assert Term.objects.count() == 1
