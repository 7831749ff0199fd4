import type { Sql } from "postgres";
import type { Define } from "@/inngest/engine/test-engine";

/** What every execution of a step leaves: who did it, and the token that is the step's result. */
export async function createExecutions(sql: Sql): Promise<void> {
  await sql`CREATE TABLE executions (number integer, step text, token uuid PRIMARY KEY, pid integer)`;
}

/** A run of six steps, two of them in parallel, with sleeps and a wait; its result is the six tokens. */
export function sixSteps(sql: Sql): Define {
  return (inngest) => [
    inngest.createFunction({ id: "six", triggers: { event: "six" }, retries: 3 }, async ({ event, step }) => {
      const { number, nap } = event.data;
      const record = async (name: string) => {
        const token = crypto.randomUUID();
        await sql`INSERT INTO executions VALUES (${number}, ${name}, ${token}, ${process.pid})`;
        return token;
      };
      const a = await step.run("a", () => record("a"));
      await step.sleep("nap", nap);
      const [b, c] = await Promise.all(["b", "c"].map((name) => step.run(name, () => record(name))));
      const go = step.waitForEvent("go", { event: "six/go", match: "data.number", timeout: "10m" });
      const d = await step.run("d", async () => {
        await inngest.send({ id: `go-${number}`, name: "six/go", data: { number } });
        return record("d");
      });
      const heard = await go;
      const e = await step.run("e", () => record("e"));
      await step.sleep("nap again", nap);
      const f = await step.run("f", () => record("f"));
      return { heard: heard !== null, tokens: [a, b, c, d, e, f] };
    }),
  ];
}
