"""Commands of Django that the kernel does its own way."""
