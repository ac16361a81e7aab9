"""Bringing in an attempt that was exported or written by hand."""

import streamlit as st

from components import links
from components.boundary import show_problems
from components.state import the_workbench
from designs.problem import ContentError

_EXAMPLE = """\
schema_version: 1
prompt: fraud-detection
answers:
  framing: |
    We decide for each payment whether to approve, review or decline ...
  serving: |
    ...
design:
  nodes:
    - {id: gateway, kind: api-gateway, replicas: 4}
    - {id: features, kind: online-feature-store, replicas: 6}
  edges:
    - {source: gateway, target: features, timeout_ms: 15, fallback: defaults}
"""


def importer() -> None:
    """Take a file, check it and open it as a new session."""
    with st.expander("Bring in a practice session (JSON or YAML)", icon=":material/upload_file:"):
        st.markdown(
            "An exported session comes back as it was. A document written by hand may hold any of "
            "the stages and a drawing:"
        )
        st.code(_EXAMPLE, language="yaml")
        file = st.file_uploader("Attempt document", type=["json", "yaml", "yml"])
        if file is not None and st.button("Import", type="primary"):
            # Imported here: most visits bring nothing in, and the first page should come fast.
            from workbench.exchange import import_attempt

            try:
                attempt_id = import_attempt(the_workbench().desk, file.getvalue(), "the file")
            except ContentError as error:
                show_problems(error)
                return
            links.go_to_practice(attempt_id)
