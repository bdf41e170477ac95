"""The design system and what every page stands on: templates, language, forms, charts, errors."""
