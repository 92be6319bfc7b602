import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { JsonObject } from '@wfaib/sdk/items';
import { Clock } from '../clock/clock.service.js';
import { Ids } from '../clock/ids.service.js';
import { EventBus } from '../events/event-bus.service.js';
import { VariableNameTaken, VariableNotFound } from './variables.errors.js';
import { variablesChangedChannel, type VariablesChanged } from './variables.events.js';
import { VariablesRepository } from './variables.repository.js';
import type { ChangeVariable, CreateVariable } from './variables.schemas.js';
import type { Variable } from './variables.types.js';

/** How long values are believed where no other process said that they changed, in milliseconds. */
const believedMs = 10_000;

/** Variables of projects: plain values, no secrets (those are credentials). */
@Injectable()
export class Variables implements OnModuleInit {
  readonly #known = new Map<string, { values: Promise<JsonObject>; since: number }>();

  constructor(
    private readonly repository: VariablesRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.events.subscribe<VariablesChanged>(variablesChangedChannel, ({ projectId }) => this.#known.delete(projectId));
    this.events.onGap(() => this.#known.clear());
  }

  list(projectId: string): Promise<Variable[]> {
    return this.repository.findAll(projectId);
  }

  /** @throws VariableNotFound */
  async getById(projectId: string, id: string): Promise<Variable> {
    const found = await this.repository.findById(projectId, id);
    if (found === undefined) throw new VariableNotFound(id);
    return found;
  }

  /** @throws VariableNameTaken */
  async create(projectId: string, { name, value }: CreateVariable): Promise<Variable> {
    const made = await this.repository.insert(projectId, { id: this.ids.newId(), name, value });
    if (made === undefined) throw new VariableNameTaken(name);
    return this.#changed(projectId, made);
  }

  /** @throws VariableNotFound, VariableNameTaken */
  async change(projectId: string, id: string, changes: ChangeVariable): Promise<Variable> {
    const before = await this.getById(projectId, id);
    const { name = before.name, value = before.value } = changes;
    const changed = await this.repository.update(projectId, { id, name, value });
    if (changed === undefined) throw new VariableNameTaken(name);
    return this.#changed(projectId, changed);
  }

  /** @throws VariableNotFound */
  async remove(projectId: string, id: string): Promise<void> {
    if (!(await this.repository.delete(projectId, id))) throw new VariableNotFound(id);
    this.#changed(projectId, undefined);
  }

  /** What `$vars` is in a run of the project: values by name. */
  valuesOf(projectId: string): Promise<JsonObject> {
    const known = this.#known.get(projectId);
    if (known && this.clock.monotonic() - known.since < believedMs) return known.values;
    const values = this.repository
      .findAll(projectId)
      .then((all): JsonObject => Object.fromEntries(all.map(({ name, value }) => [name, value])));
    this.#known.set(projectId, { values, since: this.clock.monotonic() });
    values.catch(() => this.#known.delete(projectId));
    return values;
  }

  #changed<Result>(projectId: string, result: Result): Result {
    this.#known.delete(projectId);
    this.events.publish(variablesChangedChannel, { projectId } satisfies VariablesChanged);
    return result;
  }
}
