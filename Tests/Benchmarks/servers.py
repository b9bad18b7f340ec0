"""Servers of 127.0.0.1 that answer chat completions, for as long as a `with` lasts."""

import contextlib
import json
import os
import re
import selectors
import shutil
import socket
import subprocess
import sys
import time

ANSWER = "A made answer of six hundred bytes. ".ljust(600, "x")
COMPLETION = {
    "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": ANSWER}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 9, "completion_tokens": 150, "total_tokens": 159},
}

NGINX = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log /dev/null crit;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    default_type application/json;
    location / {{ return 200 '{body}'; }}
  }}
}}
"""


@contextlib.contextmanager
def mock(weir, folder, latency="0ms"):
    """Weir's own mock, whose every answer has 600 bytes."""
    tape = os.path.join(folder, "bench.tape.jsonl")
    with open(tape, "w") as file:
        file.write(json.dumps({"answer": ANSWER}) + "\n")
    port = free_port()
    command = [weir, "mock", "--port", str(port), "--latency", latency, "--tape", tape]
    with serving(command, port):
        yield f"http://127.0.0.1:{port}/v1"


@contextlib.contextmanager
def nginx(program, folder):
    """Nginx, which says the same to everybody."""
    port = free_port()
    path = os.path.join(folder, "nginx.conf")
    with open(path, "w") as file:
        file.write(NGINX.format(folder=folder, port=port, body=json.dumps(COMPLETION)))
    with serving([program, "-c", path, "-p", folder, "-e", "/dev/null"], port):
        yield f"http://127.0.0.1:{port}/v1"


@contextlib.contextmanager
def pieces(count, gap):
    """Answers in so many pieces, one every `gap` milliseconds, each of which says when it was sent."""
    port = free_port()
    server = os.path.join(os.path.dirname(os.path.abspath(__file__)), "streamserver.py")
    with serving([sys.executable, server, str(port), str(count), str(gap)], port):
        yield f"http://127.0.0.1:{port}/v1"


def delays_of_curl(url, streams, rounds):
    """The median and the ninety-ninth hundredth of what curl takes for first pieces, in milliseconds."""
    delays = []
    for _ in range(rounds):
        readers = [
            subprocess.Popen(["curl", "-sN", "-d", "{}", url], stdout=subprocess.PIPE) for _ in range(streams)]
        selector = selectors.DefaultSelector()
        for reader in readers:
            selector.register(reader.stdout, selectors.EVENT_READ)
        while len(selector.get_map()) > 0:
            for key, _ in selector.select():
                said = re.search(rb'"content":"(\d+) ', os.read(key.fd, 65_536))
                if said:
                    delays.append((time.monotonic_ns() - int(said[1])) / 1e6)
                selector.unregister(key.fileobj)
        for reader in readers:
            reader.kill()
            reader.communicate()
    delays.sort()
    return {"p50": delays[len(delays) // 2], "p99": delays[len(delays) * 99 // 100]}


def find_nginx():
    return os.environ.get("NGINX") or shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@contextlib.contextmanager
def serving(command, port):
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(port, process)
            yield
        finally:
            process.terminate()


def wait_for(port, process):
    end = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{process.args[0]} does not serve") from None
            time.sleep(0.02)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
