"""What the pages that span topics read."""
