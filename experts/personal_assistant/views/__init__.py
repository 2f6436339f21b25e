"""What the results of the assistant's tools look like to a person, one view a tool."""
