"""`tequio invoices pdf`, `invoices print` and `payments receipt`."""

from tests.dues.doing import cancel, pay, run
from tests.dues.paper.reading import pages

from tequio.dues import paper
from tequio.dues.models import Invoice


def test_invoices_are_written_into_one_file(many, cli, tmp_path):
    many(3)
    run()
    out = tmp_path / "paper.pdf"
    assert cli("invoices", "pdf", "US-000003", "US-000001", "--out", out) == (0, f"2 invoices are in {out}.\n", "")
    assert [("US-000003" in p, "US-000001" in p) for p in pages(out.read_bytes())] == [(True, False), (False, True)]


def test_a_receipt_is_written_into_a_file(many, cli, tmp_path):
    many(1)
    run()
    pay("M1", 20)
    out = tmp_path / "receipt.pdf"
    code, said, _ = cli("--lang", "es", "payments", "receipt", "US-P-000001", "--out", out)
    assert (code, said) == (0, f"El recibo US-P-000001 está en {out}.\n")
    assert "Receipt US-P-000001" in pages(out.read_bytes())[0]


def test_a_run_is_printed_without_what_was_cancelled(many, cli, tmp_path):
    many(3)
    outcome = run()
    cancel("US-000002")
    out = tmp_path / "run.pdf"
    assert cli("invoices", "print", "--run", outcome.run_pk, "--out", out) == (0, f"2 invoices are in {out}.\n", "")
    assert ["US-000002" in page for page in pages(out.read_bytes())] == [False, False]


def test_a_run_too_large_for_one_file_is_printed_in_parts(many, cli, tmp_path, monkeypatch):
    many(3)
    outcome = run()
    monkeypatch.setattr(paper, "MOST_IN_ONE_FILE", 2)
    code, said, _ = cli("invoices", "print", "--run", outcome.run_pk, "--out", tmp_path / "run.pdf")
    first, second = tmp_path / "run-01.pdf", tmp_path / "run-02.pdf"
    assert (code, said) == (0, f"2 invoices are in {first}.\n1 invoice is in {second}.\n")
    assert (len(pages(first.read_bytes())), len(pages(second.read_bytes()))) == (2, 1)


def test_what_cannot_be_written_or_found_is_refused_in_a_sentence(many, cli, tmp_path):
    many(1)
    run()
    assert cli("invoices", "pdf", "US-000001", "--out", tmp_path)[::2] == (
        1,
        f"{tmp_path} cannot be written: it is a folder.",
    )
    assert cli("invoices", "print", "--run", 99, "--out", tmp_path / "x.pdf")[::2] == (
        1,
        "There is nothing to print of run 99.",
    )
    assert Invoice.objects.count() == 1
