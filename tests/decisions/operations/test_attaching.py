"""Files beside a proposal."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tequio.decisions.models import Attachment
from tequio.decisions.operations import attaching, proposing
from tequio.kernel.errors import Refusal
from tequio.kernel.journal.models import Event

MB = 1_000_000


@pytest.fixture
def attach(beto, at):
    """A function: Beto attaches a file."""

    def make(proposal, name="plan.pdf", content=b"%PDF-1.7 \x00\xff"):
        return attaching.attach(proposal=proposal, name=name, content=content, by=beto, actor=beto.actor, at=at)

    return make


@pytest.mark.django_db
def test_a_file_is_kept_encrypted_and_whole(circulated, attach):
    made = attach(circulated())

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM decisions_attachment")
        stored = cursor.fetchone()[0]
    assert "JVBERi0xLjcg" not in stored
    assert Attachment.objects.get().content == "JVBERi0xLjcgAP8="
    assert (made.name, made.size) == ("plan.pdf", 11)
    assert Event.objects.order_by("-id").values_list("kind", "payload")[0] == (
        "proposal.file_attached",
        {"file": made.pk, "size": 11},
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "says"), [(0, "empty"), (4 * MB + 1, "too large")], ids=["empty", "too large"])
def test_a_file_that_is_empty_or_too_large_is_refused(circulated, attach, size, says):
    proposal = circulated()

    with pytest.raises(Refusal, match=says):
        attach(proposal, content=bytes(size))
    assert Attachment.objects.count() == 0


@pytest.mark.django_db
def test_the_files_of_a_proposal_are_few_and_small_together(circulated, attach, monkeypatch):
    proposal = circulated()
    monkeypatch.setattr(attaching, "LARGEST_TOGETHER", 25)
    attach(proposal)
    attach(proposal)

    with pytest.raises(Refusal, match="at most 20"):
        attach(proposal)
    monkeypatch.setattr(attaching, "LARGEST_TOGETHER", 100)
    monkeypatch.setattr(attaching, "MOST_FILES", 2)
    with pytest.raises(Refusal, match="at most 2"):
        attach(proposal)


@pytest.mark.django_db
def test_a_second_file_of_a_name_gets_a_number(circulated, attach):
    proposal = circulated()

    assert [attach(proposal, name=name).name for name in ("a.pdf", "a.pdf", "x/a.pdf", "b", "b")] == [
        "a.pdf",
        "a (2).pdf",
        "a (3).pdf",
        "b",
        "b (2)",
    ]


@pytest.mark.django_db
def test_who_attached_it_or_the_sponsor_takes_it_away_content_and_all(
    circulated, attach, ana, beto, member_of, committee, at
):
    proposal = circulated()
    made = attach(proposal)
    carla = member_of("Carla", committee)

    with pytest.raises(Refusal, match="or the sponsor"):
        attaching.remove_attachment(attachment=made, by=carla, actor=carla.actor, at=at)
    first = attaching.remove_attachment(attachment=made, by=ana, actor=ana.actor, at=at)
    again = attaching.remove_attachment(attachment=made, by=beto, actor=beto.actor, at=at)

    row = Attachment.objects.get()
    assert (first, again, row.content, row.removed_at, row.name) == (True, False, "", at, "plan.pdf")


@pytest.mark.django_db
def test_a_proposal_that_was_withdrawn_gets_no_files(circulated, attach, ana, at):
    proposal = circulated()
    made = attach(proposal)
    proposing.withdraw(proposal=proposal, by=ana, actor=ana.actor, at=at)

    with pytest.raises(Refusal, match="was withdrawn"):
        attach(proposal)
    with pytest.raises(Refusal, match="was withdrawn"):
        attaching.remove_attachment(attachment=made, by=ana, actor=ana.actor, at=at)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\plan final.docx", "plan final.docx"),
        ("/", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie x=1.txt"),
        ('x"; filename="y.exe', "x filename= y.exe"),
        ("cod\u202efdp.exe", "codfdp.exe"),
        ("<img src=x onerror=alert(1)>.html", "img src=x onerror=alert(1).html"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
        ("Presupuesto año 2016 (final).ods", "Presupuesto año 2016 (final).ods"),
        ("nul\x00byte.txt", "nulbyte.txt"),
    ],
)
def test_a_hostile_name_becomes_a_plain_one(name, kept):
    assert attaching.safe_name(name) == kept


@given(st.text(max_size=150))
def test_whatever_it_is_called_a_file_has_a_name_that_no_system_reads_as_anything_else(name):
    kept = attaching.safe_name(name)

    assert 0 < len(kept) <= 100
    assert not set(kept) & set('/\\\r\n\x00"<>:|?*')
    assert not kept.startswith(".")
    assert attaching.safe_name(kept) == kept
