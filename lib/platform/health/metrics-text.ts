export type Metric = {
  name: string;
  help: string;
  /** Only ever grows; a gauge otherwise. */
  isCounter?: boolean;
  samples: { labels: Record<string, string>; value: number }[];
};

const escapeLabel = (value: string): string =>
  value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

function writeLabels(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

/** Prometheus' text exposition format, version 0.0.4. */
export function writeMetrics(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, help, isCounter, samples }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${isCounter ? "counter" : "gauge"}`,
    ...samples.map(({ labels, value }) => `${name}${writeLabels(labels)} ${value}`),
  ]);
  return `${lines.join("\n")}\n`;
}
