import type { GetStepTools } from "inngest";
import type { Sql } from "postgres";
import type { Define, TestClient } from "@/inngest/engine/test-engine";

/** What every execution of a step leaves: who did it, and the token that is the step's result. */
export async function createExecutions(sql: Sql): Promise<void> {
  await sql`CREATE TABLE executions (number integer, step text, token uuid PRIMARY KEY, pid integer)`;
}

/** Functions by their number of steps, and how many tokens each results in. */
export const TOKENS = { six: 4, nine: 6 };
export type RecordingFunction = keyof typeof TOKENS;

/** What a run is started with: its number, and how long it sleeps. */
export type Work = { number: number; nap: string };

/** Functions that run steps one by one and in parallel, sleep and wait; they return whether they heard, and the tokens. */
export function recordingFunctions(sql: Sql): Define {
  return (inngest) => {
    const tools = (step: GetStepTools<TestClient>, work: Work) => {
      const record = async (name: string) => {
        const token = crypto.randomUUID();
        await sql`INSERT INTO executions VALUES (${work.number}, ${name}, ${token}, ${process.pid})`;
        return token;
      };
      return {
        run: (name: string) => step.run(name, () => record(name)),
        nap: (name: string) => step.sleep(name, work.nap),
        hear: () => step.waitForEvent("go", { event: "go", match: "data.number", timeout: "10m" }),
        runAndSend: (name: string) =>
          step.run(name, async () => {
            await inngest.send({ id: `go-${work.number}`, name: "go", data: { number: work.number } });
            return record(name);
          }),
      };
    };

    const six = async ({ run, nap, hear, runAndSend }: ReturnType<typeof tools>) => {
      const a = await run("a");
      await nap("nap");
      const [go, b, c] = await Promise.all([hear(), run("b"), runAndSend("c")]);
      return { heard: go !== null, tokens: [a, b, c, await run("d")] };
    };

    const nine = async ({ run, nap, hear, runAndSend }: ReturnType<typeof tools>) => {
      const a = await run("a");
      await nap("nap");
      const [b, c] = await Promise.all([run("b"), run("c")]);
      const go = hear();
      const d = await runAndSend("d");
      const heard = (await go) !== null;
      const e = await run("e");
      await nap("nap again");
      return { heard, tokens: [a, b, c, d, e, await run("f")] };
    };

    return Object.entries({ six, nine }).map(([id, work]) =>
      inngest.createFunction({ id, triggers: { event: id }, retries: 3 }, ({ event, step }) =>
        work(tools(step, { number: event.data.number, nap: event.data.nap })),
      ),
    );
  };
}
