import { NonRetriableError, RetryAfterError } from "inngest";
import { z } from "zod";
import { sweep } from "@/lib/operations/sweep/sweep";
import type { Mailer } from "@/lib/platform/mail/send-mail";
import { drainOutbox, type OutgoingEvent } from "@/lib/platform/outbox/drain-outbox";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { beginLife, type Life } from "./mortal-context";
import { type RecordedFunction, recordFunctions, type StepTools } from "./recorded-functions";

const idSchema = z.record(z.string(), z.string()).transform((data) => Object.values(data).join());

/** A run of a function: what an engine keeps of it, whatever happens to the process. */
type Job = {
  functionId: string;
  data: Record<string, string>;
  done: Map<string, { value: unknown } | { error: unknown }>;
  waiting: { id: string; event: string; until: number } | null;
};

type Options = {
  context: WorkerContext;
  mailer: Mailer;
  /** Time passes for everybody else. */
  passTime: (ms: number) => Promise<void>;
};

/**
 * Runs the worker's functions one job after the other, by the rules that they are written for: a step that has ended is
 * not run again, one whose process was killed is; a failed one is tried again; a wait ends by its event or in time.
 * Nothing waits for the clock.
 */
export class JobRunner {
  private life: Life;
  private functions: RecordedFunction[] = [];
  private jobs: Job[] = [];
  private readonly seen = new Set<string>();
  /** How far the clock was put forward, in milliseconds. */
  private passedMs = 0;
  private losesJobs = false;

  constructor(private readonly options: Options) {
    this.life = this.begin();
  }

  /** The process is killed before it begins one more than this many transactions; `losesJob`: what it was at is gone too. */
  killAfter(transactions: number, losesJob: boolean): void {
    this.life.endAfter(transactions);
    this.losesJobs = losesJob;
  }

  async passTime(ms: number): Promise<void> {
    this.passedMs += ms;
    await this.options.passTime(ms);
  }

  /** Everything that can be done now is done. */
  async work(): Promise<void> {
    for (;;) {
      await this.takeEvents();
      const job = this.jobs.find((one) => this.isReady(one));
      if (!job) return;
      await this.execute(job);
    }
  }

  async sweep(): Promise<void> {
    await this.survive(sweep(this.life.context));
  }

  listUnfinished(): string[] {
    return this.jobs.map(({ functionId }) => functionId);
  }

  private now(): number {
    return Date.now() + this.passedMs;
  }

  private begin(): Life {
    this.life = beginLife(this.options.context);
    this.functions = recordFunctions(this.life.context, this.options.mailer);
    this.losesJobs = false;
    return this.life;
  }

  /** The work's own end, or that of its process; then another process begins. */
  private async survive(work: Promise<unknown>): Promise<void> {
    const end = await Promise.race([work, this.life.died.then(() => "killed" as const)]);
    if (end === "killed") this.begin();
  }

  private async takeEvents(): Promise<void> {
    const send = async (events: OutgoingEvent[]) => {
      for (const event of events) this.takeIn(event);
    };
    await this.survive(drainOutbox(this.life.context, send));
  }

  private takeIn({ id, name, data }: OutgoingEvent): void {
    if (this.seen.has(id)) return;
    this.seen.add(id);
    for (const { id: functionId, event, isSingleton } of this.functions) {
      if (event !== name) continue;
      const isRunning = this.jobs.some(
        (job) => job.functionId === functionId && idSchema.parse(job.data) === idSchema.parse(data),
      );
      if (!isSingleton || !isRunning) this.jobs.push({ functionId, data, done: new Map(), waiting: null });
    }
    for (const job of this.jobs) {
      if (job.waiting?.event === name && job.data.requestId === data.requestId)
        job.done.set(job.waiting.id, { value: data });
    }
  }

  private isReady(job: Job): boolean {
    if (!job.waiting || job.done.has(job.waiting.id)) return true;
    if (job.waiting.until > this.now()) return false;
    job.done.set(job.waiting.id, { value: null });
    return true;
  }

  private async execute(job: Job): Promise<void> {
    const found = this.functions.find(({ id }) => id === job.functionId);
    if (!found) throw new Error(`there is no function ${job.functionId}`);
    job.waiting = null;
    let park = (): void => {};
    const parked = new Promise<"parked">((resolve) => {
      park = () => resolve("parked");
    });
    const step = this.makeSteps(job, found, park);
    // A run that has failed is over too; what it leaves behind is the sweep's.
    const running = found.handler({ event: { data: job.data }, step, attempt: 0 }).then(over, over);
    const end = await Promise.race([running, parked, this.life.died.then(() => "killed" as const)]);
    const isOver = end === "ended" || (end === "killed" && this.losesJobs);
    if (isOver) this.jobs = this.jobs.filter((one) => one !== job);
    if (end === "killed") this.begin();
  }

  private makeSteps(job: Job, { retries }: RecordedFunction, park: () => void): StepTools {
    return {
      run: async <T>(id: string, work: () => Promise<T>): Promise<T> => {
        if (!job.done.has(id)) job.done.set(id, await this.tryStep(work, retries));
        const result = job.done.get(id);
        if (result && "error" in result) throw result.error;
        return result?.value as T;
      },
      waitForEvent: (id, { event, timeout }) => {
        const known = job.done.get(id);
        if (known && "value" in known) return Promise.resolve(known.value);
        job.waiting = { id, event, until: timeout.getTime() + this.passedMs };
        // Only who awaits the event is parked: the function does other things first.
        // biome-ignore lint/suspicious/noThenProperty: a promise cannot tell when it is awaited
        return { then: () => new Promise<never>(park) };
      },
    };
  }

  private async tryStep(work: () => Promise<unknown>, retries: number) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return { value: await work() };
      } catch (error) {
        if (error instanceof NonRetriableError || attempt >= retries) return { error };
        if (error instanceof RetryAfterError) await this.passTime(remainingMs(error));
      }
    }
  }
}

const over = () => "ended" as const;

function remainingMs({ retryAfter }: RetryAfterError): number {
  const at = /^\d+$/.test(retryAfter) ? Date.now() + Number(retryAfter) * 1000 : Date.parse(retryAfter);
  return Math.max(0, at - Date.now()) + 1;
}
