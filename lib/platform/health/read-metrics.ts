import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withScope } from "@/db/scope";
import { type Metric, writeMetrics } from "./metrics-text";

type Figure = { name: string; label: string; value: number };
type QueueRow = Record<string, number | string>;

/** How a figure is called outside, its label's name, and what it counts. */
const FIGURES: Record<string, { label: string | null; help: string }> = {
  tasks_open: { label: "kind", help: "Open tasks of the operator." },
  mails: { label: "state", help: "Mails by state." },
  requests: { label: "state", help: "Activation requests by state." },
  activations: { label: "state", help: "Activations by state." },
  connections: { label: "state", help: "Connections by state." },
  workers_live: { label: null, help: "Workers seen within a minute." },
  mail_oldest_queued_seconds: { label: null, help: "Age of the oldest queued mail." },
  events_unsent: { label: null, help: "Events that wait to be sent to the engine." },
  event_oldest_unsent_seconds: { label: null, help: "Age of the oldest unsent event." },
};
const QUEUE: Record<string, string> = {
  waiting: "Jobs that are due and not taken.",
  oldest_waiting_seconds: "Age of the oldest job that is due and not taken.",
  executing: "Jobs that are being executed.",
  parked: "Calls that wait for a concurrency slot.",
  scheduled: "Jobs that are due later.",
  running_runs: "Runs of background functions that have not ended.",
  failed_last_day: "Runs that failed within a day.",
};
/** The engine's numbers are open to the operator's scope; they name nobody, and no operator reads them here. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Everything that is counted, in Prometheus' text format. */
export async function readMetrics(database: Database): Promise<string> {
  const figures = await withScope(database, { kind: "auth" }, (tx) =>
    tx.execute<Figure>(sql`select name, label, value from kytkin.figures()`),
  );
  const [queue] = await withScope(database, { kind: "operator", userId: NOBODY }, (tx) =>
    tx.execute<QueueRow>(sql`select * from engine_admin.queue_numbers()`),
  );
  return writeMetrics([...ownMetrics([...figures]), ...queueMetrics(queue ?? {}), ...processMetrics()]);
}

function ownMetrics(figures: Figure[]): Metric[] {
  return Object.entries(FIGURES).map(([name, { label, help }]) => ({
    name: `kytkin_${name}`,
    help,
    samples: figures
      .filter((figure) => figure.name === name)
      .map((figure) => ({ labels: label ? { [label]: figure.label } : {}, value: figure.value })),
  }));
}

function queueMetrics(queue: QueueRow): Metric[] {
  return Object.entries(QUEUE).map(([name, help]) => ({
    name: `kytkin_engine_${name}`,
    help,
    samples: [{ labels: {}, value: Number(queue[name] ?? 0) }],
  }));
}

function processMetrics(): Metric[] {
  const { user, system } = process.cpuUsage();
  const one = (name: string, help: string, value: number, isCounter = false): Metric => ({
    name,
    help,
    isCounter,
    samples: [{ labels: {}, value }],
  });
  return [
    one("process_resident_memory_bytes", "Memory of this web process.", process.memoryUsage.rss()),
    one("process_cpu_seconds_total", "CPU time of this web process.", (user + system) / 1e6, true),
    one("process_uptime_seconds", "Age of this web process.", process.uptime()),
  ];
}
