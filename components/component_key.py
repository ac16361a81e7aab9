"""Keys of components: distinct, and without what Streamlit keeps for itself."""

_RESERVED, _STAND_IN = "_", "."


def component_key(*parts: str) -> str:
    """Return the key of a `st.components.v2` component.

    Streamlit parts the id of a component from the name of an event by two underscores, and refuses
    a key that holds them. Ids of attempts are random and hold them now and then. No id holds a
    full stop, so that two keys stay two.

    Args:
        parts: What the component is, then the ids that set it apart from others of its kind.
    """
    return "-".join(parts).replace(_RESERVED, _STAND_IN)
