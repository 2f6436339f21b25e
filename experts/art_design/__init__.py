"""The art and design expert: contrast, palettes, production formats, creative briefs and asset manifests."""
