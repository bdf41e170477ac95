"""What reads centers."""

from tequio.centers.models import Center
from tequio.kernel.errors import Refusal


def all_centers() -> list[Center]:
    """Every center, in the order of codes. Refuses while there is none."""
    centers = list(Center.objects.order_by("code"))
    if not centers:
        raise Refusal(
            en="This instance has no center yet. Load the sample rules (tequio init --sample-rules) "
            "or your own (tequio rules load FILE).",
            es="Esta instancia todavía no tiene ningún centro. Cargue las reglas de muestra "
            "(tequio init --sample-rules) o las suyas (tequio rules load ARCHIVO).",
        )
    return centers


def center_by_code(*, code: str) -> Center:
    """The center of a code. Refuses a code nobody has."""
    center = Center.objects.filter(code=code).first()
    if center is None:
        known = ", ".join(c.code for c in all_centers())
        raise Refusal(
            en=f"There is no center “{code}”. Centers here: {known}.",
            es=f"No hay ningún centro «{code}». Centros: {known}.",
        )
    return center
