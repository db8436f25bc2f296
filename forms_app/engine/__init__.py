"""The form engine: definitions become schemas, schemas become forms, answers become displays.

It knows neither the models of the application room nor a request; what it needs of them is registered in `sources`.

A value that cannot be read as its kind (a date of "下周", an amount of "12a") is kept in the answers as `{"raw": "12a"}`:
nothing typed is ever lost, drafts hold it, and `checking.problems` reports it until it is mended. Values that are too long
or too large keep their ordinary form and are reported in the same way. A field without an answer has no key in the answers.
"""
