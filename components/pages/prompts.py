"""Choose a prompt and start, go on with a session, or bring one in."""

from components.prompts.chooser import chooser
from components.prompts.importer import importer
from components.prompts.resume import resume

resume()
chooser()
importer()
