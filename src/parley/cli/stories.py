"""The command that groups a stream of reports: stories."""
