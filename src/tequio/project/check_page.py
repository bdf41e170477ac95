"""`tequio check` on a page, for whoever may read everything: a treasurer's word is not needed to trust the books."""

from itertools import islice

from django.http import HttpRequest, HttpResponseBase

from tequio.accounts.guards import guarded
from tequio.accounts.permissions import may_read_everything
from tequio.kernel.web.pages import page
from tequio.project.checking import differences

SHOWN_AT_MOST = 200


@guarded(may_read_everything)
def check(request: HttpRequest) -> HttpResponseBase:
    """Say what is compared; when asked to, work everything out again and name every difference. It changes nothing."""
    asked = request.method == "POST"
    found = list(islice(differences(), SHOWN_AT_MOST + 1)) if asked else []
    context = {"asked": asked, "found": found[:SHOWN_AT_MOST], "more": len(found) > SHOWN_AT_MOST}
    return page(request, "project/check.html", context)
