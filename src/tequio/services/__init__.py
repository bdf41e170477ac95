"""What membership opens: services, accounts of them, and what keeps servers in step with standing."""
