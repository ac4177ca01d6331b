"""One module a format: html, pdf, xlsx."""
