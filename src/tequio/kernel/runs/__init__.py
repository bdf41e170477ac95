"""Runs: whatever touches many members, with preview, confirmation, progress and result, resumable at any instant."""
