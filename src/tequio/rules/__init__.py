"""The organization's rules, as plain Python: what members vote on, dispute and preview.

One file per question. Nothing here imports Django, reads a clock or touches a file: every date is passed in.
"""
