"""Finance and accounting: where the money goes, what it earns, and what would change that."""
