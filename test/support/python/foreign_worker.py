"""A Temporal worker of somebody else: activities and workflows in Python that WFAIB calls, and one that calls WFAIB."""

import asyncio
import os
import sys
from datetime import timedelta
from typing import Any

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

sys.path.insert(0, os.environ["EXAMPLES"])
with workflow.unsafe.imports_passed_through():
    from run_wfaib import run_wfaib

calls = 0


@activity.defn
async def charge_card(order: dict[str, Any]) -> dict[str, Any]:
    global calls
    calls += 1
    if order.get("fails"):
        raise ApplicationError("The card was refused", type="CardRefused", non_retryable=True)
    return {"order": order["id"], "charged": order["amount"], "calls": calls}


@activity.defn
async def add(left: int, right: int) -> int:
    return left + right


@workflow.defn
class OrderWorkflow:
    @workflow.run
    async def run(self, order: dict[str, Any]) -> dict[str, Any]:
        if order.get("waits"):
            await workflow.sleep(600)
        return await workflow.execute_activity(charge_card, order, start_to_close_timeout=timedelta(seconds=20))


@workflow.defn
class AskWorkflow:
    @workflow.run
    async def run(self, workflow_id: str, data: dict[str, Any]) -> Any:
        return await workflow.execute_activity(
            run_wfaib,
            args=[workflow_id, data],
            start_to_close_timeout=timedelta(minutes=5),
            heartbeat_timeout=timedelta(seconds=30),
        )


async def main() -> None:
    client = await Client.connect(os.environ["TEMPORAL_ADDRESS"], namespace=os.environ["TEMPORAL_NAMESPACE"])
    worker = Worker(
        client,
        task_queue="python",
        workflows=[OrderWorkflow, AskWorkflow],
        activities=[charge_card, add, run_wfaib],
    )
    async with worker:
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
