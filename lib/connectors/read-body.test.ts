import { expect, test } from "vitest";
import { readBody } from "./read-body";

test("a body is read whole, across characters that are cut between chunks", async () => {
  const bytes = new TextEncoder().encode("åäö");
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await readBody(new Response(stream))).toBe("åäö");
  expect(await readBody(new Response(null))).toBe("");
});

test("one that goes on for ever is left, and its download ended", async () => {
  let sent = 0;
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1000;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel() {
      isCancelled = true;
    },
  });
  expect(await readBody(new Response(stream), 5000)).toBeNull();
  expect(isCancelled).toBe(true);
  expect(sent).toBeLessThan(10_000);
});

test("one that says that it is too large is not begun", async () => {
  const headers = { "content-length": "999" };
  expect(await readBody(new Response("x".repeat(10), { headers }), 100)).toBeNull();
});
