"""The form engine: definitions become schemas, schemas become forms, answers become displays."""
