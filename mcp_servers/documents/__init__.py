"""A tool's result as a file: pictures, Word, PDF and Excel from one view."""
