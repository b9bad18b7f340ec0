"""`weir run` against LiteLLM's proxy, which answers by itself (`mock_response`); see README.md.

usage: python proxy.py path/to/weir [path/to/picture]
"""

import importlib.metadata
import json
import os
import pathlib
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from checks import run_checks

WEIR = os.path.abspath(sys.argv[1])
HERE = pathlib.Path(__file__).parent
PICTURE = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else str(HERE / "../../workflows/pictures/cat.png")
# The proxy does not start without a key that is hard to guess.
KEY = f"sk-{secrets.token_hex(24)}"

CONFIG = """\
model_list:
  - model_name: plain
    litellm_params: {model: openai/gpt-4o-mini, api_key: none, mock_response: "The proxy says größe 世界."}
  - model_name: typed
    litellm_params: {model: openai/gpt-4o-mini, api_key: none, mock_response: '{"title": "A cat", "score": 4}'}
"""

FLOW = """\
about "Asks a proxy"

provider proxy {
  kind: "openai"
  url: "URL/v1"
  key: env("PROXY_KEY")
}

BODY
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start(folder, port):
    config = folder / "proxy.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    program = pathlib.Path(sys.executable).parent / "litellm"
    environment = os.environ | {
        "LITELLM_MASTER_KEY": KEY, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "NO_PROXY": "127.0.0.1",
    }
    with open(folder / "log", "wb") as log:
        return subprocess.Popen(
            [program, "--config", config, "--host", "127.0.0.1", "--port", str(port), "--telemetry", "False"],
            env=environment, stdout=log, stderr=log, cwd=folder,
        )


def wait(server, url, seconds=120):
    end = time.monotonic() + seconds
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"the proxy ended with {server.returncode}")
        try:
            return opener.open(f"{url}/health/liveliness", timeout=5).read()
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the proxy did not start in {seconds} seconds")


def checks_at(url, folder):
    def weir(body, *options, inputs=(), key=KEY):
        flow = folder / "asks.flow"
        flow.write_text(FLOW.replace("URL", url).replace("BODY", body), encoding="utf-8")
        done = subprocess.run(
            [WEIR, "run", "--no-color", *options, flow, *inputs], env=os.environ | {"PROXY_KEY": key},
            capture_output=True, encoding="utf-8", timeout=60,
        )
        return done.returncode, done.stdout, done.stderr

    def plain():
        code, out, err = weir('step answer { model: "proxy:plain", prompt: "Hello" }\noutput answer')
        assert (code, out) == (0, "The proxy says größe 世界.\n"), (code, out, err)

    def typed():
        code, out, err = weir(
            "type Post { title: string, score: int where it <= 5 }\n"
            'step post -> Post { model: "proxy:typed", prompt: "A post" }\noutput post'
        )
        assert code == 0 and json.loads(out) == {"title": "A cat", "score": 4}, (code, out, err)

    def picture():
        code, out, err = weir(
            'input photo: image\nstep answer { model: "proxy:plain", prompt: "What is it?\\n{{photo}}" }\noutput answer',
            inputs=["--photo", PICTURE],
        )
        assert (code, out) == (0, "The proxy says größe 世界.\n"), (code, out, err)

    def streamed():
        code, out, err = weir('step answer { model: "proxy:plain", prompt: "Hello" }\noutput answer', "--stream")
        assert (code, out) == (0, "The proxy says größe 世界.\n"), (code, out, err)

    def usage():
        code, out, err = weir('step answer { model: "proxy:plain", prompt: "Hello" }\noutput answer', "--json")
        report = json.loads(out)
        # What it cost is unknown, which is not nothing.
        assert code == 0 and report["tokens"]["total"] > 0 and report["cost"] is None, (code, out, err)

    def wrong_key():
        code, out, err = weir('step answer { model: "proxy:plain", prompt: "Hello" }\noutput answer', key="sk-wrong")
        assert code == 3 and out == "" and "sk-wrong" not in err, (code, out, err)

    def unknown_model():
        code, out, err = weir('step answer { model: "proxy:nothing", prompt: "Hello" }\noutput answer')
        assert code == 3 and "nothing" in err, (code, out, err)

    return [plain, typed, picture, streamed, usage, wrong_key, unknown_model]


def main():
    print(f"litellm proxy {importlib.metadata.version('litellm')}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        port = free_port()
        server = start(folder, port)
        try:
            url = f"http://127.0.0.1:{port}"
            wait(server, url)
            checks = [(f"proxy {check.__name__.replace('_', ' ')}", check) for check in checks_at(url, folder)]
            status = run_checks(checks)
        except RuntimeError as error:
            print(f"FAILED  {error}")
            status = 1
        finally:
            server.terminate()
            server.wait()
        if status:
            print((folder / "log").read_text(encoding="utf-8", errors="replace"), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
