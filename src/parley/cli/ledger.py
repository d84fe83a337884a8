"""Commands about what changed hands and what is on the table: handovers, positions."""
