"""Where payment services call."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from tequio.accounts.guards import anybody, guarded
from tequio.banking.operations.receiving import receive
from tequio.banking.providers.stripe import LONGEST_BODY
from tequio.kernel import clock


@csrf_exempt  # a machine calls, and signs what it says
@guarded(anybody)
def call(request: HttpRequest, provider: str, code: str) -> HttpResponseBase:
    """Take in a call. One that is not believed is told so and no more; any other is thanked, also the second time."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isascii() or not length.isdigit() or int(length) > LONGEST_BODY:
        return HttpResponse(status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    taken = receive(provider=provider, account_code=code, headers=headers, body=request.body, at=clock.now())
    return HttpResponse(status=200 if taken else 400, content_type="text/plain")
