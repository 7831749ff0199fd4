import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chooseFreePort } from "./process/port";

test("a portal whose port is taken says so in words, without a stack, and ends", async () => {
  const port = await chooseFreePort();
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port, "127.0.0.1", resolve));
  const child = spawn(process.execPath, [join(import.meta.dirname, "start-web.mjs")], {
    env: { NODE_ENV: "production", PORT: String(port), KYTKIN_BIND_HOST: "127.0.0.1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(1);
  expect(output).toMatch(new RegExp(`Port ${port} is taken by another program[\\s\\S]*set PORT`));
  expect(output).not.toMatch(/^\s+at /m);
  await new Promise((resolve) => holder.close(resolve));
});
