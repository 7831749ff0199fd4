import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

export type Load = { url: string; cookie?: string; perSecond: number; seconds: number };
/** `failures`: how many requests failed, by reason. */
export type Measured = { firstByteMs: number[]; failures: Record<string, number> };

/**
 * Asks for a page at an even rate, whether or not the answers keep up, and measures from when each request was due to the
 * first byte of its answer. An answer that is not 200 is a failure.
 */
export async function putLoad({ url, cookie, perSecond, seconds }: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
  const measured: Measured = { firstByteMs: [], failures: {} };
  const startedAt = performance.now();
  const running: Promise<void>[] = [];
  for (let position = 0; position < perSecond * seconds; position += 1) {
    const dueAt = startedAt + (position * 1000) / perSecond;
    const earlyMs = dueAt - performance.now();
    if (earlyMs > 0) await delay(earlyMs);
    running.push(
      askOnce(agent, url, cookie).then(
        (at) => void measured.firstByteMs.push(at - dueAt),
        (error: Error) => countFailure(measured, error),
      ),
    );
  }
  await Promise.all(running);
  agent.destroy();
  return measured;
}

/** Asks for a page from `atOnce` callers, each of which asks again as soon as its answer has come. */
export async function putLoadInTurn({
  url,
  cookie,
  atOnce,
  seconds,
}: Omit<Load, "perSecond"> & { atOnce: number }): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const measured: Measured = { firstByteMs: [], failures: {} };
  const endsAt = performance.now() + seconds * 1000;
  const askInTurn = async () => {
    while (performance.now() < endsAt) {
      const askedAt = performance.now();
      await askOnce(agent, url, cookie).then(
        (at) => void measured.firstByteMs.push(at - askedAt),
        (error: Error) => countFailure(measured, error),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askInTurn));
  agent.destroy();
  return measured;
}

function countFailure({ failures }: Measured, { message }: Error): void {
  failures[message] = (failures[message] ?? 0) + 1;
}

/** When the first byte came; the rest is read to its end. */
function askOnce(agent: Agent, url: string, cookie: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "accept-encoding": "gzip, br", ...(cookie === undefined ? {} : { cookie }) };
    const asking = request(url, { agent, headers }, (response) => {
      const firstByteAt = performance.now();
      response.resume();
      response.once("end", () =>
        response.statusCode === 200 ? resolve(firstByteAt) : reject(new Error(String(response.statusCode))),
      );
      response.once("error", reject);
    });
    asking.once("error", reject);
    asking.end();
  });
}
