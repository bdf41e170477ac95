"""The program put together: settings, command line, demo and benchmarks; the only place that knows every topic."""
