const WINDOW_MS = 1000;
const KEPT_CALLS = 5000;

export type LoggedCall = {
  at: string;
  method: string;
  /** Below the version prefix. */
  path: string;
  /** null when the answer was lost on purpose. */
  status: number | null;
  clientId: string;
};

type ClientCount = { total: number; refused: number; peakPerSecond: number };

/** Counts calls per client in a sliding second, as the vendor's limit is worded, and keeps the latest for inspection. */
export class CallLog {
  private readonly recent = new Map<string, number[]>();
  private readonly clients = new Map<string, ClientCount>();
  private calls: LoggedCall[] = [];

  constructor(readonly requestsPerSecond: number) {}

  /** False when this call would go over the limit. */
  admit(clientId: string): boolean {
    const now = performance.now();
    const times = (this.recent.get(clientId) ?? []).filter((time) => now - time < WINDOW_MS);
    const count = this.clients.get(clientId) ?? { total: 0, refused: 0, peakPerSecond: 0 };
    const isAdmitted = times.length < this.requestsPerSecond;
    if (isAdmitted) times.push(now);
    else count.refused += 1;
    count.total += 1;
    count.peakPerSecond = Math.max(count.peakPerSecond, times.length);
    this.recent.set(clientId, times);
    this.clients.set(clientId, count);
    return isAdmitted;
  }

  add(call: LoggedCall): void {
    this.calls = [...this.calls.slice(1 - KEPT_CALLS), call];
  }

  clear(): void {
    this.recent.clear();
    this.clients.clear();
    this.calls = [];
  }

  read(): { requestsPerSecond: number; clients: Record<string, ClientCount>; calls: LoggedCall[] } {
    return {
      requestsPerSecond: this.requestsPerSecond,
      clients: Object.fromEntries(this.clients),
      calls: this.calls,
    };
  }
}
