import { describe, expect, it } from 'vitest';
import { evaluateTemplate } from './evaluate.js';
import { aScope } from './scope.test-support.js';

/** Ideas from published sandbox escapes of expression languages; each must be refused or give plain data. */
const attempts = [
  '(() => {}).constructor("return process")()',
  '[].constructor.constructor("return this")()',
  '"".constructor.constructor("return process")()',
  '(1).constructor',
  '$json.constructor',
  '$json["constructor"]',
  '$json["con" + "structor"]',
  '$json[`con${"structor"}`]',
  '$json[["constructor"]]',
  '$json[["con", "structor"].join("")]',
  '$json.__proto__',
  '$json["__proto__"]',
  '$json["__pro" + "to__"].x',
  '[].__proto__.__proto__',
  '"".__proto__',
  '$json?.__proto__',
  '$json?.["__proto__"]',
  '$json?.constructor?.constructor("x")',
  '$json.prototype',
  '(x => x).prototype',
  'this',
  'this.process',
  'this.constructor',
  'globalThis',
  'globalThis.process',
  'window',
  'self',
  'global',
  'process',
  'process.env',
  'process.mainModule.require("child_process")',
  'require("fs")',
  'module',
  'exports',
  'import("fs")',
  'import.meta',
  'eval("1")',
  'Function("return 1")()',
  'new Function("return 1")',
  'AsyncFunction',
  'Reflect',
  'Reflect.get($json, "x")',
  'Proxy',
  'new Proxy({}, {})',
  'Symbol',
  'Symbol.iterator',
  'setTimeout("x")',
  'setImmediate',
  'queueMicrotask',
  'fetch("http://x")',
  'WebAssembly',
  'Buffer.from("x")',
  'console.log(1)',
  'Error().stack',
  'new Error("x").stack',
  'Error.prepareStackTrace = 1',
  'Promise.resolve()',
  'async () => 1',
  'await 1',
  'yield 1',
  'function* g() {}',
  'class A extends Object {}',
  'new (class { static { } })()',
  'with ($json) { name }',
  'switch (1) { case 1: }',
  'delete $json.a',
  '$json.a = 1',
  '[$json.a] = [1]',
  '({ a: $json.a } = {})',
  '$json.a ??= 1',
  '$json.a++',
  'Object.defineProperty($json, "a", {})',
  'Object.setPrototypeOf({}, null)',
  'Object.getPrototypeOf($json)',
  'Object.getOwnPropertyNames("")',
  'Object.getOwnPropertyDescriptor($json, "a")',
  'Object.create(null)',
  'Object.prototype',
  'Object.constructor',
  'Object["constructor"]',
  'Object.groupBy([1], x => x)',
  'Array.from({ length: 1e9 })',
  'Array.prototype',
  'Array(1e9)',
  'new Array(1e9)',
  'String.raw`a`',
  'String.constructor',
  'Math.constructor',
  'Math["constructor"]("x")',
  'JSON.constructor',
  'Date.constructor',
  'DateTime.constructor',
  'DateTime.prototype',
  '$now.constructor',
  '$now["constructor"]',
  '$now.c',
  '$now.loc',
  '$now.zone',
  '$now.__proto__',
  'Duration.prototype',
  '$input.constructor',
  '$input["target"]',
  '$input.scope',
  "$('First').constructor",
  "$('First').view",
  "$('First')['target']",
  '$node["First"].constructor',
  '$if.constructor',
  '$if.call(1)',
  'Math.max.call(1, 2)',
  'Math.max.apply(null, [1])',
  'Math.max.bind(1)',
  '(x => x).call(1)',
  '(x => x).toString()',
  'parseInt.constructor',
  '/a/.constructor',
  '/a/["constructor"]',
  '/a/.__proto__',
  '"a".replace("a", Function)',
  '[1].map(eval)',
  '[1].map($json.map)',
  '"a".at.constructor',
  '[].map.constructor',
  '[].map["call"]',
  '({ constructor: 1 })',
  '({ "__proto__": null })',
  '({ ["__proto__"]: 1 })',
  '({ __proto__: [] }).map',
  '({ get a() { return 1 } })',
  '({ a() { return 1 } })',
  '({ toString() { return "x" } }) + ""',
  '({ valueOf: () => 1 }) + 1',
  '({ toString: () => "constructor" })[0]',
  '$json[{ toString: () => "constructor" }]',
  '$json[{ toString: "constructor" }]',
  '(({ constructor }) => constructor)($json)',
  '(({ ["__proto__"]: p }) => p)($json)',
  '(({ ["con" + "structor"]: p }) => p)({})',
  '(([c = this]) => c)([])',
  'Object.fromEntries([["__proto__", 1]])',
  'Object.assign({}, JSON.parse(\'{"__proto__":{"polluted":1}}\'))',
  '({ ...JSON.parse(\'{"__proto__":{"polluted":1}}\') }).polluted',
  'JSON.parse(\'{"__proto__":{"polluted":1}}\').polluted',
  'JSON.parse(\'{"constructor":1}\').constructor',
  'JSON.parse("1", (k, v) => v)',
  '$json.map(x => x).constructor',
  '$json.then(x => x)',
  '$json.toJSON()',
  'arguments',
  'new.target',
  'super.x',
  '$json.#x',
  '#x in $json',
  '`${this}`',
  'x`y`',
  '$json`y`',
  '(a, b) => { return this }',
  '(() => globalThis)()',
  '((f) => f(f))((f) => f(f))',
  '$json.valueOf.constructor',
  '$json.hasOwnProperty.call',
  '"x".link("y")',
  '"x".big()',
  '$json.__defineGetter__("a", 1)',
  '$json.__lookupGetter__("a")',
  '$json.isPrototypeOf($json)',
  '$json instanceof Object',
  'typeof process',
  'void process',
  '$env.HOME',
  '$secrets',
  '$jmespath',
  '<!-- x',
  '0, eval',
  '\\u0074his',
  'th\\u0069s',
  '$json.\\u0063onstructor',
  '$json.c\\u{6f}nstructor',
  'c\\u006fnstructor',
  'debugger',
  'new Date.constructor("x")',
  'new Date().constructor',
  'new DateTime()',
  'new Date().getClass',
  'Date.prototype.toString',
  'Number.prototype',
  'Boolean.constructor',
  '"a".replace(/a/, (m) => m.constructor)',
  '[[]].flat().constructor',
  '$vars.constructor',
  '$run["__proto__"]',
  '$workflow.constructor',
  '$execution.constructor',
  '$item.constructor',
  '$binary.__proto__',
  '$now.toFormat.constructor',
  '$now.set({ constructor: 1 })',
  '$now.set({ __proto__: 1 })',
  'DateTime.fromObject({ isLuxonDateTime: true })',
  '$now.plus({ isLuxonDuration: true })',
  '$now.diff({ isLuxonDateTime: true })',
  '$now.setZone({ type: "x" })',
  '$now.toLocaleString({ numberingSystem: "latn" })',
  '(1).toLocaleString({ toString: 1 })',
  '[{ isLuxonDateTime: true }].sort()',
  'Math.max({ valueOf: 1 })',
  'String({ toString: 1 })',
  'Number({ valueOf: 1 })',
  '`${{ toString: 1 }}`',
  '[{ toString: 1 }].join()',
  '({ length: 1e9 }).map(x => x)',
  'Object.keys({ length: 1e9 })',
];

const hostNames = ['process', 'require', 'native code', 'function', '[object global]'];

function outcome(expression: string): unknown {
  try {
    return evaluateTemplate(
      `={{ ${expression} }}`,
      aScope(JSON.parse('{"map":1,"a":{"b":1},"then":"x","toString":"x"}') as never),
    );
  } catch (error) {
    return { refused: (error as { code?: string }).code };
  }
}

function verdict(result: unknown): string {
  if (typeof result === 'object' && result !== null && 'refused' in result) {
    const isOurs = /^expression\.(syntax|failed|budget)$/.test(String(result.refused));
    return isOurs ? 'refused' : `a foreign error: ${String(result.refused)}`;
  }
  const text = JSON.stringify(result);
  return hostNames.some((name) => text.includes(name)) ? `a way out: ${text}` : 'plain data';
}

describe('an attempt to get out', () => {
  it.each(attempts)('is refused or harmless: %s', (expression) => {
    expect(verdict(outcome(expression))).toMatch(/^(refused|plain data)$/);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is refused whenever it names what is behind a value', () => {
    const behind = attempts.filter((text) => /\.(constructor|__proto__|prototype)\b/.test(text));
    expect(behind.length).toBeGreaterThan(30);
    for (const text of behind) expect(outcome(text)).toMatchObject({ refused: expect.any(String) });
  });

  it('is tried in at least 80 ways', () => {
    expect(new Set(attempts).size).toBeGreaterThanOrEqual(80);
  });
});

describe('data from outside', () => {
  const hostile = JSON.parse(
    '{"__proto__":{"x":1},"toString":1,"valueOf":1,"toJSON":1,"then":1,"length":-1,"isLuxonDateTime":true,"t":"={{ 1 + 1 }}","u":"{{ $json }}"}',
  ) as never;

  it.each([
    ['={{ $json.x }}', null],
    ['={{ $json + "" }}', '[object Object]'],
    ['={{ $json.toString }}', 1],
    ['={{ $json.t }}', '={{ 1 + 1 }}'],
    ['={{ $json.u }}', '{{ $json }}'],
    ['={{ [$json.t].join() }}', '={{ 1 + 1 }}'],
    ['={{ $json.isLuxonDateTime }}', true],
    ['={{ ({ ...$json }).x }}', null],
    ['={{ Object.keys($json)[0] }}', '__proto__'],
    ['={{ `${$json}` }}', '[object Object]'],
  ])('is only data: %s', (template, expected) => {
    expect(evaluateTemplate(template, aScope(hostile))).toEqual(expected);
  });

  it('passes through with its odd keys and pollutes nothing', () => {
    const copy = evaluateTemplate('={{ ({ ...$json, d: $now }) }}', aScope(hostile)) as object;
    expect(Object.keys(copy)).toContain('__proto__');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  it('never hands out a function the host left in it', () => {
    const scope = aScope({ f: (() => 1) as never, list: [(() => 1) as never] });
    expect(evaluateTemplate('={{ $json.f }}', scope)).toBeNull();
    expect(evaluateTemplate('={{ $json.list[0] }}', scope)).toBeNull();
    expect(evaluateTemplate('={{ Object.values($json)[0] }}', scope)).toBeNull();
  });
});
