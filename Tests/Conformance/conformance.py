"""The vendors' own clients against `weir mock`; see README.md.

Reads WEIR_FAL_URL and WEIR_OPENROUTER_URL. Prints a line for each check, then `N passed, N failed`.
"""

import asyncio
import base64
import contextlib
import json
import os
import struct
import sys
import zlib

FAL_URL = os.environ["WEIR_FAL_URL"].rstrip("/")
OPENROUTER_URL = os.environ["WEIR_OPENROUTER_URL"].rstrip("/")
# The clients look for proxies, and fal's for its key, when they are imported.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
os.environ["FAL_KEY"] = "id:secret"

import fal_client
import fal_client.client as fal_module
import httpx
import openai
import openrouter
import openrouter.errors
from openrouter.utils.retries import BackoffStrategy, RetryConfig

from checks import run_checks

MODEL = "google/gemini-2.5-flash"
SCHEMA = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "description": "A headline", "maxLength": 30},
        "tags": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3},
        "mood": {"type": "string", "enum": ["calm", "tense"]},
        "score": {"type": "integer", "minimum": 1, "maximum": 5},
        "note": {"type": ["string", "null"]},
    },
    "required": ["title", "tags", "mood", "score", "note"],
    "additionalProperties": False,
}
FORMAT = {"type": "json_schema", "json_schema": {"name": "post", "strict": True, "schema": SCHEMA}}
# The same form, as an endpoint without `response_format` is told it.
INSTRUCTIONS = """\
Answer with JSON only, without any other text, of this form:
{
  // A headline (at most 30 characters)
  "title": string,
  // (1 to 3 elements)
  "tags": [string],
  "mood": "calm" | "tense",
  // (1 to 5)
  "score": int,
  "note": string or null
}"""


def png():
    """A grey picture of 8 by 8."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 8) * 8))
        + chunk(b"IEND", b"")
    )


PICTURE = "data:image/png;base64," + base64.b64encode(png()).decode()
NO_PICTURE = "data:image/png;base64," + base64.b64encode(b"hello").decode()


def check_post(text):
    post = json.loads(text)
    assert set(post) == set(SCHEMA["properties"]), post
    assert isinstance(post["title"], str) and len(post["title"]) <= 30, post
    assert 1 <= len(post["tags"]) <= 3 and all(isinstance(tag, str) for tag in post["tags"]), post
    assert post["mood"] in ("calm", "tense") and post["score"] in range(1, 6), post
    assert post["note"] is None or isinstance(post["note"], str), post


def check_usage(usage, cost):
    assert usage["prompt_tokens"] > 0 and usage["completion_tokens"] > 0, usage
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"], usage
    if cost:
        expected = (usage["prompt_tokens"] * 30 + usage["completion_tokens"] * 250) / 1e8
        assert abs(usage["cost"] - expected) < 1e-12, usage


@contextlib.contextmanager
def raises(kind, status=None):
    """The exception of the client that is expected, and the status that it tells of."""
    caught = type("Caught", (), {"error": None})()
    try:
        yield caught
    except kind as error:
        caught.error = error
    assert caught.error is not None, f"no {kind.__name__}"
    if status is not None:
        assert caught.error.status_code == status, (caught.error.status_code, caught.error)


@contextlib.contextmanager
def broken_bodies():
    """Cuts the body of every request in half, below the clients, which write only good JSON."""
    # Not every client uses the same library for HTTP.
    transports = {httpx.HTTPTransport, type(openai_client("http://127.0.0.1")._client._transport)}
    originals = {transport: transport.handle_request for transport in transports}

    def handle_request(self, request):
        content = request.read()[: len(request.content) // 2]
        headers = [(k, v) for k, v in request.headers.items() if k.lower() != "content-length"]
        broken = type(request)(
            request.method, request.url, headers=headers, content=content, extensions=request.extensions
        )
        return originals[type(self)](self, broken)

    for transport in transports:
        transport.handle_request = handle_request
    try:
        yield
    finally:
        for transport, original in originals.items():
            transport.handle_request = original


# fal: there is no setting for a host without TLS, so the addresses themselves are replaced.
fal_module.RUN_URL_FORMAT = f"{FAL_URL}/"
fal_module.QUEUE_URL_FORMAT = f"{FAL_URL}/queue/"
fal_module.REST_URL = FAL_URL
fal_module.CDN_URL = FAL_URL
FalError = fal_client.client.FalClientHTTPError


def fal_text():
    reply = fal_client.run("openrouter/router", arguments={"prompt": "Hello", "model": MODEL})
    assert "Hello" in reply["output"], reply
    assert reply["error"] is None and reply["partial"] is False, reply
    check_usage(reply["usage"], cost=True)


def fal_settings():
    arguments = {
        "prompt": "Hello", "model": MODEL, "system_prompt": "Be brief.", "temperature": 0.5,
        "max_tokens": 100, "reasoning": True,
    }
    reply = fal_client.run("openrouter/router/enterprise", arguments=arguments, start_timeout=30, hint="h")
    assert reply["output"], reply


def fal_vision():
    picture = fal_client.encode(png(), "image/png")
    arguments = {"prompt": "What is it?", "model": MODEL, "image_urls": [picture, "https://example.com/a.png"]}
    reply = fal_client.run("openrouter/router/vision", arguments=arguments)
    assert "What is it?" in reply["output"], reply
    check_usage(reply["usage"], cost=True)


def fal_schema():
    arguments = {"prompt": "A post", "model": MODEL, "system_prompt": f"Be kind.\n\n{INSTRUCTIONS}"}
    check_post(fal_client.run("openrouter/router", arguments=arguments)["output"])
    arguments["image_urls"] = [PICTURE]
    check_post(fal_client.run("openrouter/router/vision", arguments=arguments)["output"])


def fal_asynchronous():
    async def ask(number):
        arguments = {"prompt": f"Number {number}", "model": MODEL}
        reply = await fal_client.run_async("openrouter/router", arguments=arguments)
        assert f"Number {number}" in reply["output"], reply

    async def ask_all():
        await asyncio.gather(*(ask(number) for number in range(50)))

    asyncio.run(ask_all())


def fal_wrong_key():
    client = fal_client.SyncClient(key="invalid")
    with raises(FalError, 401) as caught:
        client.run("openrouter/router", arguments={"prompt": "Hello", "model": MODEL})
    assert "key" in str(caught.error), caught.error


def fal_unknown_path():
    with raises(FalError, 404) as caught:
        fal_client.run("openrouter/nothing", arguments={"prompt": "Hello", "model": MODEL})
    assert "/openrouter/nothing not found" in str(caught.error), caught.error


def fal_missing_prompt():
    with raises(FalError, 422) as caught:
        fal_client.run("openrouter/router", arguments={"model": MODEL})
    [problem] = caught.error.response.json()["detail"]
    assert problem["loc"] == ["body", "prompt"] and problem["type"] == "missing", problem


def fal_wrong_fields():
    arguments = {"prompt": 3, "model": MODEL, "temperature": 9, "image_urls": [NO_PICTURE]}
    with raises(FalError, 422) as caught:
        fal_client.run("openrouter/router/vision", arguments=arguments)
    types = [problem["type"] for problem in caught.error.response.json()["detail"]]
    assert types == ["string_type", "less_than_equal", "image_load_error"], types


def fal_bad_json():
    with broken_bodies(), raises(FalError, 422) as caught:
        fal_client.run("openrouter/router", arguments={"prompt": "Hello", "model": MODEL})
    assert caught.error.response.json()["detail"][0]["type"] == "json_invalid", caught.error


def fal_stream():
    # This client cannot say why a stream was refused, only that it is none.
    with raises(Exception) as caught:
        list(fal_client.stream("openrouter/router", arguments={"prompt": "Hello", "model": MODEL}))
    assert "text/event-stream" in str(caught.error), caught.error


def openai_client(url, key="sk-1"):
    return openai.OpenAI(base_url=url, api_key=key, max_retries=0)


def messages(content):
    return [{"role": "system", "content": "Be brief."}, {"role": "user", "content": content}]


PARTS = [{"type": "text", "text": "What is it?"}, {"type": "image_url", "image_url": {"url": PICTURE}}]
NO_PARTS = [{"type": "image_url", "image_url": {"url": NO_PICTURE}}]


def openai_at(url, costs):
    """The checks of `openai` at one of the two addresses that speak its protocol."""

    def ask(content="Hello", key="sk-1", **settings):
        client = openai_client(url, key)
        return client.chat.completions.create(model=MODEL, messages=messages(content), **settings)

    def text():
        reply = ask(temperature=0.5, max_tokens=100, top_p=0.9, seed=3, stop=["\n\n"])
        assert reply.object == "chat.completion" and reply.model == MODEL, reply
        assert "Hello" in reply.choices[0].message.content, reply
        assert reply.choices[0].finish_reason == "stop", reply
        check_usage(reply.usage.model_dump(), cost=costs)

    def vision():
        reply = ask(PARTS)
        assert "What is it?[image 1]" in reply.choices[0].message.content, reply
        assert reply.usage.prompt_tokens > 258, reply.usage

    def schema():
        check_post(ask(response_format=FORMAT).choices[0].message.content)
        json.loads(ask(response_format={"type": "json_object"}).choices[0].message.content)

    def parse():
        import pydantic

        class Part(pydantic.BaseModel):
            text: str
            weight: float

        class Reply(pydantic.BaseModel):
            title: str
            parts: list[Part]
            next: "Reply | None"

        reply = openai_client(url).chat.completions.parse(
            model=MODEL, messages=messages("Hello"), response_format=Reply
        )
        assert isinstance(reply.choices[0].message.parsed, Reply), reply

    def models():
        assert MODEL in [model.id for model in openai_client(url).models.list()]

    def chunked():
        reply = ask("größe " * 1000, extra_headers={"X-Weir-Chunked": "1"})
        assert "größe" in reply.choices[0].message.content, reply

    def asynchronous():
        async def ask_all():
            async with openai.AsyncOpenAI(base_url=url, api_key="sk-1", max_retries=0) as client:
                replies = await asyncio.gather(
                    *(
                        client.chat.completions.create(model=MODEL, messages=messages(f"Number {number}"))
                        for number in range(50)
                    )
                )
            for number, reply in enumerate(replies):
                assert f"Number {number}" in reply.choices[0].message.content, reply

        asyncio.run(ask_all())

    def wrong_key():
        with raises(openai.AuthenticationError, 401) as caught:
            ask(key="invalid")
        assert "key is not valid" in caught.error.body["message"], caught.error.body

    def unknown_path():
        with raises(openai.NotFoundError, 404):
            openai_client(url + "/nothing").chat.completions.create(model=MODEL, messages=messages("Hello"))

    def missing_messages():
        with raises(openai.BadRequestError, 400) as caught:
            openai_client(url).post("/chat/completions", body={"model": MODEL}, cast_to=object)
        assert "messages" in caught.error.body["message"], caught.error.body

    def no_picture():
        with raises(openai.BadRequestError, 400) as caught:
            ask(NO_PARTS)
        assert "no image" in caught.error.body["message"], caught.error.body

    def bad_json():
        with broken_bodies(), raises(openai.BadRequestError, 400) as caught:
            ask()
        assert "JSON" in caught.error.body["message"], caught.error.body

    def stream():
        with raises(openai.BadRequestError, 400) as caught:
            ask(stream=True)
        assert "streaming" in caught.error.body["message"], caught.error.body

    return [
        text, vision, schema, parse, models, chunked, asynchronous, wrong_key, unknown_path, missing_messages,
        no_picture, bad_json, stream,
    ]


def openrouter_client(url=OPENROUTER_URL, key="sk-or-1"):
    # Else it goes on trying for an hour.
    never = RetryConfig("none", BackoffStrategy(1, 1, 1.0, 1), False)
    return openrouter.OpenRouter(api_key=key, server_url=url, retry_config=never)


def openrouter_ask(content="Hello", key="sk-or-1", url=OPENROUTER_URL, model=MODEL, **settings):
    with openrouter_client(url, key) as client:
        return client.chat.send(model=model, messages=messages(content), **settings)


OpenRouterError = openrouter.errors.OpenRouterError


def openrouter_text():
    reply = openrouter_ask(temperature=0.5, max_tokens=100)
    assert "Hello" in reply.choices[0].message.content, reply
    assert reply.system_fingerprint is None, reply
    check_usage(reply.usage.model_dump(), cost=True)


def openrouter_vision():
    reply = openrouter_ask(PARTS)
    assert "What is it?[image 1]" in reply.choices[0].message.content, reply


def openrouter_schema():
    check_post(openrouter_ask(response_format=FORMAT).choices[0].message.content)


def openrouter_models():
    with openrouter_client() as client:
        models = client.models.list()
    data = getattr(models, "data", None) or models.result.data
    model = next(model for model in data if model.id == MODEL)
    assert float(model.pricing.prompt) == 3e-07 and "image" in model.architecture.input_modalities, model


def openrouter_wrong_key():
    with raises(OpenRouterError, 401) as caught:
        openrouter_ask(key="invalid")
    assert "key is not valid" in str(caught.error), caught.error


def openrouter_unknown_path():
    with raises(OpenRouterError, 404):
        openrouter_ask(url=OPENROUTER_URL + "/nothing")


def openrouter_unknown_model():
    with raises(OpenRouterError, 400) as caught:
        openrouter_ask(model="gpt-4o")
    assert "not a valid model ID" in str(caught.error), caught.error


def openrouter_no_picture():
    with raises(OpenRouterError, 400) as caught:
        openrouter_ask(NO_PARTS)
    assert "no image" in str(caught.error), caught.error


def openrouter_missing_messages():
    with raises(OpenRouterError, 400):
        with openrouter_client() as client:
            client.chat.send(model=MODEL, messages=[])


def openrouter_bad_json():
    with broken_bodies(), raises(OpenRouterError, 400) as caught:
        openrouter_ask()
    assert "JSON" in str(caught.error), caught.error


def main():
    checks = [(name.replace("_", " "), check) for name, check in globals().items() if is_check(name, check)]
    plain = OPENROUTER_URL.removesuffix("/api/v1") + "/v1"
    for place, url, costs in [("openai", plain, False), ("openai at openrouter", OPENROUTER_URL, True)]:
        checks += [(f"{place} {check.__name__.replace('_', ' ')}", check) for check in openai_at(url, costs)]
    return run_checks(checks)


def is_check(name, value):
    helpers = ("fal_client", "fal_module", "openrouter_client", "openrouter_ask")
    return name.startswith(("fal_", "openrouter_")) and callable(value) and name not in helpers


if __name__ == "__main__":
    sys.exit(main())
