"""The forms of proposals, votes and bodies: what a person types, checked before an operation sees it."""
