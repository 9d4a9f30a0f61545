"""The command line: one module a command, registered by `main`."""
