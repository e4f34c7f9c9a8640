"""What stands in the way of a policy option, in a few words."""

from __future__ import annotations

from ....model.text import Text
from ...likelihood import degree, favourable, unfavourable
from ..findings import Findings, OptionFinding
from .phrases import called


def main_risk(findings: Findings, option: OptionFinding, lang: str) -> str:
    """What stands in the way of an option, in a few words."""
    own = [target for target in findings.targets if target.own and target.key in option.chances]
    words = {key: degree(found.low, found.high) for key, found in option.chances.items()}
    failing = [target for target in own if not favourable(words[target.key])]
    if own and all(unfavourable(words[target.key]) for target in own):
        return Text("没有一项目标可望实现", "no target is likely to be reached").of(lang)
    if own and len(failing) == len(own):  # of some it is open, or as likely as not
        return Text("没有一项目标有把握实现", "no target can be counted on").of(lang)
    told = [Text(f"{called(findings, target.key, 'zh')}：{words[target.key].word.zh}",
                 f"{called(findings, target.key, 'en')}: {words[target.key].word.en}").of(lang)
            for target in failing]  # fmt: skip
    met = [f"{target.id}.effective" for target in own if target.counts == "nominal" and target not in failing]
    strict = [words[key] for key in met if key in words]
    if any(unfavourable(one) for one in strict):
        told.insert(0, Text("名义可达标、实效难达标", "likely by name, unlikely in effect").of(lang))
    elif any(not favourable(one) for one in strict):
        told.insert(0, Text("名义可达标、实效尚无把握", "likely by name, not surely in effect").of(lang))
    return Text("；", "; ").of(lang).join(told) or Text("未见突出的", "none stands out").of(lang)
