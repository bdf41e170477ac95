"""The demonstration. A package, so that one lived year serves all its tests and is taken back before any other."""
