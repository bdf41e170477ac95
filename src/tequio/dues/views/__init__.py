"""Views of dues, payments and agreements."""
