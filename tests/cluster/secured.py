"""Secured: how do tests get a cluster that asks who we are, over TLS?

The security plugin of OpenSearch itself, in its release that Maven Central serves as a whole, with
the OpenSearch of that release: older than that of the other tests, and so the oldest one that the
program is tried with. Users and what they may are told to it over HTTP, as an operator would.
"""

from __future__ import annotations

import base64
import json
import shutil
import ssl
import subprocess
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from tests.cluster.nodes import Nodes, Release, jars

_RELEASE = Release("2.19.1", "2.21.0", "org.opensearch.plugin:opensearch-security:2.19.1.0:zip")
_OPERATOR = "admin:admin"  # as the plugin's own example has it
_CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
_NAMED = "subjectAltName=IP:127.0.0.1"


class SecuredNode(Nodes):
    """One node, and the certificate of who certified its own (`authority`)."""

    release = _RELEASE
    environment: ClassVar[Mapping[str, str]] = {
        "OSNODE_PLUGIN": "org.opensearch.security.OpenSearchSecurityPlugin"
    }

    def __init__(self, work: Path) -> None:
        certified = {
            f"plugins.security.ssl.{layer}.pem{what}_filepath": name
            for layer in ("transport", "http")
            for what, name in (("cert", "node.pem"), ("key", "node.key"), ("trustedcas", "ca.pem"))
        }
        more = {
            "plugins.security.ssl.http.enabled": "true",
            "plugins.security.ssl.transport.enforce_hostname_verification": "false",
            "plugins.security.allow_default_init_securityindex": "true",
            "plugins.security.restapi.roles_enabled": "all_access",
        }
        super().__init__(work, more=certified | more)
        self.urls = [url.replace("http:", "https:") for url in self.urls]
        config = self.homes[1] / "config"
        shutil.copytree(jars(_RELEASE) / "config", config / "opensearch-security")
        _certify(config)
        self.authority = config / "ca.pem"
        self._trusted = ssl.create_default_context(cafile=self.authority)

    def ask(self, url: str, path: str, method: str = "GET", body: object = None) -> Any:
        """As its operator."""
        data = None if body is None else json.dumps(body).encode()
        who = base64.b64encode(_OPERATOR.encode()).decode()
        headers = {"authorization": f"Basic {who}", "content-type": "application/json"}
        asked = urllib.request.Request(url + path, data, headers, method=method)
        with urllib.request.urlopen(asked, timeout=30, context=self._trusted) as answer:
            return json.load(answer)

    def admit(self, user: str, password: str, role: dict[str, Any]) -> None:
        """Makes a user who may do what a role says."""
        at = "/_plugins/_security/api"
        self.ask(self.urls[0], f"{at}/roles/{user}", "PUT", role)
        account = {"password": password, "opendistro_security_roles": [user]}
        self.ask(self.urls[0], f"{at}/internalusers/{user}", "PUT", account)


def _certify(folder: Path) -> None:
    """An authority, and a key and a certificate of a node."""

    def run(*words: str) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder)

    run(
        *("req", "-x509", *_CURVE, "-days", "2", "-subj", "/CN=tests"),
        *("-keyout", "ca.key", "-out", "ca.pem"),
    )
    run(*("req", *_CURVE, "-subj", "/CN=node", "-keyout", "node.key", "-out", "node.csr"))
    (folder / "named").write_text(_NAMED)
    by = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial")
    run(
        "x509",
        "-req",
        "-in",
        "node.csr",
        *by,
        "-days",
        "2",
        "-extfile",
        "named",
        "-out",
        "node.pem",
    )
