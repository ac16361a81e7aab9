"""JSON Schemas of the authored files, for completion and checks in editors."""

import json
from pathlib import Path

from pydantic import BaseModel

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


def schema_text(name: str) -> str:
    """Return one schema as it is committed."""
    schema = SCHEMAS[name].model_json_schema()
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
