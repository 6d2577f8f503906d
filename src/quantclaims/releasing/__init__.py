"""From what the repository holds to a released version: number, reasons, documents, files."""
