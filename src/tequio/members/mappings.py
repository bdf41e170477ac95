"""What reads mappings: those saved, and the one a program can propose for a file."""

from pathlib import Path

from tequio.centers.queries import all_centers
from tequio.kernel.errors import Refusal
from tequio.members.intake.dates import DateOrder
from tequio.members.intake.mapping import Mapping, from_json
from tequio.members.intake.proposing import Proposal, propose_for
from tequio.members.intake.sheets import Sheet, read_sheet
from tequio.members.models import SavedMapping
from tequio.members.operations.importing import names_of_centers


def propose(
    *, path: Path, center: str | None = None, dates: DateOrder | None = None, base: Mapping | None = None
) -> Proposal:
    """How the file at `path` would be read: its headings with examples, a mapping guessed, and what is still missing.

    `center` is the code of the one all rows belong to where the file does not say; `dates` the order a person chose;
    `base` a mapping a person has corrected or saved, which is then shown instead of guessed. Refuses a file that holds
    no table, and a base that names headings it lacks.
    """
    return propose_in(sheet=read_sheet(path=path), center=center, dates=dates, base=base)


def propose_in(
    *, sheet: Sheet, center: str | None = None, dates: DateOrder | None = None, base: Mapping | None = None
) -> Proposal:
    """The same for a table that is read already."""
    return propose_for(
        sheet=sheet, centers=names_of_centers(centers=all_centers()), center=center, dates=dates, base=base
    )


def saved_mappings(*, center: str | None = None) -> list[SavedMapping]:
    """The mappings saved, of one center (by its code) or of all, in the order of centers and names."""
    rows = SavedMapping.objects.select_related("center").order_by("center__code", "name")
    return list(rows.filter(center__code=center) if center is not None else rows)


def mapping_by_name(*, name: str, center: str | None = None) -> Mapping:
    """The mapping of a name, of a center (by its code) or of the only one that has it.

    Where it leaves the center open, all rows belong to the center that saved it. Refuses a name nobody saved, and one
    that several centers have while none is named.
    """
    found = [saved for saved in saved_mappings(center=center) if saved.name == " ".join(name.split())]
    if not found:
        raise Refusal(
            en=f"There is no mapping “{name[:60]}”. “tequio members mapping list” shows those there are.",
            es=f"No hay ninguna correspondencia «{name[:60]}». «tequio members mapping list» muestra las que hay.",
        )
    if len(found) > 1:
        codes = ", ".join(saved.center.code for saved in found)
        raise Refusal(
            en=f"Several centers have a mapping “{name[:60]}”: {codes}. Say which with --center.",
            es=f"Varios centros tienen una correspondencia «{name[:60]}»: {codes}. Indique cuál con --center.",
        )
    return with_center(mapping=from_json(value=found[0].mapping), center=found[0].center.code)


def with_center(*, mapping: Mapping, center: str) -> Mapping:
    """The mapping with a center for all rows, unless it takes the center from a column or names one itself."""
    if "center" not in mapping.lacking or mapping.default_of(column="center"):
        return mapping
    return Mapping(
        columns=mapping.columns,
        dates=mapping.dates,
        decimal=mapping.decimal,
        defaults={**mapping.defaults, "center": center},
        values=mapping.values,
        id_from_name=mapping.id_from_name,
    )
