"""A panel's program, as somebody would write one from docs/connectors.md: keeps its accounts in a file of JSON.

Started as: panel.py FILE SERVICE.
"""

import hashlib
import json
import sys
from pathlib import Path

STATE = {"ensure": "open", "resume": "open", "limit": "limited", "suspend": "suspended", "remove": "absent"}


def digest(credentials):
    lines = sorted("\x1f".join((c["ident"], c["hash"], c["protocol"])) for c in credentials)
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()[:32]


def main():
    path, service = Path(sys.argv[1]), sys.argv[2]
    if not path.parent.is_dir():
        sys.exit("the panel is gone")
    there = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    asked = json.load(sys.stdin)
    if asked["verb"] == "observe":
        names = [a["name"] for a in asked["accounts"]] if asked["accounts"] is not None else list(there)
        found = []
        for name in names:
            account = there.get(name, {"state": "absent", "credentials": []})
            if asked["accounts"] is not None or account["state"] != "absent":
                gone = account["state"] == "absent"
                seen = None if gone else digest(account["credentials"])
                found.append({"service": service, "name": name, "state": account["state"], "digest": seen})
        sys.stdout.write(json.dumps({"accounts": found}))
        return
    answers = []
    for one in asked["accounts"]:
        before = there.get(one["name"], {"generation": 0})
        if before["generation"] > one["generation"]:
            answers.append({"outcome": "stale"})
            continue
        state = STATE[asked["verb"]]
        kept = [] if state == "absent" else one["credentials"]
        there[one["name"]] = {"state": state, "generation": one["generation"], "credentials": kept}
        answers.append({"outcome": "done"})
    path.write_text(json.dumps(there), encoding="utf-8")
    sys.stdout.write(json.dumps({"accounts": answers}))


main()
