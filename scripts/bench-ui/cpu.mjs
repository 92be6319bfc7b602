/**
 * The processor time that `work` takes of the browser, for each of so many `times`, as a cell of the table. Unlike the time
 * between pictures it says the same on a busy machine: what the page's own thread works, how much of that is script and
 * how much style and layout, and what all threads of the browser work together, drawing included.
 */
export async function cpuDuring(page, times, work) {
  const tab = await page.context().newCDPSession(page);
  const whole = await page.context().browser().newBrowserCDPSession();
  await tab.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await tab.send('Performance.getMetrics');
    const of = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    return {
      page: of.TaskDuration,
      script: of.ScriptDuration,
      layout: of.LayoutDuration + of.RecalcStyleDuration,
      all: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    };
  };
  const before = await read();
  const result = await work();
  const after = await read();
  await Promise.all([tab.detach(), whole.detach()]);
  const each = (name) => (((after[name] - before[name]) * 1000) / times).toFixed(1);
  const cpu = `page ${each('page')} ms (script ${each('script')}, layout ${each('layout')}), browser ${each('all')} ms`;
  return { result, cpu };
}
