"""The heart: a pure function that says what is current, and a loop that calls what is not."""
