import { cpus, loadavg, totalmem } from "node:os";

/** The machine that a figure is from, and how busy it was with other things. */
export function describeMachine(): string {
  const [first, ...others] = cpus();
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()[0]?.toFixed(1);
  return `${others.length + 1} × ${first?.model.trim()}, ${gigabytes} GB, Node ${process.version}, load before ${load}`;
}
