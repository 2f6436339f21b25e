"""What results look like to people: pictures, documents and workbooks."""
