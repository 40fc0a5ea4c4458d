/// Requests for which hardly any tools file has a tool; for conversations in which no call is right.
enum UnservedRequest {
  /// A request, and the words by which a tool that might serve it would give itself away.
  static let all: [(request: String, topics: Set<String>)] = [
    ("Book a table for two at the Italian restaurant for tonight.", ["restaurant", "table", "book", "booking"]),
    ("Turn off the lights in the kitchen.", ["light", "home", "lamp", "switch", "kitchen"]),
    ("Please order a new battery for my bicycle lamp.", ["order", "shop", "cart", "buy", "product", "purchase"]),
    ("Can you call my sister and tell her that I will be late?", ["call", "phone", "message", "sms", "contact"]),
    ("Print the contract from my desktop twice.", ["print", "printer", "document", "file"]),
    ("Play the album that I listened to yesterday.", ["play", "music", "album", "song", "audio"]),
    ("Move my dentist appointment to Friday.", ["calendar", "appointment", "event", "schedule", "meeting"]),
    ("Reserve a seat on the night train for me.", ["train", "seat", "ticket", "travel", "reserve", "booking"]),
    ("How much money is left in my bank account?", ["bank", "account", "balance", "money", "payment"]),
    ("Set the alarm clock to six in the morning.", ["alarm", "timer", "clock", "reminder"]),
    ("Could you water the tomatoes on the balcony?", ["water", "plant", "garden", "home"]),
    ("I lost my umbrella on the bus; please ask at the lost property office.", ["bus", "lost", "property", "contact"]),
    ("Can you pick up my parcel at the post office?", ["parcel", "post", "delivery", "shipment", "package"]),
    ("Lock the front door, please.", ["door", "lock", "home"]),
    ("Would you iron the blue shirt before noon?", ["shirt", "laundry", "clothes"]),
    ("Make me an appointment at the hairdresser's.", ["appointment", "calendar", "booking", "schedule"]),
    ("Take a photo of the whiteboard and crop it.", ["photo", "image", "picture", "camera"]),
    ("What did my brother write in his last letter?", ["letter", "mail", "message", "email"]),
    ("Please charge the car tonight.", ["car", "vehicle", "charge", "charging"]),
    ("Find out who left the window open yesterday.", ["window", "home", "sensor"]),
    ("Renew my library card.", ["library", "card", "book", "account"]),
    ("Can you fix the squeaking chair in my office?", ["repair", "chair", "office", "furniture"]),
    ("Top up my phone with ten euros.", ["phone", "payment", "money", "account"]),
    ("Cancel my gym membership.", ["gym", "membership", "subscription", "account"]),
    ("I would like a taxi to the station at eight.", ["taxi", "ride", "car", "station", "travel"]),
    ("Hang up the picture in the hall, please.", ["picture", "home", "furniture"]),
  ]

  /// The words that say what a tool is about, without those that say nothing.
  static func topics(of tool: Tool) -> Set<String> {
    let words = WordsOfName.words(tool.name + " " + (tool.description ?? "")).map { word in
      word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
    }
    return Set(words.filter { $0.count > 2 }).subtracting(empty)
  }

  private static let empty: Set<String> = [
    "the", "and", "for", "with", "from", "that", "thi", "all", "one", "get", "list", "find", "return", "give", "show",
    "tell", "search", "fetch", "look", "into", "which", "what", "when", "where", "how", "are", "has", "have", "its",
    "can", "may", "must", "given", "number", "name", "value", "api", "data", "information", "about", "between", "out",
    "write", "read", "such", "plain", "add", "make", "use", "used", "using", "day", "item", "object", "result",
  ]
}
