/// Texts in every dialect.
enum DialectFixtures {
  /// One call, its result and an answer.
  static let tools: [DialectFixture] = [
    DialectFixture(
      "agents-course",
      """
      <bos><start_of_turn>human
      Be brief.

      Weather?<end_of_turn><eos>
      <start_of_turn>model
      <think>Look.</think>Moment.<tool_call>
      {"name": "get_weather", "arguments": {"city": "Oslo"}}
      </tool_call><end_of_turn><eos>
      <start_of_turn>tool
      <tool_response>
      drizzle
      </tool_response><end_of_turn><eos>
      <start_of_turn>model
      Rain.<end_of_turn><eos>

      """,
      [
        "user:Be brief.\n\nWeather?", #"assistant:(Look.)Moment.|get_weather{"city":"Oslo"}"#, "tool:drizzle",
        "assistant:Rain.",
      ]),
    chatML("hermes", #"{"name":"get_weather","arguments":{"city":"Oslo"}}"#, role: "tool"),
    chatML("chatml", #"{"name":"get_weather","arguments":{"city":"Oslo"}}"#, role: "tool"),
    chatML("qwen2.5", #"{"name": "get_weather", "arguments": {"city": "Oslo"}}"#),
    chatML("qwen3", #"{"name": "get_weather", "arguments": {"city": "Oslo"}}"#),
    chatML("smollm3", #"{"name": "get_weather", "arguments": {"city": "Oslo"}}"#),
    chatML(
      "qwen3-coder", "<function=get_weather>\n<parameter=city>\nOslo\n</parameter>\n</function>"),
    chatML("lfm2", "", call: "<|tool_call_start|>[get_weather(city='Oslo')]<|tool_call_end|>", role: "tool", raw: true),
    chatML("minicpm5", "", call: #"<function name="get_weather"><param name="city">Oslo</param></function>"#),
    DialectFixture(
      "kimi",
      """
      <|im_system|>system<|im_middle|>Be brief.<|im_end|><|im_user|>user<|im_middle|>Weather?<|im_end|>\
      <|im_assistant|>assistant<|im_middle|><|tool_calls_section_begin|><|tool_call_begin|>functions.get_weather:0\
      <|tool_call_argument_begin|>{"city": "Oslo"}<|tool_call_end|><|tool_calls_section_end|><|im_end|>\
      <|im_system|>tool<|im_middle|>## Return of functions.get_weather:0
      drizzle<|im_end|><|im_assistant|>assistant<|im_middle|>Rain.<|im_end|>
      """, standard),
    DialectFixture(
      "llama3.1",
      """
      <|begin_of_text|><|start_header_id|>system<|end_header_id|>

      Be brief.<|eot_id|><|start_header_id|>user<|end_header_id|>

      Weather?<|eot_id|><|start_header_id|>assistant<|end_header_id|>

      <|python_tag|>{"name": "get_weather", "parameters": {"city": "Oslo"}}<|eom_id|>\
      <|start_header_id|>ipython<|end_header_id|>

      "drizzle"<|eot_id|><|start_header_id|>assistant<|end_header_id|>

      Rain.<|eot_id|>
      """, standard),
    llama3("functionary-v3.1", #"<function=get_weather>{"city": "Oslo"}</function>"#, "Rain."),
    llama3("functionary-v3.2", ">>>get_weather\n{\"city\": \"Oslo\"}", ">>>all\nRain."),
    DialectFixture(
      "mistral-v3",
      """
      <s>[INST]Weather?[/INST][TOOL_CALLS][{"name": "get_weather", "arguments": {"city": "Oslo"}, "id": "abcdef123"}]\
      </s>[TOOL_RESULTS]{"content": "drizzle", "call_id": "abcdef123"}[/TOOL_RESULTS]Rain.</s>
      """, Array(standard.dropFirst())),
    DialectFixture(
      "mistral-v13",
      """
      <s>[SYSTEM_PROMPT]Be brief.[/SYSTEM_PROMPT][INST]Weather?[/INST][THINK]Look.[/THINK][TOOL_CALLS]get_weather\
      [CALL_ID]abcdef123[ARGS]{"city": "Oslo"}</s>[TOOL_RESULTS]abcdef123[TOOL_CONTENT]drizzle[/TOOL_RESULTS]Rain.</s>
      """, thoughtful),
    DialectFixture(
      "functiongemma",
      """
      <bos><start_of_turn>developer
      Be brief.<end_of_turn>
      <start_of_turn>user
      Weather?<end_of_turn>
      <start_of_turn>model
      <start_function_call>call:get_weather{city:<escape>Oslo<escape>}<end_function_call><start_function_response>\
      response:get_weather{value:<escape>drizzle<escape>}<end_function_response>Rain.<end_of_turn>

      """, ["developer:Be brief."] + standard.dropFirst()),
    DialectFixture(
      "gemma4",
      """
      <bos><|turn>system
      Be brief.<turn|>
      <|turn>user
      Weather?<turn|>
      <|turn>model
      <|channel>thought
      Look.<channel|><|tool_call>call:get_weather{city:<|"|>Oslo<|"|>}<tool_call|><|tool_response>\
      response:get_weather{value:<|"|>drizzle<|"|>}<tool_response|>Rain.<turn|>

      """, thoughtful),
    deepSeek("deepseek-v3", "function<｜tool▁sep｜>get_weather\n```json\n{\"city\": \"Oslo\"}\n```"),
    deepSeek("deepseek-r1", "function<｜tool▁sep｜>get_weather\n```json\n{\"city\": \"Oslo\"}\n```"),
    deepSeek("deepseek-v3.1", "get_weather<｜tool▁sep｜>{\"city\": \"Oslo\"}"),
    DialectFixture(
      "gpt-oss",
      """
      <|start|>system<|message|>Be brief.<|end|><|start|>user<|message|>Weather?<|end|>\
      <|start|>assistant<|channel|>analysis<|message|>Look.<|end|>\
      <|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>\
      {"city": "Oslo"}<|call|><|start|>functions.get_weather to=assistant<|channel|>commentary<|message|>"drizzle"<|end|>\
      <|start|>assistant<|channel|>final<|message|>Rain.<|return|>
      """, thoughtful),
    DialectFixture(
      "muse",
      """
      <|start|>system<|message|>Be brief.<|eot|><|start|>user<|message|>Weather?<|eot|>\
      <|start|>assistant to=self<|message|>Look.<|eom|><|start|>assistant to=get_weather<|message|>\
      <atem:function_calls>
      <atem:invoke name="get_weather">
      <atem:parameter name="city">Oslo</atem:parameter>
      </atem:invoke>
      </atem:function_calls><|eot|><|start|>tool get_weather<|message|><tool_output name="get_weather">
      drizzle
      </tool_output><|eot|><|start|>assistant to=user<|message|>Rain.<|eot|>
      """, thoughtful),
    DialectFixture(
      "solar-open",
      """
      <|begin|>system<|content|>Be brief.<|end|><|begin|>user<|content|>Weather?<|end|>\
      <|begin|>assistant<|think|>Look.<|end|><|begin|>assistant<|tool_calls|><|tool_call:begin|>c1<|tool_call:name|>\
      get_weather<|tool_call:args|>{"city": "Oslo"}<|tool_call:end|><|calls|><|begin|>tool<|tool_response|>\
      <|tool_response:begin|>c1<|tool_response:name|>get_weather<|tool_response:result|>drizzle<|tool_response:end|><|end|>\
      <|begin|>assistant<|content|>Rain.<|end|>
      """, thoughtful),
    DialectFixture(
      "gigachat",
      """
      <s>system<|role_sep|>
      Be brief.<|message_sep|>

      user<|role_sep|>
      Weather?<|message_sep|>

      assistant<|role_sep|>
      <|message_sep|>

      function call<|role_sep|>
      {"name": "get_weather", "arguments": {"city": "Oslo"}}<|message_sep|>

      function result<|role_sep|>
      drizzle<|message_sep|>

      assistant<|role_sep|>
      Rain.<|message_sep|>
      """, standard),
    DialectFixture(
      "glm",
      """
      [gMASK]<sop><|system|>
      Be brief.<|user|>
      Weather?<|assistant|>
      <think>Look.</think>
      <tool_call>get_weather
      <arg_key>city</arg_key>
      <arg_value>Oslo</arg_value>
      </tool_call><|observation|>
      <tool_response>
      drizzle
      </tool_response><|assistant|>
      <think></think>
      Rain.
      """, thoughtful),
    DialectFixture(
      "laguna",
      """
      〈|EOS|〉<system>
      Be brief.
      </system>
      <user>
      Weather?
      </user>
      <assistant>
      </think>
      <tool_call>get_weather
      <arg_key>city</arg_key>
      <arg_value>Oslo</arg_value>
      </tool_call>
      </assistant>
      <tool_response>
      drizzle
      </tool_response>
      <assistant>
      </think>
      Rain.
      </assistant>

      """, standard),
    DialectFixture(
      "ling",
      """
      <role>SYSTEM</role>Be brief.<|role_end|><role>HUMAN</role>Weather?<|role_end|><role>ASSISTANT</role>
      <think>Look.</think><tool_call>get_weather
      <arg_key>city</arg_key>
      <arg_value>Oslo</arg_value>
      </tool_call><|role_end|><role>OBSERVATION</role>
      <tool_response>
      drizzle
      </tool_response><|role_end|><role>ASSISTANT</role>
      <think></think>Rain.<|role_end|>
      """, thoughtful),
    cohere(
      "command-r7b",
      #"<|START_THINKING|>Look.<|END_THINKING|><|START_ACTION|>[{"tool_call_id": "0", "tool_name": "get_weather", "#
        + #""parameters": {"city": "Oslo"}}]<|END_ACTION|>"#,
      #"<|SYSTEM_TOKEN|><|START_TOOL_RESULT|>[{"tool_call_id": "0", "results": {"0": "drizzle"}}]<|END_TOOL_RESULT|>"#),
    cohere(
      "tiny-aya",
      """
      <|START_THINKING|>Look.<|END_THINKING|><tool_call>
      <function=get_weather>
      <parameter=city>Oslo
      </parameter>
      </function>
      </tool_call>
      """, "<|USER_TOKEN|><tool_response>\ndrizzle\n</tool_response>"),
    granite("granite4", #"<tool_call>\#n{"name": "get_weather", "arguments": {"city": "Oslo"}}\#n</tool_call>"#),
    granite("granite3", #"<|tool_call|>[{"name": "get_weather", "arguments": {"city": "Oslo"}}]"#),
    DialectFixture(
      "minimax-m1",
      """
      <begin_of_document><beginning_of_sentence>system ai_setting=assistant
      Be brief.<end_of_sentence>
      <beginning_of_sentence>user name=user
      Weather?<end_of_sentence>
      <beginning_of_sentence>ai name=assistant
      <tool_calls>
      {"name": "get_weather", "arguments": {"city": "Oslo"}}
      </tool_calls><end_of_sentence>
      <beginning_of_sentence>tool name=tools
      tool result: drizzle

      <end_of_sentence>
      <beginning_of_sentence>ai name=assistant
      Rain.<end_of_sentence>

      """, standard),
    miniMax(
      "minimax-m2",
      """
      <minimax:tool_call>
      <invoke name="get_weather">
      <parameter name="city">Oslo</parameter>
      </invoke>
      </minimax:tool_call>
      """),
    miniMax(
      "minimax-m3",
      """
      ]<]minimax[>[<tool_call>
      ]<]minimax[>[<invoke name="get_weather">]<]minimax[>[<city>Oslo]<]minimax[>[</city>]<]minimax[>[</invoke>
      ]<]minimax[>[</tool_call>
      """),
    DialectFixture(
      "nemotron-nano-v2",
      """
      <SPECIAL_10>System
      Be brief.

      <SPECIAL_11>User
      Weather?
      <SPECIAL_11>Assistant
      <TOOLCALL>[{"name": "get_weather", "arguments": {"city": "Oslo"}}]</TOOLCALL>
      <SPECIAL_12>
      <SPECIAL_11>User
      <TOOL_RESPONSE>["drizzle"]</TOOL_RESPONSE><SPECIAL_11>Assistant
      <think>
      Rain.
      <SPECIAL_12>

      """, standard),
  ]
}
