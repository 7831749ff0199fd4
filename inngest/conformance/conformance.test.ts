import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CASES } from "./cases";
import { startOnEngine } from "./engine-runner";
import { Observations } from "./observe";
import { type Runner, stageOf } from "./runner";
import { SERVER_URL, startOnServer } from "./server-runner";

const SERVER_TIMEOUT_MS = 300_000;

function conforms(start: (observations: Observations) => Promise<Runner>): void {
  const observations = new Observations();
  let runner: Runner;
  beforeAll(async () => {
    runner = await start(observations);
  });
  afterAll(() => runner?.stop());
  for (const subject of CASES) {
    test(subject.says, () => subject.act(stageOf(subject, runner, observations)));
  }
}

describe("on the embedded engine", () => conforms(startOnEngine));

test("a real Inngest server is given, or the same cases are left out there", () => {
  if (!SERVER_URL) process.stderr.write("Inngest server left out: INNGEST_SERVER_URL is not set\n");
  expect(SERVER_URL === undefined || URL.canParse(SERVER_URL)).toBe(true);
});

describe.runIf(SERVER_URL)("on a real Inngest server", { timeout: SERVER_TIMEOUT_MS }, () =>
  conforms(startOnServer),
);
