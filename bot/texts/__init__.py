"""What can be measured of a text: its levelled spelling, its character n-grams, its sentence vector."""
