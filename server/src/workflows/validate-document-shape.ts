import { runRetention, workflowDocument, type Problem, type WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { IANAZone } from 'luxon';
import { say, tell, type Sentence } from '@wfaib/sdk/sentence';
import { didYouMean } from '../nodes/did-you-mean.js';
import { isObject } from '../nodes/field-values.js';

export interface ShapeCheck {
  /** There where the shape is right. */
  document?: WorkflowDocument;
  /** Nothing more can be said of it. */
  isUnreadable?: boolean;
  problems: Problem[];
}

type Place = { nodeId?: string; field: string };
type Issue = { path: readonly PropertyKey[]; message: string; code?: string };

/** Deepest a document may be nested; deeper ones come from mistakes or from attackers. */
const maxDepth = 200;

const theDocument = say`The document`;
const removeIt = say` Remove it.`;

const documentFields = Object.keys(workflowDocument.shape);
const nodeFields = Object.keys(workflowDocument.shape.nodes.element.shape);
const settingFields = Object.keys(workflowDocument.shape.settings.def.innerType.shape);
const connectionFields = ['from', 'to'];
const endFields = ['node', 'port'];
const retryFields = Object.keys(workflowDocument.shape.nodes.element.shape.retry.def.innerType.shape);

/** Checks the shape alone: what is missing, of the wrong kind, or not known. The document comes back where it is whole. */
export function checkShape(raw: unknown): ShapeCheck {
  if (!isObject(raw)) return unreadable(say`A workflow document must be a JSON object.`);
  if (isTooDeep(raw)) return unreadable(say`The document is nested deeper than ${{ maxDepth }} levels. Flatten it.`);
  const unknown = unknownFields(raw);
  const parsed = workflowDocument.safeParse(raw);
  if (parsed.success) return { document: parsed.data, problems: [...zoneProblems(parsed.data), ...unknown] };
  return { problems: [...parsed.error.issues.map((issue) => problemOf(raw, issue)), ...unknown] };
}

function zoneProblems({ settings: { timezone } }: WorkflowDocument): Problem[] {
  if (IANAZone.isValidZone(timezone)) return [];
  const fault = say`"${{ timezone }}" is no time zone. Choose one like UTC or Europe/Berlin.`;
  return [wrong({ field: 'settings.timezone' }, fault)];
}

function unreadable(fault: Sentence): ShapeCheck {
  return { isUnreadable: true, problems: [wrong({ field: '' }, fault)] };
}

function problemOf(raw: Record<string, unknown>, issue: Issue): Problem {
  const place = placeOf(raw, issue.path);
  const value = valueAt(raw, issue.path);
  const what = place.field === '' ? theDocument : `"${place.field}"`;
  const where = place.nodeId === undefined ? '' : say` of node "${{ id: place.nodeId }}"`;
  if (value === undefined)
    return {
      severity: 'error',
      code: 'parameter.missing',
      ...place,
      ...tell(say`${{ what }}${{ where }} is missing. Add it.`),
    };
  return wrong(place, say`${{ what }}${{ where }} is not right: ${{ reason: issue.message }}.`);
}

/** Where the problem is: within a node, or by its path in the document. */
function placeOf(raw: Record<string, unknown>, path: readonly PropertyKey[]): Place {
  const node = path[0] === 'nodes' && path.length > 2 ? valueAt(raw, path.slice(0, 2)) : undefined;
  const id = isObject(node) ? node['id'] : undefined;
  if (typeof id === 'string' && id !== '') return { nodeId: id, field: pathText(path.slice(2)) };
  return { field: pathText(path) };
}

/** `connections[0].from` */
function pathText(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return parts.join('').replace(/^\./, '');
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[name];
  }
  return value;
}

function unknownFields(raw: Record<string, unknown>): Problem[] {
  const nodes = listOf(raw['nodes']).flatMap((node, index) => unknownInNode(node, index));
  const ends = listOf(raw['connections']).flatMap((connection, index) => unknownInConnection(connection, index));
  return [
    ...unknownIn(raw, documentFields, (field) => ({ field }), theDocument, 'warning'),
    ...unknownInSettings(raw['settings']),
    ...nodes,
    ...ends,
  ];
}

function unknownInSettings(settings: unknown): Problem[] {
  const retention = isObject(settings) ? settings['retention'] : undefined;
  return [
    ...unknownIn(settings, settingFields, (field) => ({ field: `settings.${field}` }), say`The settings`, 'warning'),
    ...unknownIn(
      retention,
      Object.keys(runRetention.shape),
      (field) => ({ field: `settings.retention.${field}` }),
      say`The retention`,
      'warning',
    ),
  ];
}

function unknownInNode(node: unknown, index: number): Problem[] {
  if (!isObject(node)) return [];
  const id = typeof node['id'] === 'string' && node['id'] !== '' ? node['id'] : undefined;
  const place = (field: string): Place =>
    id === undefined ? { field: `nodes[${index}].${field}` } : { nodeId: id, field };
  const what = say`Node "${{ id: id ?? index }}"`;
  const itsRetry = say`The retry of node "${{ id: id ?? index }}"`;
  return [
    ...unknownIn(node, nodeFields, place, what, 'error'),
    ...unknownIn(node['retry'], retryFields, (field) => place(`retry.${field}`), itsRetry, 'error'),
  ];
}

function unknownInConnection(connection: unknown, index: number): Problem[] {
  if (!isObject(connection)) return [];
  const place = (field: string): Place => ({ field: `connections[${index}].${field}` });
  const what = say`Connection ${{ index }}`;
  return [
    ...unknownIn(connection, connectionFields, place, what, 'warning'),
    ...unknownIn(connection['from'], endFields, (field) => place(`from.${field}`), what, 'warning'),
    ...unknownIn(connection['to'], endFields, (field) => place(`to.${field}`), what, 'warning'),
  ];
}

/** Fields of a node steer how it runs, so a wrong name is an error there; elsewhere it is only left out. */
function unknownIn(
  value: unknown,
  known: readonly string[],
  place: (field: string) => Place,
  what: Sentence,
  severity: Problem['severity'],
): Problem[] {
  const names = isObject(value) ? Object.keys(value).filter((name) => !known.includes(name)) : [];
  return names
    .filter((name) => name !== '$schema')
    .map((name) => ({
      severity,
      code: 'node.fieldUnknown',
      ...place(name),
      ...tell(say`${{ what }} has no field "${{ name }}".${{ advice: didYouMean(name, known) || removeIt }}`),
    }));
}

function wrong(place: Place, fault: Sentence): Problem {
  return { severity: 'error', code: 'parameter.invalid', ...place, ...tell(fault) };
}

/** Walks level by level, so that a deep document cannot overflow the call stack; each object counts once. */
function isTooDeep(raw: object): boolean {
  const seen = new Set<object>([raw]);
  let level: object[] = [raw];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    const next: object[] = [];
    for (const each of level.flatMap((holder): unknown[] => Object.values(holder))) {
      if (typeof each !== 'object' || each === null || seen.has(each)) continue;
      seen.add(each);
      next.push(each);
    }
    level = next;
  }
  return false;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
