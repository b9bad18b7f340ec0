"""Servers of 127.0.0.1 that answer chat completions, for as long as a `with` lasts."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
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
