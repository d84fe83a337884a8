"""The command that finds a claim: claim."""
