"""Connectors: what carries out on a server what is wanted of an account. The contract is contract.py."""
