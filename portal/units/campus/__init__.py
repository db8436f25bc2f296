"""The campus' own sign-in (统一身份认证), beside the local accounts: a CAS server or an OpenID Connect issuer.

It says one thing of a person, the staff number, and who has no account here under that number stays outside.
"""
