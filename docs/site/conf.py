"""Sphinx's settings for the pages; `scripts/site` lays out what they are made from."""

project = "envcheck"
author = "the authors of envcheck"
copyright = author  # Sphinx's name for it
extensions = ["myst_parser", "sphinx_click"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "envcheck"
html_copy_source = False
html_show_sourcelink = False
html_use_opensearch = ""
html_static_path = ["_static"]
templates_path = ["_templates"]
highlight_language = "none"
nitpicky = True
# Command-line options are written as they are typed: `--fix`, not an en dash.
smartquotes = False
