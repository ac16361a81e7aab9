"""The canvas: drawing a design with the pointer or the keyboard (React Flow, served locally)."""
