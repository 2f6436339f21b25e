"""What the legal results look like: documents, calendars, pictures."""
