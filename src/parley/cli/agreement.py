"""Commands about the agreement: state, diff, why, terms."""
