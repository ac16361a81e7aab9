"""The load test: the drawing under the prompt's traffic, what it shows, and what would mend it."""

from components.load_test.session import load_test_session

load_test_session()
