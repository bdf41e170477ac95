"""Who belongs in the scenario and until when it has paid: ten members, so that figures can be worked out by hand."""

_COLUMNS = (
    *("member_id", "member_name", "kind", "center", "joined_on", "sector", "income_band", "operations", "paid_until"),
    *("balance_due", "currency", "contact_name", "contact_roles", "email", "phone", "street", "city", "state"),
    *("postal_code", "country", "language"),
)
_MEMBERS = (
    ("NY-1", "Harbor Tenants", "organization", "us", "2016-03-01"),
    ("NY-2", "Night Kitchen", "organization", "us", "2016-09-01"),
    ("NY-3", "Ferry Radio", "organization", "us", "2016-08-01"),
    ("NY-4", "Odile Farrow", "individual", "us", "2016-07-01"),
    ("NY-5", "Sam Iredale", "individual", "us", "2016-11-01"),
    ("NY-6", "Bridge Library", "organization", "us", "2016-12-01"),
    ("MX-1", "Taller Cacahuate", "organization", "mx", "2016-08-01"),
    ("MX-2", "Radio Tecolote", "organization", "mx", "2016-10-01"),
    ("MX-3", "Lía Mondragón", "individual", "mx", "2016-09-01"),
    ("MX-4", "Telar Abierto", "organization", "mx", "2016-03-01"),
)


_WITHOUT_OPERATIONS = ("NY-6", "MX-4")  # who pays less once the dues have two parts


def _row(code, name, kind, center, paid_until):
    currency, language = ("USD", "en") if center == "us" else ("MXN", "es")
    mail = f"{code.lower()}@example.org"
    operations = "no" if code in _WITHOUT_OPERATIONS else "yes"
    given = (code, name, kind, center, "2012-03-01", "media", "3", operations, paid_until, "0.00", currency)
    return ",".join((*given, f"Contact of {code}", "representative;billing", mail, *[""] * 6, language))


ROLL = "\n".join((",".join(_COLUMNS), *(_row(*member) for member in _MEMBERS))) + "\n"
# People of the committee who come in by the door, besides its chair and Ixchel Barrera.
SCRIBES = (
    "elias.marrow@example.org",
    "karina.lozada@example.org",
    "corin.vance@example.org",
)
