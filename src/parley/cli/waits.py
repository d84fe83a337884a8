"""The command about what waits for what: waits."""
