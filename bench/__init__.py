"""Quality floors, speed, and the corpus they are measured on."""
