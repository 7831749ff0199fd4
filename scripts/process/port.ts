import { createServer } from "node:net";
import { ExplainedError } from "./explained-error";
import { describePortOwner } from "./port-owner";
import { waitUntil } from "./wait-until";

/** Both families: a browser that is told `localhost` tries each. */
const LOOPBACKS = ["127.0.0.1", "::1"];
const MISSING_FAMILY = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT"]);

async function canListen(port: number, host: string): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ port, host, exclusive: true }, resolve);
    });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== undefined && MISSING_FAMILY.has(code);
  } finally {
    server.close();
  }
}

export async function isPortFree(port: number): Promise<boolean> {
  for (const host of LOOPBACKS) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

/** A process that was just ended may hold its port for a moment. */
const RELEASE_TIMEOUT_MS = 3_000;

/** Says which of the ports another program holds, and which program; null when all are free. */
export async function describeTakenPort(ports: readonly number[]): Promise<string | null> {
  for (const port of ports) {
    if (await waitUntil(() => isPortFree(port), RELEASE_TIMEOUT_MS)) continue;
    const owner = describePortOwner(port);
    return `port ${port} is taken${owner ? ` by ${owner}` : ""}`;
  }
  return null;
}

/** Any free port, chosen by the system. */
export async function chooseFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string")
    throw new ExplainedError("The system gave no free port.");
  return address.port;
}
