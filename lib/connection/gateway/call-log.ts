import { sql } from "drizzle-orm";
import type { GatewayCallOutcome } from "@/db/schema";
import { withScope } from "@/db/scope";
import type { GatewayContext } from "./context";

/** A line of the call log: what was called in the names of the connector's table, never an id, a query, a header or a body. */
export type CallLine = {
  id: string;
  connectionId: string;
  keyId: string;
  method: string;
  pathTemplate: string;
  rightUsed: string | null;
  outcome: GatewayCallOutcome;
  status: number | null;
  durationMs: number | null;
  sentBytes: number;
  receivedBytes: number;
  traceId: string;
  calledAt: Date;
};

const BATCH_MS = 100;
const MOST_IN_BATCH = 500;
/** While the database is away; older ones are dropped and counted. */
const MOST_WAITING = 20_000;

/** Lines go out together; a write's line is awaited before the call leaves. */
export class CallLog {
  private waiting: CallLine[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  dropped = 0;

  constructor(private readonly context: Pick<GatewayContext, "database" | "log">) {}

  /** Resolves when the line is in the database; throws when it is not: the call must not leave then. */
  async write(line: CallLine): Promise<void> {
    await this.send([line]);
  }

  /** Written within a moment, with others. */
  add(line: CallLine): void {
    this.waiting.push(line);
    if (this.waiting.length > MOST_WAITING) {
      this.waiting.shift();
      this.dropped += 1;
    }
    this.timer ??= setTimeout(() => void this.flush(), BATCH_MS);
  }

  /** Writes what waits, one batch after the other. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.drain());
    return this.writing;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MOST_IN_BATCH);
      try {
        await this.send(batch);
      } catch (error) {
        this.context.log.warn({ err: error, lines: batch.length }, "the call log could not be written");
        this.waiting.unshift(...batch);
        this.timer ??= setTimeout(() => void this.flush(), 10 * BATCH_MS);
        return;
      }
    }
  }

  private async send(lines: readonly CallLine[]): Promise<void> {
    const rows = lines.map((line) => ({
      id: line.id,
      connection_id: line.connectionId,
      key_id: line.keyId,
      method: line.method,
      path_template: line.pathTemplate,
      right_used: line.rightUsed,
      outcome: line.outcome,
      status: line.status,
      duration_ms: line.durationMs,
      sent_bytes: line.sentBytes,
      received_bytes: line.receivedBytes,
      trace_id: line.traceId,
      called_at: line.calledAt.toISOString(),
    }));
    await withScope(this.context.database, { kind: "gateway" }, (tx) =>
      tx.execute(sql`select kytkin.log_gateway_calls(${JSON.stringify(rows)}::text::jsonb)`),
    );
  }
}
