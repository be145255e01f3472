"""Assistants' server: the tools over the Model Context Protocol, on standard input or loopback.

Needs the extra `mcp`, the protocol's official SDK.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import anyio
import anyio.to_thread
import uvicorn
from flask import Flask
from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from starlette.requests import Request

from webui.assistants.tools import INSTRUCTIONS, TOOLS, ask, input_schema, output_schema

LOOPBACK = "127.0.0.1"
PATH = "/mcp"
_READS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def server_of(app: Flask, own: str = "") -> Server:
    """The tools of an application.

    Args:
        own: the `Authorization` of a client that cannot send one.
    """
    listed = types.ListToolsResult(
        tools=[
            types.Tool(
                name=name,
                description=f"{endpoint.summary}.",
                input_schema=input_schema(endpoint),
                output_schema=output_schema(endpoint),
                annotations=_READS,
            )
            for name, endpoint in TOOLS.items()
        ]
    )

    async def list_tools(*_asked: object) -> types.ListToolsResult:
        return listed

    async def call_tool(
        context: ServerRequestContext[Any, Request], asked: types.CallToolRequestParams
    ) -> types.CallToolResult:
        if asked.name not in TOOLS:
            said = f"there is no tool {asked.name!r}; there are {', '.join(TOOLS)}"
            return types.CallToolResult(content=[types.TextContent(text=said)], is_error=True)
        shown = context.request.headers.get("authorization", "") if context.request else own
        answered = await anyio.to_thread.run_sync(
            ask, app, asked.name, asked.arguments or {}, shown
        )
        return types.CallToolResult(
            content=[types.TextContent(text=answered.text)],
            structured_content=None if answered.failed else json.loads(answered.text),
            is_error=answered.failed,
        )

    server: Server = Server(
        "dispatches",
        version=version("dispatches"),
        title="Dispatches",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    server.middleware.clear()  # spans for OpenTelemetry, which nobody here collects
    return server


def serve_stdio(app: Flask, authorization: str = "") -> None:
    """Answers one client on standard input and output, until it closes them.

    Args:
        authorization: that the client counts as having sent.
    """
    anyio.run(_on_stdio, server_of(app, authorization))


async def _on_stdio(server: Server) -> None:
    async with stdio_server() as (received, sent):
        await server.run(received, sent, server.create_initialization_options())


def serve_http(app: Flask, port: int, ready: Callable[[], None]) -> None:
    """Answers clients of this machine over HTTP, at `PATH`; pages of other names are refused.

    Args:
        ready: called once clients can connect.
    """
    inner = server_of(app).streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, host=LOOPBACK
    )
    config = uvicorn.Config(inner, log_level="warning", access_log=False)
    with socket.create_server((LOOPBACK, port)) as listening:
        ready()
        uvicorn.Server(config).run(sockets=[listening])
