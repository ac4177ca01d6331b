"""Files in and out. Its two halves stand on different layers: forms (knows no results) and results."""
