"""Forms of other systems (XLSForm, FHIR): knows no results."""
