"""The digital business think tank: markets, technologies, options, ownership and the next decision, by the book."""
