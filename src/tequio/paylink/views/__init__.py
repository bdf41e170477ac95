"""Pages of links to pay, and of proofs."""
