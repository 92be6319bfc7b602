import type { Evaluation } from './evaluation.js';

/** A function of the language: gets its target, the arguments and the running evaluation. */
export type MethodCall<Target> = (target: Target, args: readonly unknown[], run: Evaluation) => unknown;

/** One row of the tables that the evaluator dispatches on and the editor completes from. */
export interface Method<Target = never> {
  name: string;
  /** Parameters as shown to people, for example `(search, from?)`. */
  signature: string;
  /** One line. */
  doc: string;
  call: MethodCall<Target>;
}

/** A value that is read like a property. */
export interface Property<Target = never> {
  name: string;
  doc: string;
  read: (target: Target, run: Evaluation) => unknown;
}

/** Methods and properties of one kind of value. */
export interface MemberTable<Target = never> {
  methods: ReadonlyMap<string, Method<Target>>;
  properties: ReadonlyMap<string, Property<Target>>;
}

/** `[name, signature, doc, call]` */
export type MethodRow<Target> = readonly [string, string, string, MethodCall<Target>];
/** `[name, doc, read]` */
export type PropertyRow<Target> = readonly [string, string, (target: Target, run: Evaluation) => unknown];

export function memberTable<Target>(
  methods: readonly MethodRow<Target>[],
  properties: readonly PropertyRow<Target>[] = [],
): MemberTable<Target> {
  return {
    methods: new Map(methods.map(([name, signature, doc, call]) => [name, { name, signature, doc, call }])),
    properties: new Map(properties.map(([name, doc, read]) => [name, { name, doc, read }])),
  };
}

/** `Math`, `JSON` and their like: members from a table, and nothing behind them. */
export class Namespace {
  constructor(
    readonly name: string,
    readonly members: MemberTable<undefined>,
    /** What `Name(…)` does, where it can be called. */
    readonly call?: MethodCall<undefined>,
    /** What `new Name(…)` does, where it can be constructed. */
    readonly construct?: MethodCall<undefined>,
  ) {}
}

/** `$input`, `$('Name')` and their like: a window onto the host with members from a table. */
export class View<Target = unknown> {
  constructor(
    readonly name: string,
    readonly target: Target,
    readonly members: MemberTable<Target>,
  ) {}
}
