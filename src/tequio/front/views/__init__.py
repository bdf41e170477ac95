"""Views of the pages that span topics."""
