import type { EgressRules } from '../egress/egress.types.js';
import type { ChildLimits } from './child-command.js';
import { ConnectorChild } from './connector-child.js';
import type { PluginPackage } from './plugin-packages.js';

export interface PoolChoices {
  limits: ChildLimits;
  egress(): Promise<EgressRules>;
  /** Plugins that came with the product, in one process together. */
  firstParty(): PluginPackage[];
  onStart(pid: number): void;
  onExit(pid: number | undefined, reason: string): void;
}

/** One child process for all first-party plugins, one for each version of every other plugin; started when first needed. */
export class ChildPool {
  private readonly children = new Map<string, Promise<ConnectorChild>>();
  private isClosed = false;

  constructor(private readonly choices: PoolChoices) {}

  /** The living child for a plugin. */
  async childFor(plugin: PluginPackage): Promise<ConnectorChild> {
    if (this.isClosed) throw new Error('The server is stopping.');
    const key = plugin.isFirstParty ? 'first-party' : `${plugin.id}@${plugin.version}`;
    const existing = await this.children.get(key);
    if (existing?.isAlive) return existing;
    return this.start(key, plugin.isFirstParty ? this.choices.firstParty() : [plugin]);
  }

  /** A child of its own that nobody else gets; the caller kills it. */
  async throwAway(plugins: PluginPackage[]): Promise<ConnectorChild> {
    return this.spawn(plugins);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const child of this.children.values()) (await child).kill('the server is stopping');
    this.children.clear();
  }

  private async start(key: string, plugins: PluginPackage[]): Promise<ConnectorChild> {
    const waiting = this.children.get(key);
    const current = await waiting;
    if (current?.isAlive) return current;
    // Someone else may have started one while this call waited.
    if (this.children.get(key) !== waiting) return this.start(key, plugins);
    const starting = this.spawn(plugins);
    this.children.set(key, starting);
    return starting;
  }

  private async spawn(plugins: PluginPackage[]): Promise<ConnectorChild> {
    const child: ConnectorChild = new ConnectorChild({
      pluginFolders: plugins.map((plugin) => plugin.folder),
      egress: await this.choices.egress(),
      limits: this.choices.limits,
      onExit: (reason) => this.choices.onExit(child.pid, reason),
    });
    if (child.pid !== undefined) this.choices.onStart(child.pid);
    return child;
  }
}
