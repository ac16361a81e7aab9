"""The fields of the language model, on whichever page they stand."""

from pages_frame import Frame


class ModelFields(Frame):
    """Which model is asked, and with which key."""

    def choose(self, url: str, key: str, *, test: bool = False) -> None:
        for label, text in (("Server address", url), ("Model", "made-up"), ("Key", key)):
            self.main.get_by_label(label, exact=True).fill(text)
        name = "Use it and test the connection" if test else "Use this model"
        self.button(name).click()
