"""The page a member can open from an invoice without an account: what is owed, how to pay, how to say it cannot."""
