"""The content linter: every problem, each with a stable code and a place.

| Codes | About |
|---|---|
| DOC | a file that cannot be read or breaks its schema (designs.strict_document) |
| PRM | prompts |
| REF | exemplars and flawed designs |
| RUB | rubrics |
| RUN | content that reads well but does not behave: graded, drawn, compared |
"""

from workbench.lint.run import lint_paths

__all__ = ["lint_paths"]
