"""The vendors' own clients against `weir mock`; see README.md.

Reads WEIR_FAL_URL and WEIR_OPENROUTER_URL, and WEIR_QUEUE_URL for a mock whose queue takes its time. Prints a
line for each check, then `N passed, N failed`.
"""

import asyncio
import base64
import contextlib
import importlib.metadata
import json
import os
import struct
import sys
import tempfile
import zlib

FAL_URL = os.environ["WEIR_FAL_URL"].rstrip("/")
OPENROUTER_URL = os.environ["WEIR_OPENROUTER_URL"].rstrip("/")
# `weir mock --queue 3 --latency 150ms`
QUEUE_URL = os.environ["WEIR_QUEUE_URL"].rstrip("/")
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
fal_module.QUEUE_URL_FORMAT = f"{QUEUE_URL}/queue/"
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
    for endpoint, picture in [("openrouter/router", None), ("openrouter/router/vision", PICTURE), ("fal-ai/any-llm", None)]:
        arguments = {"prompt": "Größe", "model": MODEL}
        if picture:
            arguments["image_urls"] = [picture]
        events = list(fal_client.stream(endpoint, arguments=arguments))
        assert len(events) > 5 and all(event["error"] is None for event in events), events
        for event, following in zip(events, events[1:]):
            assert event["partial"] is True and following["output"].startswith(event["output"]), events
        assert events[-1]["partial"] is False and "Größe" in events[-1]["output"], events[-1]
        if endpoint.startswith("openrouter"):
            check_usage(events[-1]["usage"], cost=True)
        else:
            assert "usage" not in events[-1], events[-1]


def fal_stream_error():
    # This client cannot say why a stream was refused, only that it is none.
    with raises(Exception) as caught:
        list(fal_client.stream("openrouter/router", arguments={"model": MODEL}))
    assert "text/event-stream" in str(caught.error), caught.error


def fal_any_llm():
    reply = fal_client.run("fal-ai/any-llm", arguments={"prompt": "Hello"})
    assert "Hello" in reply["output"] and "usage" not in reply, reply
    with raises(FalError, 422):
        fal_client.run("fal-ai/any-llm", arguments={"prompt": "Hello", "model": "nobody/nothing"})


def fal_audio_and_video():
    sound = fal_client.encode(b"ID3", "audio/mpeg")
    reply = fal_client.run("openrouter/router/audio", arguments={"prompt": "Hear", "model": MODEL, "audio_url": sound})
    check_usage(reply["usage"], cost=True)
    film = {"prompt": "See", "model": MODEL, "video_urls": ["https://example.com/a.mp4"]}
    assert "See" in fal_client.run("openrouter/router/video", arguments=film)["output"]


def fal_submit():
    handle = fal_client.submit(
        "openrouter/router/vision",
        arguments={"prompt": "What is it?", "model": MODEL, "image_urls": [PICTURE]},
        webhook_url="https://example.com/hook?a=b&c=d",
        priority="low",
        hint="h",
    )
    assert handle.request_id and handle.status_url.startswith(f"{QUEUE_URL}/queue/openrouter/router/requests/"), handle
    assert isinstance(handle.status(), fal_client.Queued), handle.status()
    reply = handle.get()
    assert "What is it?" in reply["output"], reply
    assert isinstance(handle.status(with_logs=True), fal_client.Completed), handle.status()
    assert fal_client.result("openrouter/router", handle.request_id) == reply


def fal_subscribe():
    updates = []
    reply = fal_client.subscribe(
        "openrouter/router", arguments={"prompt": "Hello", "model": MODEL}, with_logs=True,
        on_queue_update=updates.append, start_timeout=30,
    )
    check_usage(reply["usage"], cost=True)
    positions = [update.position for update in updates if isinstance(update, fal_client.Queued)]
    assert positions and positions == sorted(positions, reverse=True), updates
    assert isinstance(updates[-1], fal_client.Completed) and len(updates[-1].logs) == 3, updates
    assert updates[-1].metrics["inference_time"] == 0.15, updates


def fal_subscribe_asynchronous():
    # The client that stands ready belongs to the event loop that used it first.
    async def subscribe():
        client = fal_client.AsyncClient()
        return await client.subscribe("openrouter/router", arguments={"prompt": "Hello", "model": MODEL})

    assert "Hello" in asyncio.run(subscribe())["output"]


def fal_iterate_events():
    handle = fal_client.submit("openrouter/router", arguments={"prompt": "Hello", "model": MODEL})
    kinds = [type(event).__name__ for event in handle.iter_events(with_logs=True, interval=0.02)]
    assert kinds[0] == "Queued" and "InProgress" in kinds and kinds[-1] == "Completed", kinds


def fal_queue_refusal():
    # What is wrong with a body is said by the result.
    with raises(FalError, 422) as caught:
        fal_client.subscribe("openrouter/router", arguments={"model": MODEL})
    assert caught.error.response.json()["detail"][0]["loc"] == ["body", "prompt"], caught.error


def fal_queue_of_the_openai_path():
    body = {"model": MODEL, "messages": messages("Hello")}
    reply = fal_client.subscribe("openrouter/router/openai/v1/chat/completions", arguments=body)
    assert "Hello" in reply["choices"][0]["message"]["content"], reply


def fal_cancel():
    handle = fal_client.submit("openrouter/router", arguments={"prompt": "Hello", "model": MODEL})
    handle.cancel()
    with raises(FalError, 400) as caught:
        handle.cancel()
    assert "ALREADY_COMPLETED" in str(caught.error), caught.error
    with raises(FalError, 404) as caught:
        fal_client.cancel("openrouter/router/openai/v1/chat/completions", "nope")
    assert "NOT_FOUND" in str(caught.error), caught.error


def fal_upload():
    for repository in [None, "fal"]:
        settings = {"repository": repository} if repository else {}
        url = fal_client.upload(png(), "image/png", file_name="a.png", **settings)
        assert url.startswith(f"{FAL_URL}/files/") and httpx.get(url).content == png(), url
        arguments = {"prompt": "What is it?", "model": MODEL, "image_urls": [url]}
        assert "What is it?" in fal_client.run("openrouter/router/vision", arguments=arguments)["output"]


def fal_upload_in_parts():
    content = bytes(range(256)) * 10_000
    limits = {"MULTIPART_THRESHOLD": 1_000_000, "MULTIPART_CHUNK_SIZE": 500_000}
    usual = {name: getattr(fal_module, name) for name in limits}
    vars(fal_module).update(limits)
    try:
        url = fal_client.upload(content, "application/octet-stream", file_name="a.bin")
    finally:
        vars(fal_module).update(usual)
    assert httpx.get(url).content == content, url


def fal_foreign_address():
    arguments = {"prompt": "p", "model": MODEL, "image_urls": [f"{FAL_URL}/files/mock999/a.png"]}
    with raises(FalError, 422):
        fal_client.run("openrouter/router/vision", arguments=arguments)


def openai_client(url, key="sk-1", **settings):
    if "/openrouter/router/" in url:
        settings["default_headers"] = {"Authorization": f"Key {key}"}
    return openai.OpenAI(base_url=url, api_key=key, max_retries=0, **settings)


def messages(content):
    return [{"role": "system", "content": "Be brief."}, {"role": "user", "content": content}]


PARTS = [{"type": "text", "text": "What is it?"}, {"type": "image_url", "image_url": {"url": PICTURE}}]
NO_PARTS = [{"type": "image_url", "image_url": {"url": NO_PICTURE}}]


TOOLS = [
    {
        "type": "function",
        "function": {
            "name": name,
            "description": f"Tells the {name}",
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 1, "maximum": 7}},
                "required": ["city", "days"],
                "additionalProperties": False,
            },
        },
    }
    for name in ("weather", "tide")
]


def check_calls(calls):
    assert [call.function.name for call in calls] == ["weather", "tide"], calls
    assert len({call.id for call in calls}) == 2, calls
    for call in calls:
        arguments = json.loads(call.function.arguments)
        assert set(arguments) == {"city", "days"} and arguments["days"] in range(1, 8), arguments


def openai_at(url, costs):
    """The checks of `openai` at one of the three addresses that speak its protocol."""
    is_fal = "/openrouter/router/" in url

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
            headers = {"Authorization": "Key id:secret"} if is_fal else {}
            async with openai.AsyncOpenAI(
                base_url=url, api_key="sk-1", max_retries=0, default_headers=headers
            ) as client:
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
        assert "key is not valid" in str(caught.error.body), caught.error.body

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
        usages, text = [], ""
        for chunk in ask("Größe 世界", stream=True, stream_options={"include_usage": True}):
            if chunk.usage:
                usages.append(chunk.usage)
                assert chunk.choices == [], chunk
            for choice in chunk.choices:
                text += choice.delta.content or ""
        assert "Größe 世界" in text, text
        [usage] = usages
        check_usage(usage.model_dump(), cost=costs)

    def stream_helper():
        with openai_client(url).chat.completions.stream(model=MODEL, messages=messages("Hello")) as events:
            deltas = [event.delta for event in events if event.type == "content.delta"]
            final = events.get_final_completion()
        assert len(deltas) > 5 and "".join(deltas) == final.choices[0].message.content, deltas
        assert final.choices[0].finish_reason == "stop", final

    def stream_schema():
        text = "".join(
            choice.delta.content or ""
            for chunk in ask(stream=True, response_format=FORMAT)
            for choice in chunk.choices
        )
        check_post(text)

    def closed_stream():
        events = ask(stream=True)
        next(iter(events))
        events.close()

    def tools():
        conversation = messages("How is it there?")
        first = openai_client(url).chat.completions.create(model=MODEL, messages=conversation, tools=TOOLS)
        assert first.choices[0].finish_reason == "tool_calls" and first.choices[0].message.content is None, first
        calls = first.choices[0].message.tool_calls
        check_calls(calls)
        conversation.append(first.choices[0].message)
        conversation += [{"role": "tool", "tool_call_id": call.id, "content": "rain"} for call in calls]
        second = openai_client(url).chat.completions.create(model=MODEL, messages=conversation, tools=TOOLS)
        assert second.choices[0].finish_reason == "stop", second
        assert "weather → rain; tide → rain" in second.choices[0].message.content, second

    def streamed_tools():
        settings = {"model": MODEL, "messages": messages("How is it there?"), "tools": TOOLS}
        with openai_client(url).chat.completions.stream(**settings) as events:
            check_calls(events.get_final_completion().choices[0].message.tool_calls)

    def tool_choice():
        def called(**settings):
            message = ask(tools=TOOLS, **settings).choices[0].message
            return [call.function.name for call in message.tool_calls or []]

        assert called(tool_choice="none") == [] and called(parallel_tool_calls=False) == ["weather"]
        assert called(tool_choice={"type": "function", "function": {"name": "tide"}}) == ["tide"]
        with raises(openai.BadRequestError, 400):
            called(tool_choice={"type": "function", "function": {"name": "nothing"}})

    def lost_call():
        call = {"id": "x", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
        lost = [{"role": "assistant", "content": None, "tool_calls": [call]}]
        with raises(openai.BadRequestError, 400) as caught:
            openai_client(url).chat.completions.create(model=MODEL, messages=messages("Hello") + lost, tools=TOOLS)
        assert "tool_call_id" in str(caught.error.body), caught.error.body

    def reasoning():
        message = ask(reasoning_effort="low").choices[0].message
        assert message.reasoning and message.content, message

    def painting():
        message = ask("A cat", extra_body={"modalities": ["image", "text"]}).choices[0].message
        assert message.images[0]["image_url"]["url"].startswith("data:image/png;base64,"), message

    checks = [
        text, vision, schema, parse, chunked, asynchronous, wrong_key, unknown_path, missing_messages, no_picture,
        bad_json, stream, stream_helper, stream_schema, closed_stream, tools, streamed_tools, tool_choice, lost_call,
        reasoning,
    ]
    # fal has no list of models there; a server of one's own does not paint.
    return checks + ([] if is_fal else [models]) + ([painting] if costs else [])


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


def openrouter_stream():
    text, usage = "", None
    with openrouter_client() as client:
        for chunk in client.chat.send(model=MODEL, messages=messages("Größe"), stream=True):
            usage = chunk.usage or usage
            text += "".join(choice.delta.content or "" for choice in chunk.choices)
    assert "Größe" in text, text
    check_usage(usage.model_dump(), cost=True)


def openrouter_tools():
    first = openrouter_ask(tools=TOOLS)
    assert first.choices[0].finish_reason == "tool_calls", first
    check_calls(first.choices[0].message.tool_calls)


def openrouter_fallback():
    with openrouter_client() as client:
        reply = client.chat.send(models=["deepseek/deepseek-r1", MODEL], messages=messages(PARTS))
    assert reply.model == MODEL, reply


def openrouter_reasoning():
    message = openrouter_ask(reasoning={"effort": "low"}).choices[0].message
    assert message.reasoning and message.reasoning_details, message


def openrouter_account():
    generation = openrouter_ask()
    with openrouter_client() as client:
        record = client.generations.get_generation(id=generation.id).data
        assert record.total_cost == generation.usage.cost and record.model == MODEL, record
        assert client.credits.get_credits().data.total_usage >= record.total_cost
        assert client.api_keys.get_current_key_metadata().data.usage >= record.total_cost


def openrouter_text_only_model():
    with raises(OpenRouterError, 404) as caught:
        openrouter_ask(PARTS, model="deepseek/deepseek-r1")
    assert "image input" in str(caught.error), caught.error


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
    places = [
        ("openai", plain, False), ("openai at openrouter", OPENROUTER_URL, True),
        ("openai at fal", f"{FAL_URL}/openrouter/router/openai/v1", True),
    ]
    for place, url, costs in places:
        checks += [(f"{place} {check.__name__.replace('_', ' ')}", check) for check in openai_at(url, costs)]
    for client in ("fal_client", "openai", "openrouter"):
        print(f"{client} {importlib.metadata.version(client)}")
    return run_checks(checks)


def is_check(name, value):
    helpers = ("fal_client", "fal_module", "openrouter_client", "openrouter_ask")
    return name.startswith(("fal_", "openrouter_")) and callable(value) and name not in helpers


if __name__ == "__main__":
    sys.exit(main())
