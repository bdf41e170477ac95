"""What is written from a link, and about links and proofs."""
