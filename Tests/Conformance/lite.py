"""LiteLLM against `weir mock`, through its own prefixes; see README.md.

Reads WEIR_FAL_URL and WEIR_OPENROUTER_URL. Apart from `conformance.py`, because it takes seconds to be imported.
"""

import importlib.metadata
import json
import os
import sys

FAL_URL = os.environ["WEIR_FAL_URL"].rstrip("/")
OPENROUTER_URL = os.environ["WEIR_OPENROUTER_URL"].rstrip("/")
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
# Else it fetches its table of prices when it is imported.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm

from checks import run_checks

litellm.suppress_debug_info = True
MODEL = "google/gemini-2.5-flash"
PLAIN_URL = OPENROUTER_URL.removesuffix("/api/v1") + "/v1"
PICTURE = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
SCHEMA = {
    "type": "object",
    "properties": {"title": {"type": "string"}, "score": {"type": "integer", "minimum": 1, "maximum": 5}},
    "required": ["title", "score"],
    "additionalProperties": False,
}
FORMAT = {"type": "json_schema", "json_schema": {"name": "post", "strict": True, "schema": SCHEMA}}
TOOLS = [{"type": "function", "function": {"name": "rate", "description": "Rates", "parameters": SCHEMA}}]


def checks_at(prefix, **place):
    """The checks through one prefix of LiteLLM, which says as whom it speaks."""

    def ask(content="Hello", **settings):
        messages = [{"role": "user", "content": content}]
        return litellm.completion(model=f"{prefix}/{MODEL}", messages=messages, num_retries=0, **place, **settings)

    def check_post(text):
        post = json.loads(text)
        assert set(post) == {"title", "score"} and post["score"] in range(1, 6), post

    def text():
        reply = ask(temperature=0.5)
        assert "Hello" in reply.choices[0].message.content, reply
        assert reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens > 0, reply

    def vision():
        parts = [{"type": "text", "text": "What? "}, {"type": "image_url", "image_url": {"url": PICTURE}}]
        assert "What? [image 1]" in ask(parts).choices[0].message.content

    def streamed():
        chunks = list(ask("Größe 世界", stream=True, stream_options={"include_usage": True}))
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        assert "Größe 世界" in text and len(chunks) > 5, text
        whole = litellm.stream_chunk_builder(chunks)
        assert whole.choices[0].message.content == text and whole.usage.total_tokens > 0, whole

    def schema():
        check_post(ask(response_format=FORMAT).choices[0].message.content)

    def tools():
        for reply in [ask(tools=TOOLS), litellm.stream_chunk_builder(list(ask(tools=TOOLS, stream=True)))]:
            [call] = reply.choices[0].message.tool_calls
            assert call.function.name == "rate" and reply.choices[0].finish_reason == "tool_calls", reply
            check_post(call.function.arguments)

    def wrong_key():
        messages = [{"role": "user", "content": "Hello"}]
        settings = place | {"api_key": "invalid"}
        if "extra_headers" in place:
            settings["extra_headers"] = {"Authorization": "Key invalid"}
        try:
            litellm.completion(model=f"{prefix}/{MODEL}", messages=messages, num_retries=0, **settings)
        except litellm.AuthenticationError as error:
            assert error.status_code == 401, error
        else:
            raise AssertionError("no AuthenticationError")

    return [text, vision, streamed, schema, tools, wrong_key]


def reasoning():
    messages = [{"role": "user", "content": "Hello"}]
    settings = {"model": f"openrouter/{MODEL}", "messages": messages, "api_base": OPENROUTER_URL, "api_key": "k"}
    message = litellm.completion(**settings, reasoning_effort="low").choices[0].message
    assert message.reasoning_content and message.content, message
    deltas = litellm.completion(**settings, reasoning_effort="low", stream=True)
    assert any(getattr(chunk.choices[0].delta, "reasoning_content", None) for chunk in deltas if chunk.choices)


def main():
    print(f"litellm {importlib.metadata.version('litellm')}")
    fal = {"api_key": "not-needed", "extra_headers": {"Authorization": "Key id:secret"}}
    places = [
        ("openai", "openai", {"api_base": PLAIN_URL, "api_key": "x"}),
        ("openrouter", "openrouter", {"api_base": OPENROUTER_URL, "api_key": "sk-or-1"}),
        ("fal", "openai", {"api_base": f"{FAL_URL}/openrouter/router/openai/v1"} | fal),
    ]
    checks = []
    for name, prefix, place in places:
        checks += [
            (f"litellm {name} {check.__name__.replace('_', ' ')}", check) for check in checks_at(prefix, **place)
        ]
    return run_checks(checks + [("litellm openrouter reasoning", reasoning)])


if __name__ == "__main__":
    sys.exit(main())
