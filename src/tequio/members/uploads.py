"""What reads imports made on pages: which a person may see, and what a preview or a result holds."""

import json
from typing import Any

from django.db.models import Q, QuerySet

from tequio.accounts.models import User
from tequio.accounts.permissions import Viewer, is_administrator, may_read_everything
from tequio.centers.models import Center
from tequio.kernel.texts import text_of
from tequio.members.models import Import, ImportState
from tequio.members.operations.sealed import unsealed
from tequio.members.operations.trying import Outcome
from tequio.rules.reasons import Text

CSV_COLUMNS = {
    "made": ("row", "member_id", "member_name", "center"),
    "changed": ("row", "member_id", "member_name", "columns"),
    "contacts": ("member_id", "contact_name", "email", "new"),
    "rejected": ("row", "code", "reason"),
    "questions": ("row", "code", "question"),
    "duplicates": ("member_id", "member_name", "member_id_2", "member_name_2"),
}


def visible(*, viewer: Viewer) -> QuerySet[Import]:
    """The imports a person may see: all for administrators and auditors, else its own and those of its centers."""
    imports = Import.objects.select_related("center")
    if may_read_everything(viewer):
        return imports
    return imports.filter(Q(center__in=viewer.centers) | Q(actor=f"user:{viewer.user_pk}"))


def listed(*, viewer: Viewer) -> QuerySet[Import]:
    """The imports of the list, newest first: those done, and the person's own that wait for it."""
    waits = (ImportState.READING, ImportState.WAITING, ImportState.PREVIEWED, ImportState.SAVING)
    own = Q(actor=f"user:{viewer.user_pk}", state__in=waits)
    return visible(viewer=viewer).filter(own | Q(state=ImportState.DONE)).order_by("-created_at", "-pk")


def may_carry_on(*, viewer: Viewer, row: Import) -> bool:
    """Whether a person may go on with a file: whoever handed it in, and administrators."""
    return is_administrator(viewer) or (bool(viewer.centers) and row.actor == f"user:{viewer.user_pk}")


def centers_to_import_for(*, viewer: Viewer) -> list[Center]:
    """The centers a person may import members of, by code."""
    centers = Center.objects.order_by("code")
    return list(centers if is_administrator(viewer) else centers.filter(pk__in=viewer.centers))


def allowed_codes(*, viewer: Viewer) -> list[str] | None:
    """The codes of those centers; None for an administrator, who may import for all."""
    return None if is_administrator(viewer) else [center.code for center in centers_to_import_for(viewer=viewer)]


def who(*, imports: list[Import]) -> dict[str, str]:
    """The names of those who made some imports, by actor. One query."""
    numbers = {int(row.actor.removeprefix("user:")) for row in imports if row.actor.startswith("user:")}
    return {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=numbers).values_list("pk", "name")}


def preview_of(*, row: Import) -> Outcome | None:
    """The preview kept of an import; None where there is none any longer."""
    stored = unsealed(import_pk=row.pk, part="preview") if row.state == ImportState.PREVIEWED else None
    return Outcome(**json.loads(stored)) if stored is not None else None


def csv_rows(*, part: str, lines: list[Any], language: str) -> list[tuple[object, ...]]:
    """One list of a preview or a result for a spreadsheet, sentences in one language."""
    if part in ("rejected", "questions"):
        return [(row, code, es if language == "es" else en) for row, code, en, es in lines]
    if part == "changed":
        return [(row, code, name, " ".join(columns)) for row, code, name, columns in lines]
    if part == "contacts":
        return [(code, name, email, "yes" if new else "no") for code, name, email, new in lines]
    return [tuple(line) for line in lines]


def done_before(*, row: Import) -> Import | None:
    """The last import of the very same file that was confirmed, to say so before it is confirmed again. One query."""
    same = Import.objects.filter(fingerprint=row.fingerprint, state=ImportState.DONE).exclude(pk=row.pk)
    return same.order_by("-created_at").first()


def center_names() -> dict[str, Text]:
    """What each center is called, by its code: a file and its preview say the code."""
    return {center.code: text_of(row=center, name="name") for center in Center.objects.order_by("code")}
