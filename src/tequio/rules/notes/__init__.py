"""Notes of meetings, as people write them: nothing lost, nothing guessed, every find with its reason.

`reading.read_notes` is the door. The phrases that mark decisions, tasks and the rest are data: `phrases_en.toml` and
`phrases_es.toml`, read once. There is no language model and no network behind any of it.
"""
