"""Pages that span topics: home, the member's page, search, reports."""
