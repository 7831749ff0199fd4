import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import type { RequestView } from "@/lib/activation/request/schema";
import { waitFor } from "@/testing/wait-for";
import { type FeedState, followRequest, isFinal } from "./request-feed";
import { aRequest, aSettledRequest } from "./request-view.fixture";

/** A real server for one test. Node has no EventSource, as a browser behind a proxy that blocks it: the feed polls. */
async function follow(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const views: RequestView[] = [];
  const states: FeedState[] = [];
  const stop = followRequest(
    `http://127.0.0.1:${port}/api/requests/1`,
    { onView: (view) => views.push(view), onState: (state) => states.push(state) },
    5,
  );
  onTestFinished(async () => {
    stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { views, states, stop };
}

/** A promise and what fulfils it. */
function signal() {
  let resolve = () => {};
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

const waiting = aRequest();
const settled = aSettledRequest(["active"]);

test("it asks until all is settled and told, then stops", async () => {
  const answers = [waiting, waiting, settled];
  let asked = 0;
  const { views, states } = await follow((_, response) => response.end(JSON.stringify(answers[asked++])));
  await waitFor(() => expect(states.at(-1)).toBe("ended"));
  expect(views.map((view) => view.state)).toEqual(["awaiting_partner", "awaiting_partner", "settled"]);
  expect(asked).toBe(3);
});

test.each([401, 403, 404])("a %i means that we are signed out: it stops and says so", async (status) => {
  let asked = 0;
  const { states, views } = await follow((_, response) => {
    asked++;
    response.writeHead(status).end();
  });
  await waitFor(() => expect(states).toEqual(["signed_out"]));
  expect(views).toEqual([]);
  expect(asked).toBe(1);
});

test("a server that fails is asked again, and what it says then is shown", async () => {
  let asked = 0;
  const { states, views } = await follow((_, response) => {
    if (asked++ === 0) response.writeHead(503).end();
    else response.end(JSON.stringify(settled));
  });
  await waitFor(() => expect(states.at(-1)).toBe("ended"));
  expect(states[0]).toBe("reconnecting");
  expect(views).toHaveLength(1);
});

test("a connection that is cut is asked again", async () => {
  let asked = 0;
  const { states } = await follow((_, response) => {
    if (asked++ === 0) response.destroy();
    else response.end(JSON.stringify(settled));
  });
  await waitFor(() => expect(states.at(-1)).toBe("ended"));
  expect(states[0]).toBe("reconnecting");
});

test("nothing is told any more after it was stopped", async () => {
  const asked = signal();
  const hungUp = signal();
  const { states, views, stop } = await follow((_, response) => {
    response.once("close", hungUp.resolve);
    asked.resolve();
  });
  await asked.promise;
  stop();
  await hungUp.promise;
  expect({ states, views }).toEqual({ states: [], views: [] });
});

test("a settled request goes on until its e-mail is out", () => {
  expect(isFinal(settled)).toBe(true);
  expect(isFinal({ ...settled, mail: "delayed" })).toBe(false);
  expect(isFinal(waiting)).toBe(false);
});

test("a stream that breaks off is asked instead until the server answers, and then streamed again", async () => {
  const sources: FakeStream[] = [];
  class FakeStream extends EventTarget {
    static readonly CLOSED = 2;
    readyState = 0;
    constructor() {
      super();
      sources.push(this);
    }
    close = () => {};
    open() {
      this.dispatchEvent(new Event("open"));
    }
    breakOff() {
      this.readyState = FakeStream.CLOSED;
      this.dispatchEvent(new Event("error"));
    }
  }
  vi.stubGlobal("EventSource", FakeStream);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  let isDown = false;
  const { states } = await follow((_, response) => {
    if (isDown) response.writeHead(503).end();
    else response.end(JSON.stringify(waiting));
  });
  await waitFor(() => expect(sources).toHaveLength(1));
  sources[0]?.open();
  isDown = true;
  sources[0]?.breakOff();
  await waitFor(() => expect(states).toContain("reconnecting"));
  expect(sources).toHaveLength(1);
  isDown = false;
  await waitFor(() => expect(sources).toHaveLength(2));
  sources[1]?.open();
  expect(states.at(-1)).toBe("live");
});
