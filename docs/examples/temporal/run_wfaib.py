"""Runs a WFAIB workflow from a Temporal workflow of your own, and waits for its end.

Register `run_wfaib` with your worker and call it like any activity:

    result = await workflow.execute_activity(
        run_wfaib,
        args=["<id of the workflow>", {"order": 7}],
        start_to_close_timeout=timedelta(hours=1),
        heartbeat_timeout=timedelta(seconds=30),
    )

WFAIB_URL and WFAIB_API_KEY say where WFAIB is and who asks. Nothing but Python and temporalio is needed.
"""

import asyncio
import json
import os
import urllib.error
import urllib.request
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError


@activity.defn
async def run_wfaib(workflow_id: str, data: Any) -> Any:
    """Answers the items of the run's result; fails with the code and the message of the run's error."""
    info = activity.info()
    # The same key finds the same run: a worker that dies here does not start a second one.
    key = f"{info.workflow_run_id}:{info.activity_id}"
    body = {"workflowId": workflow_id, "input": data, "idempotencyKey": key}
    answer = await _call("POST", "/api/runs", body)
    run_id = answer.get("runId") or answer["id"]
    try:
        while True:
            activity.heartbeat(run_id)
            run = await _call("GET", f"/api/runs/{run_id}?wait=10s")
            if run["status"] in ("succeeded", "failed", "cancelled"):
                return _result_of(run)
    except asyncio.CancelledError:
        # The Temporal workflow gave up: so does the run.
        await asyncio.shield(_call("POST", f"/api/runs/{run_id}/cancel", {}))
        raise


def _result_of(run: dict[str, Any]) -> Any:
    if run["status"] == "succeeded":
        return [item["json"] for item in (run["result"] or {"items": []})["items"]]
    error = run["error"] or {"code": f"run.{run['status']}", "message": f"The run was {run['status']}."}
    raise ApplicationError(error["message"], {"runId": run["id"]}, type=error["code"], non_retryable=True)


async def _call(method: str, path: str, body: Any = None) -> dict[str, Any]:
    return await asyncio.to_thread(_send, method, path, body)


def _send(method: str, path: str, body: Any) -> dict[str, Any]:
    request = urllib.request.Request(
        os.environ["WFAIB_URL"].rstrip("/") + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"authorization": f"Bearer {os.environ['WFAIB_API_KEY']}", "content-type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        text = refusal.read().decode(errors="replace")
        # 408, 429 and 5xx pass: Temporal tries again.
        is_final = refusal.code < 500 and refusal.code not in (408, 429)
        raise ApplicationError(f"WFAIB answered {refusal.code}: {text}", non_retryable=is_final) from None
