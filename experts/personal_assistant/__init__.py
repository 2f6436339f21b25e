"""The executive personal assistant: calendars, travel, mail, documents, expenses and routing."""
