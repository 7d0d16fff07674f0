"""Formulae as plain text: MathML and TeX, with powers raised, fractions as a/b and signs as characters."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from vivex.parse.raised import SUPERSCRIPT
from vivex.parse.tex_units import plain_units

_SPACED = set("=×±<>≤≥≈≃∼~≠+−–÷→")
_RAISABLE = set("0123456789+-−–=()n")
_SIGNS = {
    "times": "×", "pm": "±", "mp": "∓", "cdot": "·", "div": "÷", "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥",
    "ge": "≥", "geqslant": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "lt": "<",
    "gt": ">", "circ": "°", "degree": "°", "prime": "′", "infty": "∞", "rightarrow": "→", "to": "→", "leftarrow": "←",
    "propto": "∝", "sum": "∑", "Delta": "Δ", "Omega": "Ω", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Gamma": "Γ",
    "Lambda": "Λ", "Theta": "Θ", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "ldots": "…", "dots": "…", "cdots": "…", "percnt": "%", "quad": " ", "qquad": " ", "textmu": "μ",
    "textdegree": "°", "textpm": "±", "texttimes": "×", "sqrt": "√",
}  # fmt: skip
_ACCENTS = set("¯‾→^ˆ~˜˙.")  # over a letter: left out, as TeX's \bar is
_DOCUMENT = re.compile(r"\\begin\s*\{document\}(.*?)\\end\s*\{document\}", re.DOTALL)
_TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\\([^A-Za-z])|([{}^_])|([^\\{}^_]+)")
_LONGEST = 20_000  # characters of a formula that are read


def mathml(node: ElementTree.Element) -> str:
    """Return a MathML element as plain text."""
    return re.sub(r"\s+", " ", _mathml(node)).strip()


def _mathml(node: ElementTree.Element) -> str:
    children = [child for child in node if isinstance(child.tag, str)]
    tag = node.tag
    if tag in ("annotation", "annotation-xml", "mphantom"):
        return ""
    if tag == "semantics":
        return _mathml(children[0]) if children else ""
    if tag == "mo":
        text = (node.text or "").strip()
        return f" {text} " if text in _SPACED else text
    if tag == "mspace":
        return " "
    if not children:
        return node.text or ""
    if tag == "mmultiscripts":
        return _scripts(children)
    parts = [_mathml(child) for child in children]
    if tag in ("msqrt", "mroot"):
        return "√" + _grouped("".join(parts) if tag == "msqrt" else parts[0])
    if tag == "mover" and len(parts) == 2 and parts[1].strip() in _ACCENTS:
        return parts[0]
    if tag in ("msup", "msubsup", "munderover", "mover") and len(parts) >= 2:
        middle = parts[1] if len(parts) > 2 else ""
        return parts[0] + middle + raised(parts[-1])
    if tag == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if tag == "mfenced":
        return node.get("open", "(") + ", ".join(parts) + node.get("close", ")")
    if tag in ("mtr", "mtd", "mlabeledtr"):
        return " ".join(parts) + " "
    return "".join(parts)


def _scripts(children: list[ElementTree.Element]) -> str:
    """Return what carries indices and powers on both sides, as isotopes do: ¹⁴C."""
    before, after = [""], [""]
    side, lower = after, True
    for child in children[1:]:
        if child.tag == "mprescripts":
            side, lower = before, True
            continue
        text = "" if child.tag == "none" else _mathml(child)
        side.append(text if lower else raised(text))
        lower = not lower
    return "".join(before) + _mathml(children[0]) + "".join(after)


def raised(text: str) -> str:
    """Return an exponent as superscript characters, or after "^" where there are none for it."""
    bare = text.replace(" ", "")
    if bare in ("∘", "°", "′", "″", "*", "†", "‡"):
        return bare.replace("∘", "°")
    if set(bare) <= _RAISABLE:
        return bare.translate(SUPERSCRIPT)
    return f"^{bare}" if len(bare) < 2 else f"^({text.strip()})"


def _grouped(text: str) -> str:
    text = text.strip()
    return f"({text})" if re.search(r"\s[=×±+−·-]\s", text) else text


def tex(source: str) -> str:
    """Return a TeX formula, with or without a document around it, as plain text."""
    inner = _DOCUMENT.search(source)
    body = plain_units((inner.group(1) if inner else source)[:_LONGEST]).replace("$", " ").replace("~", " ")
    body = re.sub(
        r"\\(?:left|right|big|Big|bigg|Bigg|displaystyle|textstyle|limits|nolimits|rm|it|bf|mathop)(?![A-Za-z])",
        " ",
        body,
    )
    body = re.sub(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[^{}]*\})?", " ", body)
    tokens = [match.groups() for match in _TOKEN.finditer(body)]
    text, _ = _tex(tokens, 0, 0)
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"\s*([=×±<>≤≥≈≃≠])\s*", r" \1 ", text).strip()


Tokens = list[tuple[str | None, ...]]


def _tex(tokens: Tokens, at: int, depth: int) -> tuple[str, int]:
    """Return the text of a group that begins at a token, and the token after it."""
    out: list[str] = []
    while at < len(tokens):
        command, escaped, mark, plain = tokens[at]
        at += 1
        if mark == "}":
            if depth:
                break
        elif mark == "{":
            inner, at = _tex(tokens, at, depth + 1) if depth < 100 else ("", at)
            out.append(inner)
        elif mark in ("^", "_"):
            inner, at = _argument(tokens, at, depth)
            out.append(raised(inner) if mark == "^" else inner)
        elif command in ("frac", "dfrac", "tfrac"):
            above, at = _argument(tokens, at, depth)
            below, at = _argument(tokens, at, depth)
            out.append(f"{_grouped(above)}/{_grouped(below)}")
        elif command is not None:
            name = command.removeprefix("up") if command.removeprefix("up") in _SIGNS else command
            out.append(_SIGNS.get(name, ""))
        elif escaped is not None:
            out.append(escaped if escaped in "%&#_{}$" else " ")
        elif plain is not None:
            out.append(plain)
    return "".join(out), at


def _argument(tokens: Tokens, at: int, depth: int) -> tuple[str, int]:
    """Return the text of the next argument, a group or one character, and the token after it."""
    while at < len(tokens) and (tokens[at][3] or "x").isspace():
        at += 1
    if at >= len(tokens) or depth > 100:
        return "", at
    command, _, mark, plain = tokens[at]
    if mark == "{":
        return _tex(tokens, at + 1, depth + 1)
    if plain:
        first = plain.lstrip()
        tokens[at] = (None, None, None, first[1:])
        return first[0], at + 1 if len(first) < 2 else at
    return _SIGNS.get(command or "", ""), at + 1
