"""Rolls and answer keys of the maker beside the checkout."""

import json
import subprocess
import sys
from pathlib import Path

MAKER = Path(__file__).resolve().parents[3] / "shared" / "tools" / "make_roll.py"


def make_roll(*, folder, members, seed, options=()):
    """Write a roll and its key into a folder; returns the roll's path and the key."""
    roll, key = folder / f"made-{seed}-{members}.csv", folder / f"made-{seed}-{members}.json"
    sizes = ["--members", str(members), "--seed", str(seed)]
    subprocess.run([sys.executable, MAKER, *sizes, "--out", roll, "--key", key, *options], check=True, timeout=60)
    return roll, json.loads(key.read_text(encoding="utf-8"))
