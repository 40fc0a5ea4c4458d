"""Writes behaviour.jsonl, whose first row is the context of all: what jinja2 makes of the templates below, set up as transformers sets it up.

    pip install jinja2 && python -W ignore make.py > behaviour.jsonl
"""
import json
from contextlib import contextmanager
from datetime import datetime

import jinja2
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

CONTEXT = {
    "text": "Hello World", "empty": "", "number": 42, "negative": -7, "float": 3.75, "big": 10**30, "yes": True,
    "nothing": None, "list": [3, 1, 2], "words": ["b", "A", "c"], "nested": [[1, 2], [3]],
    "dict": {"b": 1, "a": [1, 2], "C": None}, "users": [
        {"name": "Zoe", "age": 31, "city": "Rome"}, {"name": "adam", "age": 25, "city": "rome"},
        {"name": "Bea", "age": 31, "city": "Oslo"}],
    "html": "<b>a & 'b'</b>", "accents": "Ünï ß Σ", "lines": "a\nb\n\nc", "keyed": {"items": 1, "get": 2, "x y": 3},
    "tree": [{"n": 1, "kids": [{"n": 2, "kids": []}, {"n": 3, "kids": [{"n": 4, "kids": []}]}]}],
}

EXPRESSIONS = """
text|upper|lower|title|capitalize
text|length ~ list|length ~ dict|length
text[::-1] ~ text[1:5] ~ text[-3:] ~ text[::3] ~ text[10:2:-2]
list[::-1], list[:2], list[5:], list[-1], list[9] is defined
range(10)[2:8:3], range(5, 0, -2)|list, range(3)|sum
text.split('o'), text.rsplit('o', 1), '  a  b '.split(none, 1), 'a,b'.partition(','), 'abc'.rpartition('z')
text.replace('l', 'L', 2), text.find('o', -4), text.count('l'), text.startswith(('x', 'He')), text.zfill(15)
'ab'.center(7, '*'), 'ab'.ljust(5, '.'), 'ab'.rjust(5), 'a\\tb'.expandtabs(4), 'Straße'.casefold(), 'ΑΣ'.lower()
'x'.isalpha(), '12'.isdigit(), 'aB'.swapcase(), 'a1'.isalnum(), ' '.isspace(), 'Ab Cd'.istitle()
'{} {}'.format(1, 'a'), '{0:>5}|{0:<5}|{0:^5}'.format('x'), '{a[0]}{b.name}'.format(a=[1], b={'name': 2})
'{:05.1f}|{:+d}|{:,}|{:#x}|{:e}|{:%}|{!r}'.format(3.14159, 5, 1234567, 255, 12345.678, 0.25, 'q')
'%s|%r|%5d|%-5s|%05.2f|%x|%%' % ('a', 'b', 3, 'c', 2.5, 255)
'%(a)s-%(b)03d' % {'a': 1, 'b': 2}
'%d' % 'x'
1 / 2, 7 // 2, -7 // 2, 7 % -3, 2 ** 10, 2 ** -1, 7.5 // 2, 1e16, 1e15, 1e-5, 0.1 + 0.2, 3.0, -0.0
big, big + 1, big * big, big // 7, big % 7, -big, big / 3, 2 ** 100
1 / 0
1 == 1.0, true == 1, '1' == 1, [1] == [1.0], none == false, {'a': 1} == {'a': 1.0}, (1,) == [1]
1 < 2 < 3, 1 < 3 < 2, 'a' < 'b', [1, 2] < [1, 3], (1, 2) >= (1,)
none < 1
'a' + 1
[1] + [2] * 2 + [], (1,) + (2,), 'ab' * 3, 3 * 'x', 'x' * -1
text in 'Hello World!', 'H' in text, 3 in list, 'a' in dict, 4 not in list, 1 in nothing
not 1 == 2, not none is none, number is odd, number is not divisibleby 5, number is gt 3 and true
missing, missing is defined, missing|default('d'), missing|list, missing|length, missing == nope
missing.attribute
missing + 1
dict.missing is undefined, dict['b'], dict.a.1, dict.get('zz', 'q'), dict.items()|list, dict.keys(), dict.values()
keyed['items'], keyed['x y']
keyed.get('get')
list.append(4)
dict.update({})
text.__class__
text.__class__.__mro__
''['__class__']
text|attr('upper') is callable, text|attr('nope') is defined
cycler.__init__.__globals__
[1.0, 'it\\'s', none, true, (1,), {}, {'k': "\\"q\\""}]
'\\n\\t\\\\\\x00é\\u200b'|pprint
dict, nested, (), [], {}, {1: 2, 'a': none, 1.5: true}
dict|tojson, dict|tojson(indent=2), dict|tojson(separators=(',', ':')), dict|tojson(sort_keys=true)
accents|tojson, accents|tojson(ensure_ascii=true), html|tojson, 1.0|tojson, big|tojson, {1: 2, none: 3, true: 4}|tojson
missing|tojson
[[], {}, [1, [2, {'a': []}]]]|tojson(indent=1)
dict.items()|tojson
words|sort, words|sort(case_sensitive=true), words|sort(reverse=true), list|sort|first, list|max, words|min
users|sort(attribute='age,name')|map(attribute='name')|join(' '), users|map(attribute='age')|sum
users|groupby('city')|map('first')|list, users|groupby('city', case_sensitive=true)|map(attribute='grouper')|list
users|selectattr('age', 'gt', 30)|map(attribute='name')|list, users|rejectattr('age', 'eq', 31)|list|length
users|map(attribute='zz', default='?')|list, users|map('length')|list, words|map('upper')|list
users|map('nope')|list
users|sum(attribute='age'), [1.5, 2]|sum, [[1], [2]]|sum(start=[])
[1, 'a']|sort
list|batch(2)|list, list|batch(2, 0)|list, range(7)|slice(3)|list, range(7)|slice(3, 'x')|list
words|unique|list, ['a', 'A', 'b']|unique|join, list|reverse|list, text|reverse, dict|dictsort, dict|list
dict|dictsort(by='value')
list|join('-'), users|join(', ', attribute='name'), nested|join(';')
3.7|int, '12'|int, '0x1F'|int(0, 16), 'x'|int(-1), '3.9'|int, none|int(5), '1e3'|float, 'z'|float(1.5)
2.5|round, 3.5|round, 42|round, 1234|round(-2), 42.55|round(1), 42.55|round(1, 'floor'), 42.1|round(0, 'ceil')
-3|abs, -3.5|abs, 1500|filesizeformat, 1500000|filesizeformat(true)
text|truncate(8), text|truncate(5, true, ''), lines|indent(2), lines|indent('> ', true, true), text|wordcount
'The quick brown fox jumps over the well-known dog'|wordwrap(12)
html|escape, html|e|upper, html|striptags, html|safe, html|forceescape, 'a b/ü'|urlencode, {'a': 1, 'b c': 'd&'}|urlencode
'see http://example.com/a, or me@example.com.'|urlize
{'id': 'x', 'class': none, 'n': 1}|xmlattr
text|center(21), text|trim('Hd'), '  x '|trim, text|replace('l', ''), '%s=%d'|format('a', 3)
text is string, number is number, dict is mapping, list is sequence, list is iterable, nothing is none, yes is true
text is upper, 'abc' is lower, 3 is in list, 'upper' is filter, 'odd' is test, text is sameas text, yes is boolean
number is nope
text|nope
'a' if false, ('a' if false) is defined, 'a' if yes else 'b'
('a' if false).x
namespace(a=1).a, namespace({'b': 2}).b, dict is defined
namespace(_a=1)
raise_exception('stop here')
strftime_now('%Y-%m-%d %H:%M:%S %A %B %j %p')
range(100001)
'a' 'b' "c", 1_000, 0xff, 0b11, 0o17, 1e3, 'q\\'s'
[1, 2, 3,], (1,), (1), {'a': 1,}
1 if 2
lipsum is defined, cycler is callable
[1,2]|first + 1, -number|abs, (number|string).isdigit()
[1, 2]|map('string')|join is string
dict(a=1, **{'b': 2}), dict([('x', 1)]), dict(users[0], age=1)
'a'~1~none~true~1.0~[1]
""".strip("\n").split("\n")

TEMPLATES = [
    # White space.
    "a\n{% if yes %}\n  b\n{% endif %}\nc\n",
    "  {% if yes %}x{% endif %}  \n y",
    "a  {{- 1 -}}  b",
    "a {%- if yes -%} b {%- endif -%} c",
    "a\n  {%+ if yes %}b{% endif +%}\nc",
    "{# note #}\nx\n  {# note #}\ny",
    "x {#- note -#} y",
    "{% raw %}{{ a }}{% endraw %}",
    "a {%- raw -%} {{ b }} {%- endraw -%} c",
    "\n\na\n\n",
    "a\r\nb\rc",
    "{{ 'a\nb' }}",
    "  {{ 1 }}\n  {% set x = 2 %}\n  {{ x }}",
    "{% for i in list %}\n  {{ i }}\n{% endfor %}\nend",
    "\t{% if yes %}\t{% endif %}\tz",
    # Scopes.
    "{% set x = 1 %}{% for i in list %}{% set x = i %}{{ x }}{% endfor %}{{ x }}",
    "{% set x = 1 %}{% if yes %}{% set x = 2 %}{% endif %}{{ x }}",
    "{% set ns = namespace(n=0) %}{% for i in list %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
    "{% for i in list %}{{ i }}{% endfor %}{{ i }}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}",
    "{% set (a, b), c = (1, 2), 3 %}{{ a + b + c }}",
    "{% set a, b = 1, 2, 3 %}",
    "{% set x.y = 1 %}",
    "{% set dict.z = 1 %}",
    "{% with a = 1, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}",
    "{% set x %}  {{ 1 }} b{% endset %}[{{ x }}]",
    "{% set x | upper | replace('B', 'c') %}ab{% endset %}{{ x }}",
    "{% for i in range(2) %}{% if i == 0 %}{% set t = 'a' %}{% endif %}{{ t }}{% endfor %}",
    "{% if not yes %}{% set q = 1 %}{% endif %}{{ q is defined }}",
    "{% set text = text ~ '!' %}{{ text }}",
    "{% for text in words %}{{ text }}{% endfor %}{{ text }}",
    # Loops.
    "{% for i in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}",
    "{% for i in list if i > 1 %}{{ i }}{{ loop.length }}{{ loop.last }}{% else %}none{% endfor %}",
    "{% for i in [] %}x{% else %}none{% endfor %}",
    "{% for i in list %}{{ loop.previtem }}<{{ i }}>{{ loop.nextitem }} {% endfor %}",
    "{% for i in [1,1,2] %}{{ loop.changed(i) }}{{ loop.cycle('a','b') }}{% endfor %}",
    "{% for i in range(9) %}{% if i == 2 %}{% continue %}{% elif i == 5 %}{% break %}{% endif %}{{ i }}{% endfor %}",
    "{% for i in list %}{% break %}{% else %}none{% endfor %}",
    "{% for t in tree recursive %}{{ t.n }}{% if t.kids %}({{ loop(t.kids) }}){% endif %}{{ loop.depth }}{% endfor %}",
    "{% for k, v in dict.items() %}{{ k }}={{ v }};{% endfor %}",
    "{% for a, b in nested %}{{ a }}{% endfor %}",
    "{% for i in number %}{% endfor %}",
    "{% for i in nothing %}{% endfor %}",
    "{% for c in 'añb' %}{{ c }}.{% endfor %}",
    "{% for i in list %}{% for j in words %}{{ loop.index }}{{ j }}{% endfor %}{{ loop.index }}{% endfor %}",
    "{% for i in list %}{% set o = loop %}{% for j in [1] %}{{ o.index }}{% endfor %}{% endfor %}",
    "{{ loop }}",
    "{% break %}",
    "{% for i in list|reverse %}{{ i }}{{ loop.length }}{% endfor %}",
    "{% for k in dict %}{{ k }}{% endfor %}",
    "{% for i in users|selectattr('age', 'gt', 30) %}{{ loop.index }}{{ loop.last }}{% endfor %}",
    # Macros.
    "{% macro m(a, b=2, c=b) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }}|{{ m(1, 3) }}|{{ m(c=1, a=0) }}|{{ m() }}",
    "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{% endmacro %}{{ m(b=2) }}",
    "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, a=3) }}",
    "{% macro m(x) %}[{{ caller(x) }}]{% endmacro %}{% call(y) m(5) %}{{ y + 1 }}{% endcall %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}",
    "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{% set x = 2 %}{{ m() }}",
    "{% macro m() %} a {% endmacro %}{{ m()|trim }}{{ m().strip() ~ m()|length }}",
    "{% macro m(a, b) %}{% endmacro %}{{ m.name }}{{ m.arguments }}{{ m.catch_kwargs }}",
    "{{ m() }}{% macro m() %}x{% endmacro %}",
    "{% macro m(a, a) %}{% endmacro %}",
    "{% macro m(a=1, b) %}{% endmacro %}",
    "{% for i in list %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}",
    # Blocks.
    "{% block a %}x{% block b %}y{% endblock %}{% endblock %}{{ self.b() }}",
    "{% filter upper %}a{{ text }}{% endfilter %}",
    "{% autoescape true %}{{ html }}{{ html|safe }}{{ '<' ~ html|safe }}{% endautoescape %}{{ html }}",
    "{% block a %}{% endblock %}{% block a %}{% endblock %}",
    "{% include 'x' %}",
    "{% extends 'x' %}",
    "{% import 'x' as y %}",
    "{% print 1, 2 %}",
    "{% set x = 1 %}{% block a %}{{ x }}{% endblock %}",
    "{% for i in list %}{% block a scoped %}{{ i }}{% endblock %}{% endfor %}",
    "{% block a %}{{ super() }}{% endblock %}",
    # Generation.
    "a{% generation %}bé{% endgeneration %}c{% generation %}{% endgeneration %}",
    "{% for i in list %}x{% generation %}{{ i }}{% endgeneration %}{% endfor %}",
    "{% set x %}ab{% generation %}c{% endgeneration %}{% endset %}d{{ x }}",
    "{% macro m() %}a{% generation %}b{% endgeneration %}{% endmacro %}zz{{ m() }}",
    "{% generation %}{% set text = 1 %}{% endgeneration %}{{ text }}",
    "é{%- generation -%} x {%- endgeneration -%}",
    # What is no template.
    "{% if yes %}",
    "{% endif %}",
    "{% for i in list %}{% endif %}",
    "{{ }}",
    "{{ 1 + }}",
    "{{ (1 }}",
    "{{ 'a }}",
    "{% nope %}",
    "{{ a b }}",
    "{# open",
    "{% raw %}",
    "{{ a.b.1c }}",
    "{{ {1} }}",
    "{% set 1 = 2 %}",
    "{% set true = 2 %}",
    "{% for true in list %}{% endfor %}",
    "{{ a|}}",
    "{{ a is }}",
    "{{ f(a=1, 2) }}",
    "{{ f(a=1, a=2) }}",
    "{{ [1, 2 }}",
    "{{ 1 if }}",
    "{% if %}{% endif %}",
    "{% macro %}{% endmacro %}",
    "}}",
    "%}",
    "{",
    "{{ '\\x4' }}",
    "{{ not }}",
    "{{ a == }}",
    "{{ 1 is 2 }}",
    "{{ $ }}",
    "{{ a ! b }}",
    "{% set x = %}",
    "{% for x %}{% endfor %}",
    "{% else %}",
    "{% call 1 %}{% endcall %}",
    "{{ text|upper( }}",
    "{% if text|nope %}x{% endif %}",
    "{% if no %}{{ text|nope }}{% endif %}",
    "{% if yes %}{{ text|nope }}{% endif %}",
    "{% if no %}{{ 1 is nope }}{% endif %}",
    "{{ text|nope if no }}",
    "{{ x.y.z }}",
    "{{ none.x }}",
    "{{ none.x.y }}",
    "{{ 5() }}",
    "{{ text() }}",
    "{{ 'a' 1 }}",
    "{{ 1 2 }}",
    "{{ a..b }}",
    "{{ *a }}",
    "{{ loop.index }}",
    "{% set loop = 1 %}{{ loop }}",
    "{% for loop in list %}{% endfor %}",
    "{% continue %}",
]


class Generation(Extension):
    tags = {"generation"}

    def __init__(self, environment):
        super().__init__(environment)
        self.blocks = self.spans = None

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("note"), [], [], body).set_lineno(line)

    @jinja2.pass_eval_context
    def note(self, context, caller):
        text = caller()
        start = len("".join(self.blocks))
        self.spans.append([start, start + len(text)])
        return text


class Dict:
    def __call__(self, *args, **kwargs):
        return dict(*args, **kwargs)

    def fromkeys(self, *args, **kwargs):
        return dict.fromkeys(*args, **kwargs)


class Namespace(jinja2.utils.Namespace):
    def __init__(*args, **kwargs):
        self, members = args[0], dict(*args[1:], **kwargs)
        for name in members:
            Namespace.check(name)
        jinja2.utils.Namespace.__init__(self, members)

    def __setitem__(self, name, value):
        Namespace.check(name)
        jinja2.utils.Namespace.__setitem__(self, name, value)

    @staticmethod
    def check(name):
        if isinstance(name, str) and name.startswith("_"):
            raise jinja2.exceptions.SecurityError("underscore")


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def to_json(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


environment = ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
environment.filters["tojson"] = to_json
environment.globals.update(
    raise_exception=raise_exception, dict=Dict(), namespace=Namespace,
    strftime_now=lambda format: datetime(2024, 7, 26, 15, 4, 5).strftime(format))

print(json.dumps({"context": CONTEXT}, ensure_ascii=False))
for template in ["{{ [%s] }}" % line if "," in line else "{{ %s }}" % line for line in EXPRESSIONS] + TEMPLATES:
    tracker = environment.extensions[next(key for key in environment.extensions if key.endswith("Generation"))]
    tracker.blocks, tracker.spans = [], []
    row = {"template": template}
    try:
        for block in environment.from_string(template).generate(**CONTEXT):
            tracker.blocks.append(block)
        row["expected"] = "".join(tracker.blocks)
        if tracker.spans:
            row["spans"] = tracker.spans
    except Exception as error:
        row["error"] = type(error).__name__
        if isinstance(error, jinja2.TemplateSyntaxError):
            row["line"] = error.lineno
    print(json.dumps(row, ensure_ascii=False))
