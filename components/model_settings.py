"""Which language model is asked: the fields, a test whether it answers, what a call used."""

import threading

import streamlit as st
from pydantic import SecretStr, ValidationError

from components.plain_text import markdown_text
from components.state import chosen_endpoint, put_endpoint, the_workbench
from rubrics.graders.llm.endpoint import MOST_AT_ONCE, Endpoint, EndpointError
from rubrics.graders.llm.outcome import Figures


def model_settings() -> Endpoint | None:
    """Show the fields and return what is set, or None."""
    chosen = chosen_endpoint()
    with (
        st.expander("Language model: address, model and key", expanded=chosen is None),
        st.form("model-settings", border=False),
    ):
        _fields(chosen)
        with st.container(horizontal=True):
            saved = st.form_submit_button("Use this model", type="primary")
            tested = st.form_submit_button("Use it and test the connection")
    if saved or tested:
        chosen = _taken()
        put_endpoint(chosen)
    if tested and chosen is not None:
        _test(chosen)
    return chosen


def _fields(chosen: Endpoint | None) -> None:
    given = chosen or the_workbench().llm
    st.text_input(
        "Server address",
        value=given.base_url,
        key="llm-url",
        persist_state="page",
        placeholder="http://localhost:11434/v1",
        help="Of any server that speaks OpenAI's chat completions: OpenAI, Azure, vLLM, Ollama, "
        "llama.cpp. Plain http only on this computer or a private network.",
    )
    left, right = st.columns(2)
    left.text_input(
        "Model", value=given.model, key="llm-model", persist_state="page", placeholder="llama3.2"
    )
    right.text_input(
        "Key",
        type="password",
        key="llm-key",
        autocomplete="off",
        help="Kept in this session's memory only: not stored, not exported, not logged. Leave it "
        "empty for a local server, to go on with the key entered before, or to use the one that "
        "the installation was started with.",
    )
    with st.container(horizontal=True):
        st.text_input(
            "Azure api-version",
            value=given.api_version,
            key="llm-version",
            persist_state="page",
            help="Else empty.",
        )
        st.number_input(
            "Seconds per call",
            5,
            600,
            int(chosen.deadline_s) if chosen else 60,
            key="llm-seconds",
            persist_state="page",
        )
        st.number_input(
            "Stages at once",
            1,
            MOST_AT_ONCE,
            chosen.at_once if chosen else None,
            key="llm-at-once",
            persist_state="page",
            help="How many stages a second opinion asks about side by side. Empty: one with a "
            "server on this computer, else two.",
        )
        st.number_input(
            "Price of a million input tokens",
            0.0,
            value=chosen.input_price if chosen else None,
            key="llm-in",
            persist_state="page",
            help="For the cost.",
        )
        st.number_input(
            "Price of a million output tokens",
            0.0,
            value=chosen.output_price if chosen else None,
            key="llm-out",
            persist_state="page",
        )


def _taken() -> Endpoint | None:
    """Return what the fields say, or show what is wrong with it."""
    state, given = st.session_state, the_workbench().llm
    key = state["llm-key"] or _given_key(state["llm-url"])
    try:
        endpoint = Endpoint(
            base_url=state["llm-url"].strip(),
            model=state["llm-model"].strip(),
            api_key=SecretStr(key),
            api_version=state["llm-version"].strip(),
            deadline_s=float(state["llm-seconds"]),
            at_once=state["llm-at-once"],
            input_price=state["llm-in"],
            output_price=state["llm-out"],
            allowed_hosts=given.allowed_hosts,
        )
        endpoint.check()
    except ValidationError:
        st.error("Enter the name of a model, for instance llama3.2.", icon=":material/error:")
    except EndpointError as error:
        st.error(str(error), icon=":material/error:")
    else:
        return endpoint
    return None


def _given_key(url: str) -> str:
    """Return a key entered before, or the installation's: each for its own address only."""
    for known in (chosen_endpoint(), the_workbench().llm):
        if known is not None and url.strip() == known.base_url:
            return known.api_key.get_secret_value()
    return ""


def _test(endpoint: Endpoint) -> None:
    with st.spinner(f"Asking {markdown_text(endpoint.host)} for one word …"):
        answer = the_workbench().second_opinions.test_connection(endpoint, threading.Event())
    if answer.is_ok:
        st.success(f"The model answered in {answer.figures.seconds:.1f} s.")
    else:
        st.error(answer.sentence, icon=":material/error:")


def figures_text(figures: Figures, endpoint: Endpoint) -> str:
    """Return what a call used, in a line."""
    if not figures.requests:
        return "Answered from memory: nothing was sent."
    counts = (figures.input_tokens, figures.output_tokens)
    tokens = (
        "the server did not count tokens"
        if None in counts
        else f"{counts[0]:,} tokens in, {counts[1]:,} out"
    )
    cost = figures.cost(endpoint.input_price, endpoint.output_price)
    price = "cost not known (enter prices)" if cost is None else f"cost {cost:.4f} at your prices"
    noun = "request" if figures.requests == 1 else "requests"
    return f"{figures.requests} {noun} · {tokens} · {price} · {figures.seconds:.1f} s"
