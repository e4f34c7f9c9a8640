"""The YAML parser's complaints in Chinese."""

from __future__ import annotations

import re

_SAID = (
    (r"could not find expected ':'", "这一行缺少冒号“:”"),
    (
        r"mapping values are not allowed here",
        "这里不应出现冒号：上一行可能没有写完，或缩进不对，或值里的冒号需要加引号",
    ),
    (r"expected ',' or '([\]}])', but got .*", r"缺少逗号“,”或右括号“\1”"),
    (r"expected <block end>, but found .*", "缩进不对：这一行没有与同级的各行对齐"),
    (r"found unexpected end of stream", "引号没有配对，文件在引号内结束"),
    (r"found character '\\t' that cannot start any token", "此处有制表符（Tab），请改用空格"),
    (r"found character '(.)' that cannot start any token", r"值不能以“\1”开头，请加引号"),
    (r"found undefined alias .*", "不支持 YAML 的别名（*）"),
    (r"found unknown escape character .*", "双引号内的反斜杠用法不对"),
    (r"expected the node content, but found .*", "此处缺少一个值"),
    (r"did not find expected .*", "此处缺少应有的内容"),
)


def in_chinese(problem: str) -> str:
    """The parser's sentence in Chinese; the original where no translation is known."""
    for pattern, chinese in _SAID:
        match = re.fullmatch(pattern, problem)
        if match:
            return match.expand(chinese)
    return problem
