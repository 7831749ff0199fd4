import { z } from "zod";
import { ExplainedError } from "../process/explained-error";
import { isPortFree } from "../process/port";
import { describePortOwner } from "../process/port-owner";

const PORT_VARIABLES = {
  portal: "KYTKIN_PORT",
  gateway: "KYTKIN_GATEWAY_PORT",
  sandbox: "KYTKIN_SANDBOX_PORT",
  procountor: "KYTKIN_SANDBOX_PROCOUNTOR_PORT",
  poweroffice: "KYTKIN_SANDBOX_POWEROFFICE_PORT",
  superoffice: "KYTKIN_SANDBOX_SUPEROFFICE_PORT",
  mail: "KYTKIN_MAIL_PORT",
  smtp: "KYTKIN_SMTP_PORT",
  sftp: "KYTKIN_SFTP_PORT",
  guide: "KYTKIN_GUIDE_PORT",
  postgres: "KYTKIN_POSTGRES_PORT",
} as const;

type PortName = keyof typeof PORT_VARIABLES;
export type Variables = Readonly<Record<string, string | undefined>>;
export type Ports = Record<PortName, number>;

const NAMES = Object.keys(PORT_VARIABLES) as PortName[];
const HIGHEST = 65_535;

const keptSchema = z.partialRecord(z.enum(NAMES), z.int().min(1).max(HIGHEST));
export type KeptPorts = z.infer<typeof keptSchema>;

export function parseKeptPorts(json: unknown, file: string): KeptPorts {
  const parsed = keptSchema.safeParse(json ?? {});
  if (parsed.success) return parsed.data;
  throw new ExplainedError(`${file} is damaged. Delete it, and new ports are chosen.`);
}

function readGiven(env: Variables, name: PortName): number | null {
  const text = env[PORT_VARIABLES[name]];
  if (text === undefined || text === "") return null;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= HIGHEST) return port;
  throw new ExplainedError(
    `${PORT_VARIABLES[name]} is "${text}"; a port is a whole number from 1 to ${HIGHEST}.`,
  );
}

async function requireFree(name: PortName, port: number, advice: string): Promise<void> {
  if (await isPortFree(port)) return;
  const owner = describePortOwner(port);
  throw new ExplainedError(`Port ${port} (${name}) is taken${owner ? ` by ${owner}` : ""}. ${advice}`);
}

async function chooseNext(from: number, taken: ReadonlySet<number>): Promise<number> {
  for (let port = from; port <= HIGHEST; port += 1) {
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new ExplainedError(`No port from ${from} up is free.`);
}

export type PortSources = {
  env: Variables;
  kept: KeptPorts;
  keptFile: string;
  /** Where the search for free ports begins. */
  firstPort: number;
};

/**
 * Settles every port before anything starts: given in the environment, else kept from an earlier start, else the next
 * free one. `kept` of the result is to be written down for later starts. Throws in words when a port cannot be had.
 */
export async function settlePorts({
  env,
  kept,
  keptFile,
  firstPort,
}: PortSources): Promise<{ ports: Ports; kept: KeptPorts }> {
  const settled = new Map<PortName, number>();
  for (const name of NAMES) {
    const given = readGiven(env, name);
    if (given === null) continue;
    if ([...settled.values()].includes(given))
      throw new ExplainedError(`Port ${given} is given twice in the environment.`);
    await requireFree(name, given, `Stop it, or set ${PORT_VARIABLES[name]} to another port.`);
    settled.set(name, given);
  }
  const chosen: KeptPorts = { ...kept };
  for (const name of NAMES) {
    if (settled.has(name)) continue;
    const taken = new Set(settled.values());
    const keptPort = kept[name];
    if (keptPort !== undefined && !taken.has(keptPort)) {
      await requireFree(
        name,
        keptPort,
        `It was chosen at an earlier start. Stop what holds it, set ${PORT_VARIABLES[name]}, or delete ${keptFile} to choose new ports.`,
      );
      settled.set(name, keptPort);
    } else {
      const port = await chooseNext(firstPort, new Set([...taken, ...Object.values(kept)]));
      settled.set(name, port);
      chosen[name] = port;
    }
  }
  return { ports: Object.fromEntries(settled) as Ports, kept: chosen };
}
