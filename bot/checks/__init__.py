"""Checks for what people edit: content, examples, catalogues."""
