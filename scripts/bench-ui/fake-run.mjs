/** Stands in for the live stream of a run: `window.benchEvents()` sends so many changes a second for some seconds. */
export async function fakeRun(context, { runId, steps, perSecond, seconds }) {
  await context.route(`**/api/runs/${runId}`, (route) =>
    route.fulfill({ json: { id: runId, status: 'running', steps: [], waits: [] } }),
  );
  await context.addInitScript(
    ({ id, count, rate, length }) => {
      const Real = window.EventSource;
      window.EventSource = class extends EventTarget {
        constructor(address) {
          super();
          if (!String(address).includes(id)) return new Real(address);
          setTimeout(() => this.onopen?.());
          window.benchEvents = () => this.send();
        }
        send() {
          let seq = 0;
          const tell = (type, data) =>
            this.dispatchEvent(
              new MessageEvent(type, { data: JSON.stringify({ type, ...data }), lastEventId: `${++seq}` }),
            );
          tell('run.created', { at: Date.now() });
          const started = performance.now();
          const timer = setInterval(() => {
            const due = Math.min(rate * length, ((performance.now() - started) * rate) / 1000);
            for (let left = Math.floor(due) - seq; left > 0; left--) {
              const nodeId = `n${seq % count}`;
              const fact = { step: `s${seq % count}`, nodeId, iteration: [], attempt: 1 };
              const now = Date.now();
              if (seq % 2 === 0) tell('step.intended', { ...fact, at: now });
              else
                tell('step.succeeded', {
                  ...fact,
                  startedAt: now,
                  endedAt: now + 1,
                  status: 'succeeded',
                  outputs: { main: 1 },
                });
            }
            if (seq >= rate * length) clearInterval(timer);
          }, 4);
        }
        close() {}
      };
    },
    { id: runId, count: steps, rate: perSecond, length: seconds },
  );
}
