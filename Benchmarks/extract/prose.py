"""English-looking prose from a seed: sentences that no other document has, with long words that typesetters hyphenate."""

NOUNS = """administration agreement algorithm anniversary apparatus appearance approximation arrangement assumption atmosphere
authority barometer boundary calculation calibration catalogue catchment characteristic circulation classification
commissioner committee comparison compensation concentration configuration consequence conservation consideration
construction contribution correspondence cultivation declaration department description destination determination
development difficulty disagreement distribution documentation drainage efficiency embankment engineering environment
equilibrium establishment evaporation examination excavation expedition experiment explanation exploration
fertilisation fluctuation forecast foundation frequency generation geography groundwater harvest headquarters hypothesis
identification illustration improvement inclination infiltration infrastructure inhabitant inscription inspection
installation instrument interpretation interval inventory investigation irrigation journal laboratory landscape
legislation magnitude maintenance management manufacturer manuscript measurement mechanism meteorologist microscope
moisture mountain multiplication municipality navigation negotiation neighbourhood notebook observation observatory
occupation official operation organisation parameter parliament particle peninsula performance permission permeability
photograph population possibility precipitation preparation preservation probability procedure production programme
proportion publication quantity questionnaire recommendation reconstruction reflection regulation relationship
reservoir resistance responsibility restoration river satellite saturation scientist sediment settlement shipment
significance simulation specification specimen statistics storehouse structure subsidence superintendent supplement
surveyor sustainability temperature terminology territory thermometer topography transformation transmission
transportation treatment uncertainty university vegetation ventilation verification village watershed winter""".split()

ADJECTIVES = """accidental administrative agricultural alternative annual apparent artificial atmospheric available brackish
characteristic chemical circular comparative complementary complicated conditional considerable consecutive
conventional corresponding cylindrical decimal deliberate different difficult distinctive domestic eastern ecological
economic efficient electrical elementary empirical enormous equivalent exceptional experimental extraordinary
favourable financial flexible fundamental geological gradual historical horizontal hydrological imaginary important
impractical inaccurate incidental independent indifferent industrial inevitable influential institutional instructive
intermediate international irregular mathematical mechanical meteorological microscopic moderate municipal mysterious
neighbouring northern numerical occasional official ordinary original parallel particular permanent photographic
preliminary professional proportional provincial quantitative questionable rectangular regional reliable remarkable
representative scientific seasonal separate significant simultaneous southern spectacular statistical subsequent
substantial sufficient supplementary systematic technical temporary theoretical traditional transparent tropical
unexpected uniform universal vertical western""".split()

VERBS = """accelerated accommodated accompanied accumulated acknowledged administered anticipated approximated attributed
calculated catalogued characterised circulated classified commissioned compensated complicated concentrated confirmed
constructed contradicted contributed corrected criticised cultivated demonstrated described determined diminished
discontinued distinguished distributed documented eliminated emphasised encountered established estimated evaluated
examined exceeded excluded experienced explained financed flooded formulated governed identified illustrated
implemented improved influenced inspected interpreted interrupted introduced investigated justified maintained
manufactured measured modified monitored neglected observed operated organised outnumbered overestimated participated
photographed postponed predicted preserved published questioned recalculated recommended reconstructed registered
regulated reinforced replaced represented resembled restored separated simplified simulated specified stabilised
substituted supervised supplemented surrounded surveyed tabulated transferred transformed transmitted transported
underestimated undermined verified""".split()

ADVERBS = """accidentally accordingly approximately automatically comparatively consequently considerably continuously
deliberately differently efficiently eventually exclusively experimentally extensively frequently fundamentally
generally gradually historically immediately independently indirectly individually insufficiently mathematically
nevertheless occasionally particularly periodically permanently predominantly previously proportionally reluctantly
repeatedly satisfactorily separately significantly simultaneously specifically statistically subsequently
substantially successfully sufficiently systematically temporarily traditionally undoubtedly unfortunately""".split()

COMPOUNDS = """tide-gauge rain-fed long-term well-known self-recording cross-section north-western sea-level
re-examination low-lying non-linear hand-written peer-reviewed cost-benefit above-mentioned ten-year state-owned
half-finished co-ordination semi-permanent wind-driven two-thirds record-breaking time-dependent decision-making""".split()

PLACES = """Aldermoor Birkhaven Caldwick Dunmarrow Eskerfield Fennholt Garsdale Hollinbeck Invermoss Kelderby Lanterwick
Marshgate Netherbrook Oxenholme Penhallow Quarrington Ravensdyke Saltcoates Thornmere Ullswick Wexcombe Yarrowford
Århusø Brüggenau Montréjeau Valdivieña""".split()

NAMES = """Abernathy Bellweather Castellane Dragomir Eriksen Fotheringay Grünwald Hallorann Ivanova Jørgensen Kowalczyk
Lindqvist Mbeki Nakamura Oyelaran Pemberton Quist Rasmussen Sørlie Takahashi Underhill Vasquez Wetherby Young""".split()

JOINS = ["although", "because", "whereas", "while", "since", "so that", "even though", "after", "before"]


class Prose:
    def __init__(self, random):
        self.random = random

    def noun(self):
        return self.random.choice(COMPOUNDS if self.random.random() < 0.02 else NOUNS)

    def phrase(self):
        chance, pick = self.random.random(), self.random.choice
        if chance < 0.10:
            return pick(PLACES)
        if chance < 0.17:
            return f"{pick(NAMES)}'s {pick(NOUNS)}" if self.random.random() < 0.4 else pick(NAMES)
        words = [pick(["the", "the", "the", "a", "this", "each", "its", "every", "one"])]
        if chance < 0.6:
            words.append(pick(COMPOUNDS) if self.random.random() < 0.12 else pick(ADJECTIVES))
            # "a" and "an" as a person would write them.
        words.append(pick(NOUNS))
        if words[0] == "a" and words[1][0] in "aeiou":
            words[0] = "an"
        if chance > 0.85:
            words += [pick(["of", "in", "near", "for", "between", "without"]), "the", pick(NOUNS)]
        return " ".join(words)

    def clause(self):
        pick = self.random.choice
        words = [self.phrase()]
        if self.random.random() < 0.25:
            words.append(pick(ADVERBS))
        words += [pick(VERBS), self.phrase()]
        chance = self.random.random()
        if chance < 0.12:
            words.append(f"in {self.random.randint(1781, 1998)}")
        elif chance < 0.20:
            words.append(f"by {self.random.randint(2, 97)}.{self.random.randint(1, 9)} per cent")
        elif chance < 0.26:
            words.append(f"({pick(['see', 'compare', 'after'])} {pick(NAMES)}, p. {self.random.randint(3, 480)})")
        return " ".join(words)

    def sentence(self):
        pick, chance = self.random.choice, self.random.random()
        text = self.clause()
        if chance < 0.35:
            text += f", {pick(JOINS)} {self.clause()}"
        elif chance < 0.45:
            text += f"; {pick(ADVERBS)}, {self.clause()}"
        elif chance < 0.52:
            text = f"{pick(ADVERBS)}, {text}"
        return text[0].upper() + text[1:] + "."

    def sentences(self, low, high):
        return [self.sentence() for _ in range(self.random.randint(low, high))]

    def title(self, low=2, high=5):
        """A heading: a few words, no full stop."""
        pick, count = self.random.choice, self.random.randint(low, high)
        words = [pick(ADJECTIVES)] if count > 2 else []
        words.append(pick(NOUNS))
        if count > 3:
            words += [pick(["and", "of", "in"]), pick(NOUNS)]
        if count > 4:
            words += ["at", pick(PLACES)]
        text = " ".join(words)
        return text[0].upper() + text[1:]

    def item(self):
        text = self.clause() if self.random.random() < 0.7 else self.phrase()
        return text[0].upper() + text[1:]

    def code(self, low, high):
        pick, lines, depth = self.random.choice, [], 0
        for _ in range(self.random.randint(low, high)):
            name, other = pick(NOUNS)[:9], pick(NOUNS)[:7]
            line = pick([f"{name} = {other}({self.random.randint(2, 900)})", f"print({name}, {other})", f"{name} += {other}"])
            if depth < 2 and self.random.random() < 0.25:
                lines.append("    " * depth + f"for {other} in {name}:")
                depth += 1
            else:
                lines.append("    " * depth + line)
                if depth and self.random.random() < 0.4:
                    depth -= 1
        return lines
