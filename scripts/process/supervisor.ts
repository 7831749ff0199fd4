import { setTimeout as delay } from "node:timers/promises";
import { type Child, type ChildSpec, describeExit, startChild, waitUntilReady } from "./child";
import { ExplainedError } from "./explained-error";
import { readTail } from "./log-file";
import { describeTakenPort } from "./port";

/** More ends than this within the window, and starting again is not going to help. */
const MAX_RESTARTS = 5;
const WINDOW_MS = 2 * 60_000;
/** One that answers and ends at once, since it cannot go on, is not back. */
const STEADY_MS = 1_000;

export type SupervisorOptions = {
  /** The log of a child. */
  logFile: (name: string) => string;
  /** Tells the person at the terminal. */
  say: (words: string) => void;
  /** Called after each start and end, with the children that run now. */
  onChange: (children: readonly Child[]) => void;
  /** A child keeps ending, or cannot be started again. */
  onGiveUp: (error: unknown) => void;
  /** The wait before the first new start of a child; it doubles with each further one. */
  firstDelayMs: number;
};

/** Starts children, starts those that die again, and stops all in the reverse order of their start. */
export class Supervisor {
  private readonly children = new Map<string, Child>();
  private readonly endings = new Map<string, number[]>();
  private isStopping = false;

  constructor(private readonly options: SupervisorOptions) {}

  /** Starts a child and waits until it is ready. A failure to get ready is the caller's; the child is stopped then. */
  async start(spec: ChildSpec): Promise<void> {
    const taken = await describeTakenPort(spec.ports ?? []);
    if (taken !== null)
      throw new ExplainedError(
        `The ${spec.name} cannot start: ${taken}. Stop that program, then start again.`,
      );
    const child = this.spawn(spec);
    try {
      await waitUntilReady(child);
    } catch (error) {
      await child.stop();
      this.reportChange();
      throw error;
    }
    this.watch(child).catch((error: unknown) => {
      if (!this.isStopping) this.options.onGiveUp(error);
    });
  }

  /** Asks every child to end, the last started first, and waits for each. */
  async stopAll(): Promise<void> {
    this.isStopping = true;
    for (const child of [...this.children.values()].reverse()) await child.stop();
    this.reportChange();
  }

  /** Ends every child at once. */
  killAll(): void {
    this.isStopping = true;
    for (const child of this.children.values()) child.kill();
  }

  private spawn(spec: ChildSpec): Child {
    if (this.isStopping) throw new ExplainedError("Stopped before everything had started.");
    const child = startChild(spec, this.options.logFile(spec.name));
    // A child that is started again keeps its place in the order.
    this.children.set(spec.name, child);
    this.reportChange();
    return child;
  }

  private reportChange(): void {
    this.options.onChange([...this.children.values()].filter((child) => !child.hasExited()));
  }

  private async watch(child: Child): Promise<void> {
    const exit = await child.exited;
    if (this.isStopping) return;
    child.killRemains();
    this.reportChange();
    const { name } = child.spec;
    const count = this.countEnding(name);
    if (count > MAX_RESTARTS) {
      throw new ExplainedError(
        `The ${name} ended ${count} times within ${WINDOW_MS / 60_000} minutes; not starting it again.\n` +
          `The end of ${child.logFile}:\n${readTail(child.logFile)}`,
      );
    }
    this.options.say(
      `The ${name} ended unexpectedly (${describeExit(exit)}); starting it again. See ${child.logFile}`,
    );
    await delay(this.options.firstDelayMs * 2 ** (count - 1));
    await this.waitForPorts(child.spec);
    if (!this.isStopping) await this.restart(child.spec);
  }

  /** Another program took the child's port in between: told once, and waited for. Throws when that program stays. */
  private async waitForPorts({ name, ports = [] }: ChildSpec): Promise<void> {
    for (let tries = 1; !this.isStopping; tries += 1) {
      const taken = await describeTakenPort(ports);
      if (taken === null || this.isStopping) return;
      const words = `The ${name} cannot start again: ${taken}.`;
      if (tries > MAX_RESTARTS) throw new ExplainedError(`${words} Stop that program, then start again.`);
      if (tries === 1) this.options.say(`${words} Stop that program; the ${name} waits for it.`);
      await delay(this.options.firstDelayMs * 2 ** (tries - 1));
    }
  }

  private async restart(spec: ChildSpec): Promise<void> {
    const child = this.spawn(spec);
    const becameReady = await waitUntilReady(child).then(
      () => true,
      () => false,
    );
    if (!becameReady) await child.stop();
    else if (await this.staysUp(child)) this.options.say(`The ${spec.name} is back.`);
    await this.watch(child);
  }

  private async staysUp(child: Child): Promise<boolean> {
    await Promise.race([child.exited, delay(STEADY_MS)]);
    return !child.hasExited() && !this.isStopping;
  }

  private countEnding(name: string): number {
    const now = Date.now();
    const recent = (this.endings.get(name) ?? []).filter((at) => now - at < WINDOW_MS);
    recent.push(now);
    this.endings.set(name, recent);
    return recent.length;
  }
}
