"""Rolls to import, as a spreadsheet program would save them."""

import csv

ROLL_COLUMNS = (
    *("member_id", "member_name", "kind", "center", "joined_on", "sector", "income_band", "operations", "paid_until"),
    *("balance_due", "currency", "contact_name", "contact_roles", "email", "phone", "street", "city", "state"),
    *("postal_code", "country", "language"),
)


def write_roll(*members, path):
    """Write a roll: each member a dict of what differs from an organization in New York. Returns the path."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, ROLL_COLUMNS)
        writer.writeheader()
        for number, given in enumerate(members, start=1):
            row = {
                "member_id": f"M{number}",
                "member_name": f"Member {number}",
                "kind": "organization",
                "center": "us",
                "joined_on": "2010-03-01",
                "sector": "media",
                "income_band": "3",
                "operations": "yes",
                "paid_until": "2016-03-01",
                "balance_due": "0.00",
                "contact_name": "Alma Ríos",
                "contact_roles": "representative;billing",
                "email": f"m{number}@example.org",
                "phone": "",
                "street": "",
                "city": "",
                "state": "",
                "postal_code": "",
                "country": "",
                "language": "en",
                **given,
            }
            row.setdefault("currency", "MXN" if row["center"] == "mx" else "USD")
            writer.writerow(row)
    return path
