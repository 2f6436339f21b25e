"""One file a tool; names that begin with an underscore are helpers."""
