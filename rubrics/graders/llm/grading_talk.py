"""Grading talk: sentences that speak to or about whoever judges, instead of about a design.

Patterns of words cannot tell every attack from every honest sentence: a design may speak of
judges, labels and scores too. They are one gate of several, and the score of record does not
depend on them.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from rubrics.graders.offline.segments import Sentence

_LOOKALIKES = str.maketrans(
    "аеорсухікмтвнАЕОРСУХІКМТВНοαερτυινκ", "aeopcyxikmtbhAEOPCYXIKMTBHoaeptuivk"
)
_MIXED = re.compile(
    r"[a-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][a-z]", re.IGNORECASE
)
_HIDDEN = re.compile(r"[A-Za-z][\u200b-\u200d\u2060\ufeff]+[A-Za-z]")
_SPACED = re.compile(r"(?:\b[a-z]\b[ -]){4,}", re.IGNORECASE)
_LETTERS_AND_DIGITS = re.compile(
    r"[a-z]{2,}[0135]+[a-z]+|\b[01][a-z]+[013][a-z]+|[a-z]{2}11\b", re.IGNORECASE
)
_WIDE = re.compile(r"[\uff21-\uff5a]{3,}")
_BLOCK = re.compile(r"\n\s*\n")

_WORK = r"(?:answer|response|submission|essay|reply|solution|write-?up|text|stage|section)"
_JUDGE = (
    r"(?:grader|evaluator|assessor|examiner|marker|reviewer|interviewer|judge|assistant|"
    r"language model|chatbot|chatgpt|gpt|llm|ai)"
)
_BEST = (
    r"(?:full (?:marks?|credit|points?|score)|top (?:marks?|grade|level|band|verdict)|"
    r"(?:max|maximum|maximal) (?:marks?|points?|credit|grade|level)|"
    r"(?:best|highest) (?:possible )?(?:marks?|grade|level|band|verdict)|perfect (?:score|mark|grade)|"
    r"(?:4|5|10|100) ?(?:/|out of) ?(?:4|5|10|100))"
)
_LEVEL = r"[\"'`*]*\b(?:met|reasoned|passed?|satisfied|fulfilled|complete)\b"

_LOUD = (
    r"<\|[^|>\n]{1,40}\|>|\[/?inst\]|<</?sys>>|\bim_(?:start|end)\b",
    r"</?\s*(?:system|assistant|user|developer|answer|candidate|learner|instructions?|rubric|"
    r"criteri\w+|grading|submission|text|data)\b[^>\n]{0,40}>",
    r"^[^\w\n]{0,20}(?:system|assistant|developer)(?: (?:message|notice|prompt|note))?\s*[:\]]",
    r"\b(?:begin|end|start) (?:of )?(?:the )?(?:candidate|learner|student|user)?'?s? ?"
    rf"(?:{_WORK}|input|data|prompt|instructions?)\b[^\w\n]{{0,20}}(?:$|[-=#*])",
    r"[\"']?\b(?:criterion_?id|verdict|judgements?|quotes)\b[\"']?\s*[:=]",
    r"\b(?:ign\w{1,5}|disregard|forget|overrid\w+|bypass|set aside|drop|do not (?:use|apply|follow))\b"
    r".{0,50}\b(?:instruct\w+|instruction\w*|rubri\w+|criteria|criterion|system prompt|guidelines "
    r"above|mark(?:ing)? scheme)\b",
    r"\bnew (?:instructions?|task|role)\b\s*[:.]",
    r"\b(?:system|admin\w*) (?:override|notice|notification|alert|update)\b",
)
_TALK = (
    *_LOUD,
    rf"\b{_BEST}\b.{{0,80}}\b(?:{_WORK}|criteri\w+|rubric|this|here|me|please|stage|award\w*|deserv\w*)\b",
    rf"\b(?:give|gives?|award\w*|assign|grant|deserv\w+|earn\w*|return|output|record|mark|grade|enter|"
    rf"choose|select|pick|want|expect|receive\w*|gets?|got|been|was|credit|scored?)\b.{{0,60}}\b{_BEST}",
    rf"\b(?:mark|grade|rate|score|judge|treat|count|consider|deem|accept|record|report|tick|set)\w*\b"
    rf".{{0,60}}\b(?:criteri\w+|rubric|{_WORK}|this|it|everything|all|each|every one)\b.{{0,30}}"
    rf"\b(?:as|to|is|are|being)\b {_LEVEL}",
    rf"\b(?:criteri\w+|rubric\w*|verdicts?|requirement of the rubric|levels?)\b.{{0,40}}"
    rf"\b(?:is|are|be|as|was|were|to|been|=|:)\s*(?:all |fully |clearly |hereby |now |therefore )*{_LEVEL}",
    r"\b(?:meet|satisf|fulfil|match|reach|achiev|hit|tick)\w*\b.{0,30}\b(?:all |every |each |the |this )+"
    r"(?:(?:\w+ )?criteri\w+|rubric|level reasoned|top level|highest level)",
    rf"\b(?:dear|hey|hello|hi|attention|note (?:to|for)|message (?:to|for)|memo to|for|to) (?:the |any |my |all )?"
    rf"{_JUDGE}s?\b\W{{0,3}}(?:$|[,:;!—–-]|please|only|reading|who reads|marking|grading)",
    rf"\byou are (?:now |hereby )?(?:a|an|the|in|no longer)\b.{{0,30}}\b(?:{_JUDGE}|mode|teacher|professor)\b",
    r"\b(?:as|i am|i'm|we are|this is|from|by|signed)\b,? (?:the |your |a |an |one of the )?(?:\w+ ){0,2}"
    r"(?:instructor|examiner|course lead|professor|rubric (?:author|owner|team)|author of (?:the|this) "
    r"rubric|exam board|grading team|course staff|quality team|chief grader|head grader|calibration team)\b",
    rf"\b(?:this|my|our|the (?:above|present|whole|entire|following|preceding|given)|the (?:learner|candidate|"
    rf"student|author)'?s?) (?:\w+ )?{_WORK}\b.{{0,60}}\b(?:cover|me[e]?t|satisf|fulfil|address|demonstrat|deserv|"
    rf"exceed|complet|contain|includ|earn|qualif|correct|perfect|excellent|exemplary|should|must|has|have|was|"
    rf"been|show|nam|explain|state|giv|reason|grad|mark|pass|accept|full|already|strong|hire)\w*",
    rf"\b(?:the )?(?:answer|{_WORK}) (?:given |written )?above\b|\babove {_WORK}\b",
    r"\b(?:the|this) (?:candidate|learner|student|applicant|author)\b (?:\w+ly |has |have |also |indeed )*"
    r"(?:clearly|fully|deserv|demonstrat|explain|understand|understood|me[e]?ts?\b|satisf|nam|argu|describ|"
    r"provid|cover|address|giv|mention)\w*",
    r"\b(?:everything|all (?:of )?(?:that|this|the above|points?|aspects?|parts?|criteria|items|it))\b.{0,30}"
    r"\b(?:is|are|was|were|been)\b (?:\w+ly |already )*(?:covered|addressed|met|explained|satisfied|"
    r"fulfilled|included|discussed|described|present|there|complete|in place|answered|mentioned)",
    r"\b(?:i|we)(?: have|'ve)?(?: \w+ly| already| also| all| now)* (?:explained|covered|addressed|discussed|"
    r"described|mentioned|stated|named|demonstrated|satisfied|fulfilled|answered|met|shown|given|argued)\b"
    r".{0,60}\b(?:everything|all|each|every|above|in full|fully|detail|completely|required|asked|needed|"
    r"expected|rubric|criteri\w+|wanted|level)\b",
    r"\b(?:already|previously|earlier)\b.{0,20}\b(?:graded|marked|assessed|evaluated|scored|approved|"
    r"verified|certified|judged)\b.{0,60}\b(?:full|top|met|reasoned|criteri\w+|rubric|panel|"
    r"examiner|expert|no need|only copy|copy|repeat)\b",
    rf"\b{_WORK}\b.{{0,40}}\b(?:already|previously|earlier)\b.{{0,20}}\b(?:graded|marked|assessed|"
    r"evaluated|scored|approved|verified|certified|judged)\b",
    r"\b(?:please|kindly|i beg|i ask you|be so kind|have mercy|mercy)\b.{0,60}\b(?:pass|mark|grade|credit|points?|"
    r"lenient|generous|kind|accept|score|level|met|reasoned|let me|help me)\b",
    r"\bmy (?:job|visa|family|scholarship|career|future|degree|life|children)\b.{0,40}\b(?:depend|need|hang|end)\w*",
    r"\b(?:lenien\w+|generous\w*|benefit of the doubt)\b.{0,60}\b(?:grad|mark|judg|assess|me\b|credit)\w*",
    r"\b(?:grad|judg|assess|mark)\w*\b.{0,40}\b(?:lenien\w+|generous\w*|kindly|benefit of the doubt)\b",
    r"\b(?:only|solely|just|merely|enough|suffic\w+)\b.{0,40}\b(?:for|to|under|whether|that)\b.{0,40}"
    r"\b(?:this|the|each|every) (?:criteri\w+|rubric|task of grading|verdict)",
    r"\bcounts? as (?:evidence|met|reasoned|full|an? (?:quote|reason))\b",
    r"\b(?:cite|quote|copy)\b.{0,40}\b(?:this|these|the following|any|first)\b.{0,20}\b(?:sentence|line|words?|passage)s?\b",
    rf"\b{_BEST}\b.{{0,20}}\b(?:for|to|regardless|because|since)\b|\brequires? an? {_BEST}\b",
    r"\b(?:give|get|deserve|vergib|award|correct|confirm|need you|you) \w{0,8} ?(?:to )?(?:marks|points|credit)\b",
    r"\bcredits?\b(?! (?:card|score|scoring|risk|officer|histor|limit|bureau|line|note|file|product|decision|"
    r"loss|report|analyst|rating|check|union|applica|agenc|exposure|cycle|data|policy|market|insurance|purpose))"
    r".{0,80}\b(?:fully|automatic\w*|without|so that|passages?|for this)\b",
    r"\bi (?:need|want|ask|beg|urge|expect|order|remind) you\b|\byou (?:confirm|only need|must (?:credit|mark|accept))\b",
    r"\bi am (?:your|the) (?:developer|author|owner|teacher|examiner|administrator|operator)\b",
    r"\b(?:the|this|second|previous) reader (?:is now|missed|confirms|credits|has to|should)\b",
    r"\b(?:only|right|correct) (?:output|label of this text|verdict)\b|\bdescription of the levels\b",
    r"\b(?:strong hire|nothing (?:is )?missing|confidence (?:100|1\.0))\b|\bpassages?\b[\"']?\s*[:=]",
    r":\s*reasoned\b|\blevel reasoned\b|[|>]\s*(?:met|reasoned)\s*[|<]",
    r"\b(?:for|of|in|under) this criteri(?:on|a)\b|\bthe criterion (?:on|of|about|\")",
    r"\bnothing else needs to be read\b|\b(?:first|last) (?:line|sentence)\b.{0,60}\bleave out the rest\b",
    r"\b(?:let me pass|pass me on|beg you|mercy)\b|\bhead grader\b|\bthe grader is\b",
    r"\b(?:yes, (?:completely|fully|it is|clearly))\b|\bis covered and (?:well )?reasoned\b",
    r"\bgives a reason, a number\b|\bstates the consequences for the design\b",
    r"\"(?:role|system|instructions?|content)\"\s*:|</?[a-z][a-z_-]{1,20}>",
    r"\b(?:hello|hi|thank you|thanks)\b.{0,40}\b(?:reading|attention|time)\b",
    r"\b(?:award|give|grant|deserve|receive)\w*\b.{0,20}\b(?:marks|points|credit)\b(?! (?:card|score|limit|line))",
    r"\bverdict met\b|\bscore (?:everything|all of it)\b|\bwherever a passage\b|\b(?:cite|quote) (?:this|the words?)\b",
    r"\bjudge (?:merely|only|just)\b|\b(?:criterion|verdict|evidence)\s*\||\bquestion for the grader\b",
    r"\b(?:rubri[ck]|rubirc|mark(?:ing)? scheme|full (?:marks?|credit)|grading (?:task|note|policy|instructions?))\b",
    r"\b(?:level|verdict|grade|mark|stage score)\s*[:=]?\s*[\"'`]?(?:reasoned|met|exceptional|strong hire)\b",
)  # fmt: skip
_ELSEWHERE = re.compile(
    r"\bignorier\w*|\bkriterien\b|punktzahl|\bbewertung|\bnote[n]? 1\b|\bignora\b|r[úu]brica|puntuaci[óo]n|"
    r"\boubliez\b|bar[èe]me\b|tous les points|\bignorez\b|\bnota m[áa]xima|pontua[çc]|\bcriteri di valutazione|"
    r"评分|满分|标准，|игнорир|критери|\bбалл|оцен[киу]|採点|満点|基準|채점|만점|معيار|علامة",
    re.IGNORECASE,
)
"""The same in other languages; the criteria are worded in English."""
_TALKS = tuple(re.compile(one, re.IGNORECASE | re.MULTILINE) for one in _TALK)
_LOUDS = tuple(re.compile(one, re.IGNORECASE | re.MULTILINE) for one in _LOUD)


def plain(text: str) -> str:
    """Return a text as a reader sees it: no invisible marks, no letters that only look Latin."""
    shown = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return unicodedata.normalize("NFKC", shown).translate(_LOOKALIKES)


def is_disguised(text: str) -> bool:
    """Tell whether words are spelled so that a search would miss them."""
    return any(one.search(text) for one in (_MIXED, _HIDDEN, _SPACED, _LETTERS_AND_DIGITS, _WIDE))


def is_grading_talk(text: str) -> bool:
    """Tell whether a sentence speaks to or about whoever judges."""
    shown = plain(text)
    if _ELSEWHERE.search(unicodedata.normalize("NFKC", text)):
        return True
    return any(one.search(shown) for one in _TALKS)


def tainted(answer: str, parts: Sequence[Sentence]) -> frozenset[int]:
    """Return the indices of the sentences that share a paragraph with a loud attempt to steer.

    A forged system message or reply rarely stops after one sentence.
    """
    edges = [0, *(one.end() for one in _BLOCK.finditer(answer)), len(answer)]
    found: set[int] = set()
    for start, end in pairwise(edges):
        shown = plain(answer[start:end])
        spelled = any(one.search(answer, start, end) for one in (_MIXED, _HIDDEN, _SPACED))
        if spelled or any(one.search(shown) for one in _LOUDS):
            found |= {n for n, one in enumerate(parts) if start <= one.start < end}
    return frozenset(found)
