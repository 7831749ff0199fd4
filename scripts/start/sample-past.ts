import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Sql } from "postgres";
import { z } from "zod";
import type { Sample } from "../guide/page";
import { PEOPLE } from "../guide/people";
import { ExplainedError } from "../process/explained-error";
import { runNode, typeScriptArgs } from "../process/run-command";
import { describeEnvironments, type Installation } from "./environment";
import { logFile, ROOT, readJson, writeJson } from "./home";

/** `completedAt` is null while it is made, and after a start that was stopped at it. */
const markSchema = z.object({ begunAt: z.iso.datetime(), completedAt: z.iso.datetime().nullable() });
const madeSchema = z.object({ requests: z.number(), connected: z.number(), seconds: z.number() });

/** The sample's past of a home: made once, by a program of its own beside the running product. */
export class SamplePast {
  private isMaking = false;

  constructor(
    private readonly installation: Installation,
    private readonly isWanted: boolean,
  ) {}

  /** Gives what is to be said of it; "" when there is nothing to do. What a stopped start left unfinished stays as it is. */
  async make(signal: AbortSignal): Promise<string> {
    if (!this.isWanted || this.readMark() !== null) return "";
    const begunAt = new Date().toISOString();
    this.isMaking = true;
    try {
      await mkdir(this.installation.home.sandbox, { recursive: true });
      await this.mark({ begunAt, completedAt: null });
      const { requests, connected, seconds } = await this.run(signal);
      await this.mark({ begunAt, completedAt: new Date().toISOString() });
      return `The sample is complete after ${seconds.toFixed(1)} s: ${requests} requests, ${connected} companies of an accountant.`;
    } catch (error) {
      if (signal.aborted) return "";
      throw error;
    } finally {
      this.isMaking = false;
    }
  }

  async read(sql: Sql): Promise<Sample> {
    const mark = this.readMark();
    if (mark === null) return { state: "off" };
    if (mark.completedAt !== null) return { state: "complete", since: new Date(mark.completedAt) };
    if (!this.isMaking) return { state: "failed" };
    const [row] = await sql<{ connected: number }[]>`
      select count(*)::int as connected from connections c
      join memberships m on m.account_id = c.account_id join users u on u.id = m.user_id
      where u.email = ${PEOPLE.office.email}`;
    return { state: "making", connected: row?.connected ?? 0 };
  }

  private async run(signal: AbortSignal): Promise<z.infer<typeof madeSchema>> {
    const { code, stdout, stderr } = await runNode({
      args: typeScriptArgs(join(ROOT, "scripts/seed-sample.ts")),
      cwd: ROOT,
      env: describeEnvironments(this.installation).sample,
      signal,
    });
    const log = logFile(this.installation.home, "sample");
    await appendFile(log, stdout + stderr, { mode: 0o600 });
    if (code !== 0)
      throw new ExplainedError(`The sample could not be completed; the product runs without it. See ${log}.`);
    return madeSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
  }

  private get file(): string {
    return join(this.installation.home.sandbox, "sample.json");
  }

  private readMark(): z.infer<typeof markSchema> | null {
    return markSchema.nullable().parse(readJson(this.file));
  }

  private async mark(value: z.infer<typeof markSchema>): Promise<void> {
    await writeJson(this.file, value);
  }
}
