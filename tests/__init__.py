"""The suite: real parts, no mocks; every test says what it proves."""
