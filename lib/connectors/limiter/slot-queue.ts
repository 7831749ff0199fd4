import { randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import {
  type Arrival,
  acquireSlots,
  type Granted,
  LEASED_FOR_MS,
  type LimitClass,
  type LimiterContext,
  leaseSizeOf,
  limitClassOf,
  stayInQueue,
} from "./acquire-slots";
import type { VendorLimit } from "./schema";

/** How often a process looks while it waits; well within the time that places are promised ahead. */
const LOOK_EVERY_MS = 50;
const STAY_EVERY_MS = 2000;

type Waiting = { resolve(giveBack: () => void): void; reject(reason: unknown): void };
/** A place that no call has yet, until then by the clock that runs on while the process is stopped. */
type Lease = { id: string; until: number };

/** The queue is full: nothing was taken, so that it can drain. */
export class TooLongQueue extends Error {}

/**
 * One process's calls under one limit: they go to the database together, however many wait. While no call waits, the process holds
 * some places of the classes that it had calls of lately, and calls leave on them at once.
 */
export class SlotQueue {
  private readonly process = randomUUID();
  private readonly waiting = new Map<string, Waiting>();
  private arrivals: Arrival[] = [];
  private returned: { id: string; at: number }[] = [];
  private readonly leases = new Map<LimitClass, Lease[]>();
  private readonly calledAt = new Map<LimitClass, number>();
  private stayedAt = performance.now();
  private isLooking = false;
  private looksAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private expiry: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: LimiterContext,
    private readonly limit: VendorLimit,
  ) {}

  /** Gives what hands the place back. Throws `TooLongQueue`, or what the database threw. */
  take(tenant: string): Promise<() => void> {
    const name = limitClassOf(tenant);
    this.calledAt.set(name, performance.now());
    const lease = this.takeLease(name);
    if (lease) return Promise.resolve(this.holdPlace(lease.id));
    return new Promise((resolve, reject) => {
      const id = uuidv7();
      this.waiting.set(id, { resolve, reject });
      this.arrivals.push({ id, tenant });
      this.lookIn(0);
    });
  }

  /** A leased place of the class, if one is left. More are fetched once half of them are used. */
  private takeLease(name: LimitClass): Lease | undefined {
    this.dropLeases((_name, { until }) => until <= performance.now());
    const held = this.leases.get(name) ?? [];
    const lease = held.shift();
    if (lease && 2 * held.length <= leaseSizeOf(this.limit, name)) this.lookIn(0);
    return lease;
  }

  /** Hands back places that no call has used: they are free again at once. */
  private dropLeases(isOver: (name: LimitClass, lease: Lease) => boolean): void {
    for (const [name, held] of this.leases) {
      const over = held.filter((lease) => isOver(name, lease));
      if (over.length === 0) continue;
      this.leases.set(
        name,
        held.filter((lease) => !over.includes(lease)),
      );
      for (const { id } of over) this.giveBack(id, performance.now() - this.limit.windowMs);
    }
  }

  /** How many places of which class are to be leased: of those whose last call is not long ago, what is missing. */
  private countMissing(): { name: LimitClass; count: number }[] {
    const since = performance.now() - LEASED_FOR_MS;
    return [...this.calledAt].flatMap(([name, at]) => {
      const count = leaseSizeOf(this.limit, name) - (this.leases.get(name)?.length ?? 0);
      return at > since && count > 0 ? [{ name, count }] : [];
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
    this.dropLeases((_name, { until }) => until <= performance.now());
    const [arrivals, returned] = [this.arrivals, this.returned];
    this.arrivals = [];
    this.returned = [];
    const wanted = new Map(
      this.countMissing().flatMap(({ name, count }) =>
        Array.from({ length: count }, () => [randomUUID() as string, name] as const),
      ),
    );
    const lookedAt = performance.now();
    try {
      const returns = returned.map(({ id, at }) => ({ id, agoMs: performance.now() - at }));
      const { granted, refused, leased, isCrowded } = await acquireSlots(
        this.context,
        this.limit,
        this.process,
        { arrivals, returns, leases: [...wanted.keys()] },
      );
      for (const one of granted) this.grantIn(one);
      for (const id of refused) this.leave(id)?.reject(new TooLongQueue(this.limit.key));
      this.addLeases(leased, wanted, lookedAt + LEASED_FOR_MS);
      // Calls wait, here or elsewhere: what no call of this process needs just now is theirs.
      if (isCrowded) this.dropLeases(() => true);
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

  private addLeases(ids: readonly string[], wanted: ReadonlyMap<string, LimitClass>, until: number): void {
    if (ids.length === 0) return;
    for (const id of ids) {
      const name = wanted.get(id);
      if (name) this.leases.set(name, [...(this.leases.get(name) ?? []), { id, until }]);
    }
    this.expireIn(until - performance.now());
  }

  /** A timer may fire a moment before its time: what is left by then has one of its own, or it would be held until it counts as lost. */
  private expireIn(ms: number): void {
    this.expiry ??= setTimeout(
      () => {
        this.expiry = undefined;
        this.dropLeases((_name, { until }) => until <= performance.now());
        const left = [...this.leases.values()].flat().map(({ until }) => until);
        if (left.length > 0) this.expireIn(Math.min(...left) - performance.now());
      },
      Math.max(1, Math.ceil(ms)),
    );
  }

  private leave(id: string): Waiting | undefined {
    const one = this.waiting.get(id);
    this.waiting.delete(id);
    return one;
  }

  private grantIn({ id, waitMs }: Granted): void {
    const one = this.leave(id);
    // Nobody waits for it any more: its place has not been used.
    if (!one) this.giveBack(id);
    else if (waitMs === 0) one.resolve(this.holdPlace(id));
    else setTimeout(() => one.resolve(this.holdPlace(id)), waitMs);
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

  private giveBack(id: string, at = performance.now()): void {
    this.returned.push({ id, at });
    this.lookIn(LOOK_EVERY_MS);
  }

  private async stay(): Promise<void> {
    if (this.waiting.size === 0 || performance.now() - this.stayedAt < STAY_EVERY_MS) return;
    this.stayedAt = performance.now();
    await stayInQueue(this.context, this.limit, this.process);
  }
}
