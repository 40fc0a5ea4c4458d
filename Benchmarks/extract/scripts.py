"""Text in other scripts from a seed: words of Hebrew and Arabic, and Japanese without spaces. It means nothing."""

HEBREW = """מים נהר גשם שלג ים חוף ספר בית דרך עיר כפר הר עמק יום לילה שנה חודש אדם ילד מורה תלמיד מדידה תצפית מחקר דוח טבלה איור
מספר ממוצע גובה עומק רוחב מהירות טמפרטורה לחץ רוח ענן שמש ירח כוכב אדמה סלע חול אבן עץ צמח פרי זרע שורש ענף עלה פרח ציפור דג סוס
חקלאות תעשייה מסחר ממשלה מועצה ועדה חוק תקנה החלטה הצעה תוכנית תקציב שנתי ראשון אחרון גדול קטן חדש ישן ארוך קצר גבוה נמוך""".split()
ARABIC = """ماء نهر مطر ثلج بحر ساحل كتاب بيت طريق مدينة قرية جبل وادي يوم ليل سنة شهر إنسان طفل معلم طالب قياس رصد بحث تقرير جدول شكل
رقم متوسط ارتفاع عمق عرض سرعة حرارة ضغط ريح سحاب شمس قمر نجم أرض صخر رمل حجر شجرة نبات ثمرة بذرة جذر غصن ورقة زهرة طائر سمكة حصان
زراعة صناعة تجارة حكومة مجلس لجنة قانون نظام قرار اقتراح خطة ميزانية سنوي أول أخير كبير صغير جديد قديم طويل قصير مرتفع منخفض""".split()
JAPANESE = """川 雨 雪 海 海岸 本 家 道 都市 村 山 谷 年 月 人 子供 教師 学生 測定 観測 研究 報告 表 図 数 平均 高さ 深さ 幅 速度 気温 気圧
風 雲 太陽 星 土地 岩 砂 石 木 植物 果実 種 根 枝 葉 花 鳥 魚 馬 農業 工業 商業 政府 議会 委員会 法律 規則 決定 提案 計画 予算""".split()
JOINTS = ["は", "が", "を", "に", "で", "と", "の", "から", "まで", "より"]
ENDS = ["した。", "である。", "ではない。", "と考えられる。", "を示した。", "が増えた。", "になった。"]


class SpacedProse:
    """What `prose.Prose` offers, of words between spaces."""

    def __init__(self, random, words, comma):
        self.random, self.words, self.comma = random, words, comma

    def phrase(self, low, high):
        return " ".join(self.random.choice(self.words) for _ in range(self.random.randint(low, high)))

    def sentence(self):
        text = self.phrase(5, 10)
        if self.random.random() < 0.2:
            text += f" {self.random.randint(1700, 1999)}"
        if self.random.random() < 0.4:
            text += self.comma + " " + self.phrase(3, 7)
        return text + "."

    def sentences(self, low, high):
        return [self.sentence() for _ in range(self.random.randint(low, high))]

    def title(self, low=2, high=5):
        return self.phrase(low, high)

    def item(self):
        return self.phrase(3, 9)

    def noun(self):
        return self.random.choice(self.words)


class JapaneseProse(SpacedProse):
    def phrase(self, low, high):
        out = ""
        for index in range(self.random.randint(low, high)):
            out += (self.random.choice(JOINTS) if index else "") + self.random.choice(self.words)
        return out

    def sentence(self):
        text = self.phrase(3, 6)
        if self.random.random() < 0.5:
            text += "が、" + self.phrase(2, 5)
        return text + self.random.choice(ENDS)


def prose(language, random):
    if language == "ja":
        return JapaneseProse(random, JAPANESE, "、")
    return SpacedProse(random, HEBREW if language == "he" else ARABIC, "," if language == "he" else "،")
