"""The checks behind `run`: what forge wrote, against what the clients make of the same rows.

load      datasets.load_dataset("json") gives back every row of every format as it stands in the file
render    tokenizer.apply_chat_template gives our text; its input_ids and assistant_masks are our tokens and labels
train     the batches that TRL's SFTTrainer computes its loss on are our tokens and labels; packed rows stay apart
special   special_tokens.json and added_tokens.json go into a tokenizer, and each token is one piece
"""

import argparse
import collections
import gzip
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import datasets
import jinja2
import tokenizers
import torch
import transformers
import trl

import rows as samples

IGNORED = -100
FORGE = os.environ["FORGE"]
FORMATS = ["messages", "openai", "sharegpt", "alpaca", "prompt-completion", "distill", "xlam"]


class Table:
    """What was checked, how often, and what differed."""

    def __init__(self):
        self.checked, self.wrong, self.notes = collections.Counter(), collections.defaultdict(list), {}
        self.absent = collections.defaultdict(collections.Counter)

    def add(self, what, same, detail=""):
        self.checked[what] += 1
        if not same:
            self.wrong[what].append(detail() if callable(detail) else detail)
        return same

    def note(self, what, text):
        self.notes[what] = text

    def print(self):
        width = max(map(len, self.checked))
        for what, count in self.checked.items():
            bad = len(self.wrong[what])
            note = f"   ({self.notes[what]})" if what in self.notes else ""
            print(f"{what:<{width}}  {count:>5} checked  {f'{bad} WRONG' if bad else 'equal'}{note}")
        for what, details in self.wrong.items():
            for detail in details[:3]:
                print(f"\nWRONG  {what}: {detail}")
        print(f"\n{sum(self.checked.values())} checks, {sum(map(len, self.wrong.values()))} wrong")
        return not any(self.wrong.values())


def forge(*arguments, ok=(0,)):
    """Runs forge; what it prints on stdout."""
    done = subprocess.run([FORGE, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in ok:
        sys.exit(f"clients/check: forge {' '.join(map(str, arguments))} exited with {done.returncode}\n{done.stderr}")
    return done.stdout


def export(source, target, *options):
    """Writes a file with `forge export`; its rows, and the rows that it refused."""
    refused = target.parent / (target.name + ".refused")
    forge("export", source, "-o", target, "--rejected", refused, "--quiet", *options)
    return read(target), read(refused) if refused.exists() else []


def read(path):
    opener = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def text(value):
    """A value with its key order, so that 1, 1.0 and true differ and a moved key shows."""
    return json.dumps(value, ensure_ascii=False)


def first_difference(theirs, ours):
    """Where two sequences part, with what stands around it."""
    at = next((i for i, (a, b) in enumerate(zip(theirs, ours)) if a != b), min(len(theirs), len(ours)))
    around = slice(max(0, at - 40), at + 60)
    return f"at {at}:\n  client {theirs[around]!r}\n  forge  {ours[around]!r}"


# MARK: Loading


def load(cache, path="json", **options):
    """All rows of each split, as a user's load_dataset gives them."""
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        loaded = datasets.load_dataset(path, cache_dir=folder, **options)
        return {name: list(part) for name, part in loaded.items()}


def features(rows):
    """Columns that say themselves what they are; what has keys of its own is Json, which keeps them."""
    found = {}
    for row in rows:
        for key, value in row.items():
            sample = value[0] if isinstance(value, list) and value else value
            kind = datasets.Json() if isinstance(sample, dict) else {
                str: datasets.Value("string"), int: datasets.Value("int64"), bool: datasets.Value("bool"),
                float: datasets.Value("float64"), list: datasets.Json()}[type(sample)]
            found.setdefault(key, datasets.List(kind) if isinstance(value, list) else kind)
    return datasets.Features(found)


def compare_loaded(table, what, written, cache, **options):
    """Row by row: nothing changed, and no key gained. Arrow's columns are the one thing that no file can help: a column
    that some rows have and others have not reads as None in the others, at the top level only."""
    try:
        loaded = load(cache, **options)
    except Exception as error:  # whatever it is, a user cannot load the file
        table.add(what, False, f"{type(error).__name__}: {error.__cause__ or error}"[:400])
        return
    for split, rows in written.items():
        compare_rows(table, what, loaded.get(split, []), rows)


def compare_rows(table, what, loaded, written):
    table.add(what, len(loaded) == len(written), f"{len(loaded)} rows were loaded of {len(written)}")
    absent = table.absent[what]
    for theirs, ours in zip(loaded, written):
        for key in [key for key, value in theirs.items() if value is None and key not in ours]:
            absent[key] += 1
            del theirs[key]
        # Columns come in the order of the first row.
        theirs = {key: theirs[key] for key in [*(k for k in ours if k in theirs), *(k for k in theirs if k not in ours)]}
        table.add(what, text(theirs) == text(ours), lambda: first_difference(text(theirs), text(ours)))
    if absent:
        table.note(what, "absent columns read as None: " + ", ".join(f"{key} in {n}" for key, n in absent.items()))


def check_load(table, source, folder, tokenizer):
    tokens = ["--template", "qwen3", "--tokenizer", tokenizer]
    forms = {name: ["--format", name] for name in FORMATS}
    forms["text"] = ["--format", "text", "--template", "qwen3"]
    forms["tokens"] = ["--format", "tokens", *tokens]
    forms["packed tokens"] = ["--format", "tokens", *tokens, "--max-length", 4096, "--pack"]
    for name, options in forms.items():
        for ending in ("jsonl", "jsonl.gz"):
            file = folder / f"{name.replace(' ', '-')}.{ending}"
            written, _ = export(source, file, *options)
            compare_loaded(
                table, f"load {name}{' .gz' if ending.endswith('gz') else ''}", {"train": written}, folder,
                data_files={"train": str(file)})
        parts = folder / f"{name.replace(' ', '-')}-shards"
        if name != "packed tokens":
            forge("export", source, "-o", parts, "--quiet", "--validation", 0.2, "--split-by", "id", "--shard-rows", 3, "--gzip",
                  *options)
            files = {split: sorted(map(str, parts.glob(f"{split}*.jsonl.gz"))) for split in ("train", "validation")}
            written = {
                split: [row for file in paths for row in read(pathlib.Path(file))] for split, paths in files.items() if paths}
            # By its card, as from the hub; and by its files, with the columns said. Without either, `datasets` takes the
            # columns of the first file (of its first 10 MB) for those of all.
            compare_loaded(table, f"load {name} folder of shards", written, folder, path=str(parts))
            compare_loaded(
                table, f"load {name} shards with features", written, folder,
                data_files={split: paths for split, paths in files.items() if paths},
                features=features(row for rows in written.values() for row in rows))


def note_client_limits(folder):
    """What `datasets` itself bends in columns of mixed objects (its feature Json), whoever wrote the file. These are no
    failures of a row, so the samples keep away from such numbers; the line shows when a newer version is better."""
    numbers = [count / 100 for count in range(1, 1000)] + [math.pi, 1e-12]
    file = folder / "numbers.jsonl"
    file.write_text("".join(text({"messages": [{"role": "user"}, {"value": number}]}) + "\n" for number in numbers))
    loaded = load(folder, data_files={"train": str(file)})["train"]
    bent = [(ours, row["messages"][1]["value"]) for ours, row in zip(numbers, loaded) if row["messages"][1]["value"] != ours]
    if bent:
        print(f"datasets {datasets.__version__} bends {len(bent)} of {len(numbers)} numbers in Json columns: "
              + ", ".join(f"{ours} becomes {theirs}" for ours, theirs in [bent[0], *bent[-2:]]) + "\n")


# MARK: Tokenizers


def train_byte_level(texts):
    inner = tokenizers.Tokenizer(tokenizers.models.BPE())
    inner.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = tokenizers.decoders.ByteLevel()
    inner.train_from_iterator(texts, tokenizers.trainers.BpeTrainer(
        vocab_size=1500, show_progress=False, initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet()))
    return inner


def train_sentence_piece(texts):
    """As SentencePiece models have it: blanks as ▁, and bytes for what the vocabulary lacks."""
    inner = tokenizers.Tokenizer(tokenizers.models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    inner.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    inner.decoder = tokenizers.decoders.Sequence([
        tokenizers.decoders.Replace("▁", " "), tokenizers.decoders.ByteFallback(), tokenizers.decoders.Fuse()])
    # Trained on words that are cut at blanks, and on ASCII alone, so that bytes are needed.
    inner.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(prepend_scheme="first")
    inner.train_from_iterator((t.encode("ascii", "ignore").decode() for t in texts), tokenizers.trainers.BpeTrainer(
        vocab_size=1500, show_progress=False, special_tokens=["<unk>", *(f"<0x{byte:02X}>" for byte in range(256))]))
    inner.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    return inner


def base_tokenizers(rows, given):
    """The tokenizers that the checks run with, by name: two trained here, and those that were named."""
    texts = [text(row) for row in rows]
    found = {"byte-level BPE": train_byte_level(texts), "SentencePiece-like BPE": train_sentence_piece(texts)}
    for path in given:
        data = gzip.decompress(path.read_bytes()) if path.name.endswith(".gz") else path.read_bytes()
        found[path.parent.name] = tokenizers.Tokenizer.from_str(data.decode())
    return found


def wrapped(inner, preset=None, template=None):
    """The tokenizer as a model with this preset has it."""
    copy = tokenizers.Tokenizer.from_str(inner.to_str())
    names = {}
    if preset:
        names = {key: preset[key] for key in ("bos_token", "eos_token", "pad_token") if preset.get(key)}
        names.setdefault("pad_token", "<|pad|>")
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=copy, **names)
    if preset:
        tokenizer.add_special_tokens({"additional_special_tokens": preset["special_tokens"]})
    if template:
        tokenizer.chat_template = template
    return tokenizer


# MARK: Rendering


def apply(tokenizer, row, template=None, **options):
    return tokenizer.apply_chat_template(row["messages"], tools=row.get("tools"), chat_template=template, **options)


def compare_refused(table, what, refused, tokenizer, template):
    """What our own template refuses, the client refuses as well; what was merely lost, the client loses in silence."""
    for item in refused:
        try:
            rendered = apply(tokenizer, item["item"], template, tokenize=False)
        except jinja2.exceptions.TemplateError:
            rendered = None
        refuses = item["check"] == "template-error"
        table.add(what, refuses == (rendered is None), lambda: f"forge: {item['reason']}\n  client: {rendered!r}")


def compare_texts(table, what, tokenizer, rows, written, template=None):
    for row in written:
        theirs = apply(tokenizer, rows[row["id"]], template, tokenize=False)
        table.add(what, theirs == row["text"], lambda: f"{row['id']} {first_difference(theirs, row['text'])}")


def compare_tokens(table, what, tokenizer, rows, written, template=None):
    for row in written:
        theirs = apply(
            tokenizer, rows[row["id"]], template, tokenize=True, return_dict=True, return_assistant_tokens_mask=True)
        ids, masks = list(theirs["input_ids"]), list(theirs["assistant_masks"])
        table.add(f"{what} input_ids", ids == row["input_ids"],
                  lambda: f"{row['id']} {first_difference(ids, row['input_ids'])}")
        ours = [int(label != IGNORED) for label in row["labels"]]
        table.add(f"{what} assistant_masks", masks == ours, lambda: f"{row['id']} {first_difference(masks, ours)}")
        table.add(f"{what} attention_mask", list(theirs["attention_mask"]) == row["attention_mask"], row["id"])
        kept = all(label in (IGNORED, token) for label, token in zip(row["labels"], row["input_ids"]))
        table.add(f"{what} labels are the tokens", kept, row["id"])


def check_render(table, source, folder, bases, presets, templates):
    # What users load is what they render: the rows come through `datasets`, from our messages.
    messages = folder / "messages.jsonl"
    export(source, messages)
    rows = {row["id"]: row for row in load(folder, data_files={"train": str(messages)})["train"]}
    for name, preset in presets.items():
        template = (templates / f"{name}.jinja").read_text(encoding="utf-8")
        for base, inner in bases.items():
            tokenizer = wrapped(inner, preset)
            place = folder / f"{name} {base}".replace(" ", "-")
            tokenizer.save_pretrained(place)
            if inner is next(iter(bases.values())):
                written, refused = export(messages, folder / "text.jsonl", "--format", "text", "--template", name)
                compare_texts(table, f"text {name}", tokenizer, rows, written, template)
                if refused:
                    table.note(f"text {name}", f"{len(refused)} of {len(rows)} rows refused")
                compare_refused(table, "refused by both", refused, tokenizer, template)
                check_files(table, messages, folder, name, template, tokenizer, rows)
            written, _ = export(
                messages, folder / "tokens.jsonl", "--format", "tokens", "--template", name,
                "--tokenizer", place / "tokenizer.json")
            compare_tokens(table, base, tokenizer, rows, written, template)


def check_files(table, messages, folder, name, template, tokenizer, rows):
    """The same template as a file, and in what save_pretrained writes in its forms."""
    file = folder / f"{name}.jinja"
    file.write_text(template, encoding="utf-8")
    options = []
    for key in ("bos_token", "eos_token"):
        value = getattr(tokenizer, key)
        options += [f"--{key.replace('_', '-')}", value] if value else []
    written, _ = export(messages, folder / "text.jsonl", "--format", "text", "--template", file, *options)
    compare_texts(table, "text through FILE.jinja", tokenizer, rows, written, template)
    forms = {
        "save_pretrained": (template, True),
        "save_pretrained, one file": (template, False),
        "save_pretrained, named templates": ({"default": template, "tool_use": "{{- '\\n' -}}" + template}, True),
        "save_pretrained, named, one file": ({"default": template, "tool_use": "{{- '\\n' -}}" + template}, False),
    }
    for form, (given, separate) in forms.items():
        tokenizer.chat_template = given
        place = folder / f"{name}-{form.replace(' ', '-').replace(',', '')}"
        tokenizer.save_pretrained(place, save_jinja_files=separate)
        again = transformers.AutoTokenizer.from_pretrained(place)
        written, _ = export(
            messages, folder / "text.jsonl", "--format", "text", "--template", place / "tokenizer_config.json")
        compare_texts(table, f"text through {form}", again, rows, written)
    tokenizer.chat_template = None


# MARK: Training


def tiny_model(tokenizer):
    torch.manual_seed(0)
    return transformers.LlamaForCausalLM(transformers.LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=2, max_position_embeddings=8192, pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id, bos_token_id=tokenizer.bos_token_id))


class Recording:
    """A trainer that keeps what it computes its loss on."""

    def compute_loss(self, model, inputs, *arguments, **options):
        batch = {key: value.tolist() for key, value in inputs.items() if isinstance(value, torch.Tensor)}
        if not hasattr(self, "batches"):
            self.batches, self.losses = [], []
        result = super().compute_loss(model, inputs, *arguments, **options)
        self.batches.append(batch)
        self.losses.append(float((result[0] if isinstance(result, tuple) else result).detach()))
        return result


class RecordingSFTTrainer(Recording, trl.SFTTrainer):
    pass


class RecordingTrainer(Recording, transformers.Trainer):
    pass


COMMON = dict(
    num_train_epochs=1, per_device_train_batch_size=6, logging_steps=1, report_to=[], save_strategy="no", use_cpu=True,
    bf16=False, fp16=False, disable_tqdm=True, seed=0)


def train_sft(dataset, tokenizer, folder, **options):
    settings = trl.SFTConfig(output_dir=str(folder / "out"), **{"max_length": None, **COMMON, **options})
    trainer = RecordingSFTTrainer(
        model=tiny_model(tokenizer), args=settings, train_dataset=dataset, processing_class=tokenizer)
    return run(trainer)


def run(trainer):
    trainer.remove_callback(transformers.PrinterCallback)
    trainer.train()
    return trainer


def sequences(trainer):
    """Every sequence of every batch without its padding: (input_ids, labels)."""
    for batch in trainer.batches:
        for number, (ids, labels) in enumerate(zip(batch["input_ids"], batch["labels"])):
            if "attention_mask" in batch:
                length = sum(batch["attention_mask"][number])
                yield ids[:length], labels[:length]
                continue
            positions = batch["position_ids"][number]
            starts = [i for i, position in enumerate(positions) if position == 0] + [len(positions)]
            for start, end in zip(starts, starts[1:]):
                yield ids[start:end], labels[start:end]


def compare_trained(table, what, found, expected, trainer=None):
    """The same sequences, each as often, in any order; and, where a trainer saw them, losses that are numbers."""
    theirs = collections.Counter((tuple(ids), tuple(labels)) for ids, labels in found)
    ours = collections.Counter((tuple(ids), tuple(labels)) for ids, labels in expected)
    for sequence, count in (theirs | ours).items():
        table.add(what, theirs[sequence] == ours[sequence],
                  lambda: f"seen {theirs[sequence]} times by the trainer, written {ours[sequence]} times: "
                  f"ids {list(sequence[0][:30])}… labels {list(sequence[1][:30])}…")
    if trainer:
        table.add("finite losses", bool(trainer.losses) and all(map(math.isfinite, trainer.losses)), f"{what}: {trainer.losses}")
        table.note(what, f"{len(trainer.losses)} steps, losses {trainer.losses[0]:.2f} to {trainer.losses[-1]:.2f}")


def pairs(rows, first=None):
    return [(row["input_ids"], [first if first and i == 0 else label for i, label in enumerate(row["labels"])]) for row in rows]


def check_train(table, source, folder, bases, presets, templates):
    inner = bases["byte-level BPE"]
    for name, preset in presets.items():
        tokenizer = wrapped(inner, preset, (templates / f"{name}.jinja").read_text(encoding="utf-8"))
        place = folder / f"train-{name}"
        tokenizer.save_pretrained(place)
        options = ["--format", "tokens", "--template", name, "--tokenizer", place / "tokenizer.json"]
        written, refused = export(source, place / "tokens.jsonl", *options)
        refused = {item["id"] for item in refused}
        kept = place / "kept.jsonl"
        kept.write_text("".join(text(row) + "\n" for row in read(source) if row["id"] not in refused), encoding="utf-8")
        export(kept, place / "messages.jsonl")
        messages = datasets.load_dataset("json", data_files=str(place / "messages.jsonl"), cache_dir=str(place / "c"))["train"]
        trainer = train_sft(messages, tokenizer, place, assistant_only_loss=True)
        compare_trained(table, f"SFTTrainer messages {name}", sequences(trainer), pairs(written), trainer)
        if name in ("hermes", "qwen3"):
            check_tokens(table, source, place, name, options, tokenizer, written)


def check_tokens(table, source, place, name, options, tokenizer, written):
    """Our tokens as they are, packed by TRL, and packed by us."""
    tokens = datasets.load_dataset("json", data_files=str(place / "tokens.jsonl"), cache_dir=str(place / "c"))["train"]
    trainer = train_sft(tokens, tokenizer, place)
    compare_trained(table, f"SFTTrainer tokens {name}", sequences(trainer), pairs(written), trainer)

    longest = max(len(row["input_ids"]) for row in written)
    # A packed sequence's first token has none before it that could predict it.
    alone = pairs(written, first=IGNORED)
    trainer = train_sft(tokens, tokenizer, place, packing=True, max_length=2 * longest, per_device_train_batch_size=1)
    compare_trained(table, f"SFTTrainer tokens, packed by TRL {name}", sequences(trainer), alone, trainer)

    # transformers keeps the samples of a packed row apart by position_ids, and only where there is no attention_mask.
    packing = [*options, "--pack", "--max-length", 2 * longest]
    packed, _ = export(source, place / "packed.jsonl", *packing, "--no-attention-mask")
    dataset = datasets.load_dataset("json", data_files=str(place / "packed.jsonl"), cache_dir=str(place / "c"))["train"]
    settings = transformers.TrainingArguments(output_dir=str(place / "out"), **{**COMMON, "per_device_train_batch_size": 2})
    trainer = run(RecordingTrainer(
        model=tiny_model(tokenizer), args=settings, train_dataset=dataset,
        data_collator=transformers.default_data_collator))
    seen = [pair for batch in trainer.batches for pair in zip(batch["input_ids"], batch["labels"])]
    compare_trained(table, f"Trainer packed rows {name}", seen, pairs(packed), trainer)
    compare_trained(table, f"packed rows hold every row {name}", unpacked(packed), alone)
    check_apart(table, name, tokenizer, [key for key in trainer.batches[0] if key != "labels"], packed)

    # TRL keeps them apart by seq_lengths.
    export(source, place / "masked.jsonl", *packing)
    dataset = datasets.load_dataset("json", data_files=str(place / "masked.jsonl"), cache_dir=str(place / "c"))["train"]
    trainer = train_sft(dataset, tokenizer, place, padding_free=True, per_device_train_batch_size=2)
    seen = [pair for pair in sequences(trainer) if any(label != IGNORED for label in pair[1])]
    compare_trained(table, f"SFTTrainer packed rows with seq_lengths {name}", seen, alone, trainer)


def unpacked(packed):
    for row in packed:
        for number in range(1, max(row["sequence_ids"]) + 1):
            here = [i for i, sequence in enumerate(row["sequence_ids"]) if sequence == number]
            yield [row["input_ids"][i] for i in here], [row["labels"][i] for i in here]


def check_apart(table, name, tokenizer, columns, packed):
    """A model sees the sequences of a packed row as if each stood alone."""
    model = tiny_model(tokenizer).eval()
    # As transformers.Trainer sets it; with a cache, position_ids are not looked at for packed sequences.
    model.config.use_cache = False

    def logits(row):
        with torch.no_grad():
            return model(**{key: torch.tensor([value]) for key, value in row.items()}).logits[0]

    for row in packed:
        alone = torch.cat([logits({"input_ids": ids}) for ids, _ in unpacked([row])])
        apart = (logits({key: row[key] for key in columns})[:len(alone)] - alone).abs().max().item()
        table.add(f"packed rows keep sequences apart as Trainer hands them over {name}", apart < 1e-4,
                  lambda: f"{max(row['sequence_ids'])} sequences, logits differ by {apart:.4f} from those of each alone")


# MARK: Special tokens


def check_special(table, folder, bases, presets):
    for name in presets:
        place = folder / f"special-{name}"
        for base, inner in bases.items():
            tokenizer = wrapped(inner)
            plain = place / "plain"
            tokenizer.save_pretrained(plain)
            forge("templates", "special-tokens", name, "-o", place, "--tokenizer", plain / "tokenizer.json")
            given = json.loads((place / "special_tokens.json").read_text(encoding="utf-8"))
            added = json.loads((place / "added_tokens.json").read_text(encoding="utf-8"))
            # A vocabulary may hold the characters of a token (Qwen2's has "</s>") that no text is ever split into.
            before = [token["content"] for token in added if tokenizer.tokenize(token["content"]) != [token["content"]]]
            tokenizer.add_special_tokens(given)
            other = wrapped(inner)
            other.add_tokens([transformers.AddedToken(**token) for token in added], special_tokens=True)
            for token in (token["content"] for token in added):
                for what, each in (("special_tokens.json", tokenizer), ("added_tokens.json", other)):
                    ids = each(f"a{token}b", add_special_tokens=False)["input_ids"]
                    table.add(f"{what} one piece", each.tokenize(token) == [token] and each.convert_tokens_to_ids(token) in ids,
                              f"{name}, {base}: {token!r} is {each.tokenize(token)}")
                table.add("special_tokens.json says it is special", token in tokenizer.all_special_tokens,
                          f"{name}: {token!r} is not in all_special_tokens")
            for key, value in given.items():
                if isinstance(value, str):
                    table.add("special_tokens.json names", getattr(tokenizer, key) == value, f"{name}: {key}")
            tokenizer.save_pretrained(place / "with")
            for state, missing in (("plain", bool(before)), ("with", False)):
                done = subprocess.run(
                    [FORGE, "templates", "special-tokens", name, "--strict", "--tokenizer", place / state / "tokenizer.json"],
                    capture_output=True, text=True)
                table.add("forge knows which are missing", done.returncode == int(missing),
                          lambda: f"{name}, {base}, {state}: exit {done.returncode}, {done.stderr.strip()}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--templates", type=pathlib.Path, required=True)
    options.add_argument("--tokenizer", type=pathlib.Path, action="append", default=[])
    options.add_argument("--only", action="append", choices=["load", "render", "train", "special"])
    options.add_argument("--keep", type=pathlib.Path)
    given = options.parse_args()
    conformance = os.environ.get("FORGE_CONFORMANCE")
    files = given.tokenizer + sorted(pathlib.Path(conformance).glob("tokenizers/*/tokenizer.json.gz") if conformance else [])
    presets = json.loads((given.templates / "presets.json").read_text(encoding="utf-8"))
    datasets.disable_progress_bars()
    transformers.logging.set_verbosity_error()
    modules = (datasets, transformers, trl, tokenizers, jinja2, torch)
    print(", ".join(f"{m.__name__} {m.__version__}" for m in modules) + f", {forge('--version').strip()}")

    folder = given.keep or pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    table, source = Table(), folder / "rows.jsonl"
    try:
        rows = list(samples.rows())
        source.write_text("".join(text(row) + "\n" for row in rows), encoding="utf-8")
        bases = base_tokenizers(rows, files)
        print(f"{len(rows)} rows, {len(presets)} presets, tokenizers: {', '.join(bases)}\n")
        wanted = given.only or ["load", "render", "train", "special"]
        if "load" in wanted:
            tokenizer = folder / "load-tokenizer"
            wrapped(bases["byte-level BPE"], presets["qwen3"]).save_pretrained(tokenizer)
            note_client_limits(folder)
            check_load(table, source, folder, tokenizer / "tokenizer.json")
        if "render" in wanted:
            check_render(table, source, folder, bases, presets, given.templates)
        if "train" in wanted:
            check_train(table, source, folder, bases, presets, given.templates)
        if "special" in wanted:
            check_special(table, folder, bases, presets)
    finally:
        if not given.keep:
            shutil.rmtree(folder)
    return 0 if table.print() else 1


if __name__ == "__main__":
    sys.exit(main())
