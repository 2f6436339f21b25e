"""Law for founders and small companies: what a text says, when something is due, which rule applies, and when to ask counsel."""
