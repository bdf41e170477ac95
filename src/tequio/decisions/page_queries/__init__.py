"""What the pages of bodies, votes and tasks show, ready to print."""
