"""JSON Schemas of the authored files, for completion and checks in editors."""

import ast
import inspect
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from designs.attempt_document import AttemptDocument, ReferenceDocument
from designs.node_kind import Palette
from designs.prompt import Prompt
from rubrics.mistake import MistakeFile
from rubrics.rubric import RubricFile
from workbench.interview.follow_ups import FollowUps

SCHEMAS: dict[str, type[BaseModel]] = {
    "attempt": AttemptDocument,
    "follow-ups": FollowUps,
    "mistakes": MistakeFile,
    "palette": Palette,
    "prompt": Prompt,
    "reference": ReferenceDocument,
    "rubric": RubricFile,
}


class _Described(GenerateJsonSchema):
    """Takes the docstring below a field for its description."""

    def model_schema(self, schema: Any) -> dict[str, Any]:
        """See `GenerateJsonSchema.model_schema`."""
        found = super().model_schema(schema)
        for name, text in _field_docstrings(schema["cls"]).items():
            if name in found["properties"]:
                found["properties"][name]["description"] = text
        return found


def _field_docstrings(kind: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings of a record's fields, its parents' among them."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if issubclass(one, BaseModel) and one is not BaseModel:
            (body,) = ast.parse(dedent(inspect.getsource(one))).body
            found |= dict(_docstrings_in(body))
    return found


def _docstrings_in(body: ast.stmt) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(body.body if isinstance(body, ast.ClassDef) else ()):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(docstring))),
            ):
                yield name, inspect.cleandoc(docstring)


def schema_text(name: str) -> str:
    """Return one schema as it is committed."""
    schema = SCHEMAS[name].model_json_schema(schema_generator=_Described)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path, check: bool = False) -> tuple[Path, ...]:
    """Write the schemas that are missing or stale.

    Args:
        folder: Where they live.
        check: Only find them, write nothing.

    Returns:
        The paths that were (or would be) written.
    """
    stale = []
    for name in SCHEMAS:
        path = folder / f"{name}.schema.json"
        text = schema_text(name)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path)
            if not check:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(stale)
