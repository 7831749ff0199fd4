import { afterAll, beforeAll, expect, test } from "vitest";
import { type Measured, putLoad, putLoadInTurn } from "./load";
import { describeMachine } from "./machine";
import { percentile } from "./percentile";
import { type ServedPage, servePages } from "./served-pages";

/** Below the rate at which one process no longer keeps up. */
const PER_SECOND = 20;
const AT_ONCE = 8;
const SECONDS = 6;
const WARM_UP = { perSecond: 20, seconds: 2 };

let served: Awaited<ReturnType<typeof servePages>>;
beforeAll(async () => {
  served = await servePages();
});
afterAll(() => served.stop());

const describeFailures = ({ failures }: Measured) =>
  Object.entries(failures)
    .map(([reason, count]) => `, ${count} × ${reason}`)
    .join("");

async function measure({ url, cookie }: ServedPage) {
  await putLoad({ url, cookie, ...WARM_UP });
  const even = await putLoad({ url, cookie, perSecond: PER_SECOND, seconds: SECONDS });
  const closed = await putLoadInTurn({ url, cookie, atOnce: AT_ONCE, seconds: SECONDS });
  return { even, closed, perSecond: closed.firstByteMs.length / SECONDS };
}

test("time to first byte of each step, and how many of it one process makes a second", async () => {
  const machine = describeMachine();
  const [bare, ...pages] = served.pages;
  if (!bare) throw new Error("no bare page to compare with");
  const lines: string[] = [];
  let bareRate = 0;
  for (const page of [bare, ...pages]) {
    const { even, closed, perSecond } = await measure(page);
    bareRate ||= perSecond;
    const [median, slow] = [percentile(even.firstByteMs, 50), percentile(even.firstByteMs, 95)];
    lines.push(
      `| ${page.name} | ${median.toFixed(0)} / ${slow.toFixed(0)} ms${describeFailures(even)} | ${perSecond.toFixed(0)}${describeFailures(closed)} | ${(perSecond / bareRate).toFixed(2)} |`,
    );
  }
  const head = `| page | ${PER_SECOND} a second, median / 95th percentile | ${AT_ONCE} at once: a second | of the bare page |`;
  console.log([machine, head, ...lines].join("\n"));
  expect(lines).toHaveLength(served.pages.length);
});
