"""Makes the tokenizers of this folder, and the cases that they are tested with.

    pip install tokenizers==0.23.3 sentencepiece protobuf && python make.py

The expected ids, offsets and texts are those of the `tokenizers` package.
"""

import base64
import io
import json
import pathlib
import random

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = pathlib.Path(__file__).parent
CORPUS = [
    "The quick brown fox jumps over the lazy dog, doesn't it? They'd been waiting at 09:45 for 1,234,567 packets.",
    "def tokenise(text: str) -> list[int]:\n    return [ord(c) for c in text]\n",
    "Übergrößenträger in Köln. El niño comió piñas — ¡qué rico! naïve café résumé",
    "日本語のテキストを分割します。中文分词测试。한국어 Привет, мир! नमस्ते สวัสดี",
    "emoji 😀👍🏽 👨‍👩‍👧 tabs\tand\r\nnewlines\n\n\nand   spaces   {\"key\": [1, 2.5, null]}",
] * 4
ALPHABET = pre_tokenizers.ByteLevel.alphabet()
CL100K = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|DIGITS"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
DEEPSEEK = (
    "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
    "| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"
)


def split(pattern, behavior="isolated", invert=False):
    return pre_tokenizers.Split(Regex(pattern), behavior, invert)


def byte_level(steps, normalizer=None, size=300, **model):
    tokenizer = Tokenizer(models.BPE(**model))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=size, initial_alphabet=ALPHABET, show_progress=False, special_tokens=["<|end|>"]
        ),
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def with_options(tokenizer, **options):
    value = json.loads(tokenizer.to_str())
    value["model"].update(options)
    return Tokenizer.from_str(json.dumps(value))


def charsmap():
    """A small precompiled map, from rules that SentencePiece compiles."""
    rules = HERE / "rules.tsv"
    rules.write_text("41\t61\nFF21\t61\n3231\t28 682A 29\n65 301\tE9\n200B\t20\n1F1E9 1F1EA\t64 65\n")
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["some words to train on", "and some more"] * 9), model_writer=model, vocab_size=30,
        normalization_rule_tsv=str(rules), hard_vocab_limit=False, minloglevel=2,
    )
    rules.unlink()
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(model.getvalue())
    return base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode()


def tokenizers():
    plain = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    result = {}

    tokenizer = byte_level([split(CL100K.replace("DIGITS", r"\p{N}")), plain], normalizers.NFC())
    tokenizer.add_special_tokens(
        [
            AddedToken("<|im_start|>", special=True),
            AddedToken("[L]", lstrip=True, special=True),
            AddedToken("[R]", rstrip=True, special=True),
        ]
    )
    tokenizer.add_tokens(
        [
            AddedToken("word", single_word=True),
            AddedToken("e\u0301x", normalized=True),
            AddedToken("\n\n", normalized=False),
            AddedToken("\n\n\n", normalized=False),
        ]
    )
    result["qwen"] = tokenizer

    tokenizer = byte_level([split(CL100K.replace("DIGITS", r"\p{N}{1,3}")), plain], ignore_merges=True)
    tokenizer.post_processor = processors.Sequence(
        [
            processors.ByteLevel(trim_offsets=False),
            processors.TemplateProcessing(single="<|end|> $A", special_tokens=[("<|end|>", 0)]),
        ]
    )
    result["llama3"] = with_options(tokenizer, ignore_merges=True)

    result["deepseek"] = byte_level([split(r"\p{N}{1,3}"), split("[一-龥\u3040-ゟ゠-ヿ]+"), split(DEEPSEEK), plain])

    tokenizer = byte_level([pre_tokenizers.ByteLevel(add_prefix_space=True)])
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, special=True)])
    tokenizer.post_processor = processors.RobertaProcessing(("<|end|>", 0), ("<|end|>", 0))
    result["roberta"] = tokenizer

    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    specials = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(vocab_size=420, show_progress=False, limit_alphabet=60, special_tokens=specials),
    )
    value = json.loads(with_options(tokenizer, byte_fallback=True, fuse_unk=True).to_str())
    value["added_tokens"] = value["added_tokens"][:3]
    # Older files write merges as strings.
    value["model"]["merges"] = [" ".join(pair) for pair in value["model"]["merges"]]
    value["pre_tokenizer"] = None
    tokenizer = Tokenizer.from_str(json.dumps(value))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    result["llama2"] = tokenizer

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.UnigramTrainer(vocab_size=300, show_progress=False, special_tokens=["<unk>", "</s>"], unk_token="<unk>"),
    )
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="first")
    value = json.loads(tokenizer.to_str())
    value["normalizer"] = {
        "type": "Sequence",
        "normalizers": [
            {"type": "Precompiled", "precompiled_charsmap": charsmap()},
            {"type": "Strip", "strip_left": False, "strip_right": True},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"},
        ],
    }
    result["unigram"] = Tokenizer.from_str(json.dumps(value))

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=20))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.WordPieceTrainer(vocab_size=260, show_progress=False, special_tokens=["[UNK]", "[CLS]", "[SEP]"]),
    )
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    tokenizer.decoder = decoders.WordPiece()
    result["bert"] = tokenizer

    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]", continuing_subword_prefix="##", end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(), normalizers.Nmt()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation("merged_with_next"),
            pre_tokenizers.Digits(individual_digits=False),
        ]
    )
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=260, show_progress=False, special_tokens=["[UNK]"], continuing_subword_prefix="##",
            end_of_word_suffix="</w>", limit_alphabet=40,
        ),
    )
    tokenizer.decoder = decoders.BPEDecoder()
    result["clip"] = tokenizer

    tokenizer = Tokenizer(models.WordLevel(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.CharDelimiterSplit(" "), pre_tokenizers.FixedLength(4)])
    tokenizer.train_from_iterator(
        CORPUS, trainers.WordLevelTrainer(vocab_size=120, show_progress=False, special_tokens=["[UNK]"])
    )
    result["words"] = tokenizer
    return result


def texts():
    chance = random.Random(20)
    pieces = (
        [" ", "  ", "\n", "\r\n", "\n\n", "\n\n\n", "\t", "\u00a0", "\u3000", "\u2028", "a", "E", "'s", "'S", "'ſ", "'ll"]
        + ["1", "123", "1234", "٣", "½", "é", "e\u0301", "e\u0323\u0301", "e\u0301x", "\u212b", "ﬁ", "ß", "İ", "한"]
        + ["\u1112\u1161\u11ab", "か\u3099", "中文", "の", "😀", "👨‍👩‍👧", "🇩🇪", "\u200b", "\u00ad", "\x00", "\x7f"]
        + ["\ufffd", "\ue000", "\u0378", "नि", "!", "...", "//", "$", "<", "_", "The", " the", "Hello", "WORLD", "word"]
        + [" word ", "xword", "[L]", " [L] ", "[R]  ", "<|im_start|>", "<|end|>", " <mask>", "<s>", "<unk>", "<0x41>", "▁"]
        + ["Ａ", "㈱", "##", "ǅ", "\u0344", "Ġ", "[UNK]"]
    )
    found = ["", " ", "Hello world", *CORPUS[:5]]
    # Were in other categories in the Unicode versions that some normalizers know.
    found.append("".join(f"{chr(value)}a" for value in (0x1885, 0x1886, 0xA9BD, 0x111C9, 0x1CF2, 0x1CF3)))
    while len(found) < 45:
        found.append("".join(chance.choice(pieces) for _ in range(chance.randrange(1, 16))))
    return found


def main():
    for name, tokenizer in tokenizers().items():
        (HERE / f"{name}.json").write_text(json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":")))
        with open(HERE / f"{name}.cases.jsonl", "w") as file:
            for text in texts():
                encoding = tokenizer.encode(text)
                case = {
                    "text": text, "ids": encoding.ids, "offsets": [end for pair in encoding.offsets for end in pair],
                    "plain": tokenizer.encode(text, add_special_tokens=False).ids,
                    # The decoder of CLIP's kind does not take an empty list.
                    "decoded": tokenizer.decode(encoding.ids) if encoding.ids else "",
                }
                if case["plain"] == case["ids"]:
                    del case["plain"]
                if any(encoding.special_tokens_mask):
                    case["specials"] = encoding.special_tokens_mask
                file.write(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n")


main()
