"""Across reports: who is who, who copies whom, what is said by how many, which figures agree."""
