"""The founder's brief: a TOML file, and the CSV and XLSX files it names, as facts by path with their origin."""
