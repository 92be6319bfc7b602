import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Where the page breaks a rule of WCAG 2.2 AA that a program can check. */
export async function violationsOf(page: Page): Promise<string[]> {
  return toldViolations(
    await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze(),
  );
}

/** Where the page breaks the rules of WCAG 2.2 AA about colours: all that another theme can break. */
export async function colourViolationsOf(page: Page): Promise<string[]> {
  return toldViolations(await new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']).analyze());
}

/** Fails where the page breaks a rule of WCAG 2.2 AA that a program can check. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
}

const toldViolations = ({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] =>
  violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );

/** Controls and headings beside the screen that nobody can scroll to, and the page itself where it is wider. */
export const outOfReach = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`{
    const canScroll = (element) => {
      for (let around = element.parentElement; around; around = around.parentElement)
        if (/auto|scroll/.test(getComputedStyle(around).overflowX) && around.scrollWidth > around.clientWidth) return true;
      return false;
    };
    const isBeside = ({ left, right, width }) => width > 1 && (left < -1 || right > innerWidth + 1);
    const lost = [...document.querySelectorAll('button, a[href], input, select, textarea, [role="tab"], h1, h2, h3')]
      .filter((element) => !element.closest('.react-flow__viewport, .sr-only'))
      .filter((element) => isBeside(element.getBoundingClientRect()) && !canScroll(element))
      .map((element) => element.getAttribute('aria-label') ?? element.textContent);
    const { scrollWidth } = document.documentElement;
    scrollWidth > innerWidth ? ['the page is ' + scrollWidth + ' wide', ...lost] : lost
  }`);

/**
 * What is hard to hit with a finger: targets below 24 px without room around them (WCAG 2.5.8), and actions and rows below
 * 44 px. Rows of data and the small helpers of a timeline are `wf-dense`: for them 24 px are enough.
 */
export async function tooSmallForAFinger(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withRules(['target-size']).analyze();
  const crowded = violations.flatMap(({ nodes }) => nodes.map(({ html }) => `crowded: ${html.slice(0, 160)}`));
  const small = await page.evaluate<string[]>(`{
    const wanted = ':is(main, [role="dialog"]) :is(button, select, textarea, [role="tab"], td > a, li > a, label:has(> input)), main input:not([type="checkbox"], [type="radio"]), nav > :is(a, button)';
    [...document.querySelectorAll(wanted)]
      .filter((element) => !element.closest('.wf-dense, .sr-only, [aria-hidden="true"]'))
      .map((element) => ({ element, ...element.getBoundingClientRect().toJSON() }))
      .filter(({ element, width, height }) => width > 1 && (height < 44 || (width < 44 && !element.closest('nav'))))
      .map(({ element, width, height }) => Math.round(width) + ' × ' + Math.round(height) + ': ' + (element.getAttribute('aria-label') ?? element.textContent))
  }`);
  return [...crowded, ...small];
}

/** All that a page says: texts that can be seen, and names, hints and placeholders. */
export const saidOn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`{
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const said = [];
    while (walker.nextNode())
      if (!walker.currentNode.parentElement.closest('script, style, code, .cm-content')) said.push(walker.currentNode.data);
    for (const element of document.querySelectorAll('[aria-label], [aria-roledescription], [title], [placeholder]'))
      for (const name of ['aria-label', 'aria-roledescription', 'title', 'placeholder']) said.push(element.getAttribute(name) ?? '');
    [...new Set(said.map((text) => text.trim()).filter((text) => text !== ''))]
  }`);
