"""The decisions are listed by themselves. What a page links to beside docs/ is no page: its name stays, without a link. One that is missing is a warning, which ends the build."""

import logging
import os
import re

LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\((\.\./[^)#\s]+)(?:#[^)\s]*)?\)")
log = logging.getLogger("mkdocs.hooks.pages")


def on_config(config, **_):
    """Every decision is in the navigation, without a line for each."""
    decisions = sorted(os.listdir(os.path.join(config.docs_dir, "adr")))
    config.nav.append({"Decisions": ["adr/" + name for name in decisions]})
    return config


def on_page_markdown(markdown, page, config, **_):
    folder = os.path.dirname(page.file.abs_src_path)
    docs = os.path.abspath(config.docs_dir)

    def link(found):
        target = os.path.normpath(os.path.join(folder, found.group(2)))
        if target == docs or target.startswith(docs + os.sep):
            return found.group(0)
        if not os.path.exists(target):
            log.warning("%s links to %s, which is missing", page.file.src_uri, found.group(2))
        return found.group(1)

    return LINK.sub(link, markdown)
