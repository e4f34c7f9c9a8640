"""Tables for people: results folders as an XLSX file."""
