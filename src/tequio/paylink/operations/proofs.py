"""Proofs: handed in as a claim, found in a line of the bank or not found by a person."""

import base64
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from tequio.banking.models import BankLine, LineState
from tequio.banking.operations import deciding
from tequio.budgets.operations.receipts import safe_name, type_of
from tequio.dues.models import Invoice
from tequio.followup.operations.promising import make_claim, settle_claim
from tequio.kernel.clock import day_in
from tequio.kernel.encryption import fingerprint
from tequio.kernel.errors import Refusal
from tequio.kernel.journal import operations as journal
from tequio.kernel.journal.kinds import Kind
from tequio.members.locking import lock_member
from tequio.paylink.models import Proof

MB = 1_000_000
PROOF_AT_MOST = 5 * MB
MOST_PROOFS = 5  # of one claim


@transaction.atomic
def hand_in_proof(*, invoice: Invoice, name: str, file: BinaryIO, note: str, actor: str, at: datetime) -> Proof:
    """Keep a proof that an invoice was paid, as a claim of its member. The same file again is there already.

    Refuses more than 5 MB, what is no PDF, PNG, JPEG or WebP by its content, a PDF that carries a script, and more
    than five for one claim.
    """
    held = lock_member(code=invoice.member.code)
    content = file.read(PROOF_AT_MOST + 1)
    if len(content) > PROOF_AT_MOST:
        raise Refusal(
            en=f"The file is larger than {PROOF_AT_MOST // MB} MB. A photo of the screen is enough.",
            es=f"El archivo pesa más de {PROOF_AT_MOST // MB} MB. Basta una foto de la pantalla.",
        )
    media_type = type_of(content=content)
    encoded = base64.b64encode(content).decode("ascii")
    claim = make_claim(held=held, note=note[:300], on=day_in(zone=held.center.zone, at=at), actor=actor, at=at)
    mark = fingerprint("proof", encoded)
    there = Proof.objects.filter(claim=claim, print=mark).first()
    if there is not None:
        return there
    if Proof.objects.filter(claim=claim).count() >= MOST_PROOFS:
        raise Refusal(
            en=f"There are {MOST_PROOFS} proofs already; somebody will look at them.",
            es=f"Ya hay {MOST_PROOFS} comprobantes; alguien los revisará.",
        )
    proof = Proof.objects.create(
        claim=claim,
        invoice=invoice,
        name=safe_name(name=name, media_type=media_type),
        media_type=media_type,
        size=len(content),
        content=encoded,
        print=mark,
        handed_in_by=actor,
        handed_in_at=at,
    )
    payload = {"member": held.head.code, "size": proof.size, "type": media_type}
    journal.append(kind=Kind.PROOF_HANDED_IN, subject=f"invoice:{invoice.number}", actor=actor, at=at, payload=payload)
    return proof


@transaction.atomic
def found_in(*, proof_pk: int, line_pk: int, actor: str, at: datetime) -> None:
    """Settle a proof against the bank's line it is about: money nobody had yet becomes the member's payment.

    Refuses a line that is another member's money, or of another center.
    """
    proof = _held(proof_pk=proof_pk)
    line = BankLine.objects.select_related("account").filter(pk=line_pk).first()
    head = lock_member(code=proof.claim.member.code)
    if line is None or line.account.center_id != head.center.pk or line.amount <= 0:
        raise Refusal(en="That line is no money of this center.", es="Ese movimiento no es dinero de este centro.")
    if line.state == LineState.MATCHED:
        if not line.matches.filter(state="posted", member_id__in=head.family).exists():
            raise Refusal(
                en="That line is another member's payment.", es="Ese movimiento es el pago de otra membresía."
            )
    else:
        left = deciding.left_of(line=line)
        share = deciding.Share(member_code=head.head.code, amount=left)
        deciding.assign(line_pk=line.pk, shares=[share], actor=actor, at=at)
    Proof.objects.filter(claim=proof.claim_id).update(line=line)
    settle_claim(pk=proof.claim_id, found=True, actor=actor, at=at)


@transaction.atomic
def not_found(*, proof_pk: int, actor: str, at: datetime) -> None:
    """Say that the money of a proof never came; the follow-up goes on."""
    proof = _held(proof_pk=proof_pk)
    settle_claim(pk=proof.claim_id, found=False, actor=actor, at=at)


def content_of(*, proof: Proof) -> bytes:
    """The file as it was handed in; nothing once it is settled."""
    return base64.b64decode(proof.content)


def _held(*, proof_pk: int) -> Proof:
    proof = Proof.objects.select_related("claim__member").filter(pk=proof_pk).first()
    if proof is None or proof.claim.settled_on is not None:
        raise Refusal(en="Somebody has settled this proof already.", es="Alguien ya resolvió este comprobante.")
    return proof
