import { randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { type Arrival, acquireSlots, type Granted, type LimiterContext, stayInQueue } from "./acquire-slots";
import type { VendorLimit } from "./schema";

/** How often a process looks while it waits; well within the time that places are promised ahead. */
const LOOK_EVERY_MS = 50;
const STAY_EVERY_MS = 2000;

type Waiting = { resolve(giveBack: () => void): void; reject(reason: unknown): void };

/** The queue is full: nothing was taken, so that it can drain. */
export class TooLongQueue extends Error {}

/** One process's calls under one limit: they go to the database together, however many wait. */
export class SlotQueue {
  private readonly process = randomUUID();
  private readonly waiting = new Map<string, Waiting>();
  private arrivals: Arrival[] = [];
  private returned: { id: string; at: number }[] = [];
  private stayedAt = performance.now();
  private isLooking = false;
  private looksAt = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: LimiterContext,
    private readonly limit: VendorLimit,
  ) {}

  /** Gives what hands the place back. Throws `TooLongQueue`, or what the database threw. */
  take(tenant: string): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const id = uuidv7();
      this.waiting.set(id, { resolve, reject });
      this.arrivals.push({ id, tenant });
      this.lookIn(0);
    });
  }

  /** At the latest; a look that comes earlier does for both. */
  private lookIn(ms: number): void {
    const lookAt = performance.now() + ms;
    if (this.isLooking || (this.timer && this.looksAt <= lookAt)) return;
    clearTimeout(this.timer);
    this.looksAt = lookAt;
    this.timer = setTimeout(() => void this.look(), ms);
  }

  private async look(): Promise<void> {
    this.timer = undefined;
    this.isLooking = true;
    const [arrivals, returned] = [this.arrivals, this.returned];
    this.arrivals = [];
    this.returned = [];
    try {
      const returns = returned.map(({ id, at }) => ({ id, agoMs: performance.now() - at }));
      const { granted, refused } = await acquireSlots(this.context, this.limit, this.process, {
        arrivals,
        returns,
      });
      for (const one of granted) this.grantIn(one);
      for (const id of refused) this.leave(id)?.reject(new TooLongQueue(this.limit.key));
      await this.stay();
    } catch (error) {
      // Places that could not be handed back are free again by themselves.
      this.context.log.warn({ err: error, key: this.limit.key }, "the vendor's limit could not be read");
      this.arrivals = [];
      for (const id of [...this.waiting.keys()]) this.leave(id)?.reject(error);
    } finally {
      this.isLooking = false;
      if (this.arrivals.length > 0) this.lookIn(0);
      else if (this.waiting.size > 0 || this.returned.length > 0) this.lookIn(LOOK_EVERY_MS);
    }
  }

  private leave(id: string): Waiting | undefined {
    const one = this.waiting.get(id);
    this.waiting.delete(id);
    return one;
  }

  private grantIn({ id, waitMs }: Granted): void {
    const one = this.leave(id);
    // Nobody waits for it any more: its place has not been used.
    if (one) setTimeout(() => one.resolve(this.holdPlace(id)), waitMs);
    else this.giveBack(id);
  }

  /** The place goes back when the call has ended, or has arrived as far as anybody can tell: once. */
  private holdPlace(id: string): () => void {
    let isBack = false;
    const giveBack = () => {
      if (isBack) return;
      isBack = true;
      clearTimeout(arrived);
      this.giveBack(id);
    };
    const arrived = setTimeout(giveBack, this.limit.arrivesWithinMs);
    return giveBack;
  }

  private giveBack(id: string): void {
    this.returned.push({ id, at: performance.now() });
    this.lookIn(LOOK_EVERY_MS);
  }

  private async stay(): Promise<void> {
    if (this.waiting.size === 0 || performance.now() - this.stayedAt < STAY_EVERY_MS) return;
    this.stayedAt = performance.now();
    await stayInQueue(this.context, this.limit, this.process);
  }
}
