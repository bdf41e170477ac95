"""What decisions do to services: what comes with which dues part, new services, services lent."""
