import { sql } from "drizzle-orm";
import { withScope } from "@/db/scope";
import type { GatewayContext } from "./context";
import { GatewayProblem } from "./problem";

/** Half of the second after which an end counts as carried out: by then what had left is named in the call log. */
const LOOK_EVERY_MS = 500;
/** What is on its way when a connection ends or is paused has this long to be over. */
const GRACE_MS = 20_000;
/** One connection's software cannot take all of a process. */
const MOST_OF_CONNECTION = 50;
const MOST = 1000;

type OnItsWay = {
  abort: () => void;
  /** Writes it into the call log as sent, once its connection has been stopped. */
  name: () => Promise<void>;
};
type Flight = OnItsWay & { connectionId: string };

/** Calls that are on their way. While there are any, the database is asked which of their connections have ended or are paused. */
export class Flights {
  private readonly flights = new Set<Flight>();
  private readonly ending = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;

  constructor(
    private readonly context: Pick<GatewayContext, "database" | "log">,
    private readonly graceMs = GRACE_MS,
  ) {}

  get count(): number {
    return this.flights.size;
  }

  /** Throws `too_many_in_flight`, before anything left. Gives what ends the flight. */
  begin(connectionId: string, onItsWay: OnItsWay): () => void {
    const own = [...this.flights].filter((flight) => flight.connectionId === connectionId).length;
    if (own >= MOST_OF_CONNECTION || this.flights.size >= MOST)
      throw new GatewayProblem(
        "too_many_in_flight",
        `At most ${MOST_OF_CONNECTION} calls of a connection are on their way at once.`,
        { sent: "no", limit: { by: "connection", inFlight: MOST_OF_CONNECTION } },
        { "retry-after": "1" },
      );
    const flight = { connectionId, ...onItsWay };
    this.flights.add(flight);
    this.timer ??= setInterval(() => void this.look(), LOOK_EVERY_MS);
    return () => {
      this.flights.delete(flight);
      if (this.flights.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      const ids = [...new Set([...this.flights].map((flight) => flight.connectionId))];
      const stopped = await withScope(this.context.database, { kind: "gateway" }, (tx) =>
        tx.execute<{ id: string }>(sql`
          select id from kytkin.stopped_connections(${JSON.stringify(ids)}::text::jsonb) as stopped (id)`),
      );
      for (const { id } of stopped) this.endSoon(id);
    } catch (error) {
      this.context.log.warn(
        { err: error },
        "it could not be asked which connections have ended or are paused",
      );
    } finally {
      this.isLooking = false;
    }
  }

  private endSoon(connectionId: string): void {
    if (this.ending.has(connectionId)) return;
    this.ending.add(connectionId);
    for (const flight of this.flights)
      if (flight.connectionId === connectionId)
        flight
          .name()
          .catch((error: unknown) =>
            this.context.log.warn({ err: error, connectionId }, "a call on its way could not be named"),
          );
    setTimeout(() => {
      this.ending.delete(connectionId);
      for (const flight of this.flights) if (flight.connectionId === connectionId) flight.abort();
    }, this.graceMs).unref();
  }
}
