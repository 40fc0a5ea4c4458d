"""Texts to tokenize: texts.py FOLDER writes prose.jsonl, code.jsonl and cjk.jsonl.

English prose and code come with Python: the language reference that `help()` shows, with the modules' documentation,
and the standard library itself. Chinese, Japanese and Korean are the translations in Django.
"""
import ast
import json
import pathlib
import re
import sys
import sysconfig

import django
import pydoc_data.topics


def write(folder, name, texts):
    with open(folder / f"{name}.jsonl", "w", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")


def main():
    folder = pathlib.Path(sys.argv[1])
    sources = []
    for path in sorted(pathlib.Path(sysconfig.get_paths()["stdlib"]).glob("*.py")):
        sources.append(path.read_text(encoding="utf-8", errors="replace"))
    prose = list(pydoc_data.topics.topics.values())
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                prose.append(ast.get_docstring(node) or "")
    write(folder, "prose", [text for text in prose if len(text) > 300])
    write(folder, "code", sources)

    cjk = []
    root = pathlib.Path(django.__file__).parent
    for language in ["zh_Hans", "zh_Hant", "ja", "ko"]:
        for path in sorted(root.rglob(f"locale/{language}/LC_MESSAGES/*.po")):
            found = re.findall(r'^(?:msgstr(?:\[0\])? )?"(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
            lines = [line for line in found if re.search("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]", line)]
            cjk += ["\n".join(lines[at : at + 12]) for at in range(0, len(lines), 12)]
    write(folder, "cjk", cjk)


main()
