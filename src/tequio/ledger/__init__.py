"""The ledger: accounts, funds and entries whose legs add up to nothing."""
