"""One file per schema revision; a released file is never edited."""
