"""What people call the way an account was seen on its server."""

from tequio.rules.reasons import Text
from tequio.services.models import SeenState

SEEN_NAMES = {
    SeenState.UNKNOWN.value: Text(en="not known", es="no se sabe"),
    SeenState.ABSENT.value: Text(en="not there", es="no está"),
    SeenState.OPEN.value: Text(en="open", es="abierto"),
    SeenState.LIMITED.value: Text(en="limited", es="limitado"),
    SeenState.SUSPENDED.value: Text(en="suspended", es="suspendido"),
}
