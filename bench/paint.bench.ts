import { type Browser, chromium } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BROWSER_FLAGS, getBrowser } from "../e2e/support/browser";
import { describeMachine } from "./machine";
import { percentile } from "./percentile";
import { type ServedPage, servePages } from "./served-pages";

/** A middling phone against the machine at hand. */
const SLOWER = 4;
const ROUNDS = 9;

let served: Awaited<ReturnType<typeof servePages>>;
let browser: Browser;
beforeAll(async () => {
  served = await servePages();
  const { executablePath } = await getBrowser();
  browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
});
afterAll(async () => {
  await browser.close();
  await served.stop();
});

/** `paintMs`: largest contentful paint since the navigation began. Bytes are as they came over the wire. */
type Visit = { paintMs: number; documentBytes: number; scriptBytes: number };

/** The last candidate for the largest paint, and what the page has brought. */
function readVisit(): Promise<Visit> {
  type Resource = PerformanceResourceTiming;
  const sum = (entries: PerformanceEntryList) =>
    entries.reduce((bytes, entry) => bytes + (entry as Resource).encodedBodySize, 0);
  const scripts = performance
    .getEntriesByType("resource")
    .filter(({ name }) => new URL(name).pathname.endsWith(".js"));
  return new Promise((resolve) => {
    new PerformanceObserver((list) =>
      resolve({
        paintMs: list.getEntries().at(-1)?.startTime ?? 0,
        documentBytes: sum(performance.getEntriesByType("navigation")),
        scriptBytes: sum(scripts),
      }),
    ).observe({ type: "largest-contentful-paint", buffered: true });
  });
}

/** A first visit: nothing is cached, the processor is slower. */
async function visit({ url, cookie }: ServedPage): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  try {
    const page = await context.newPage();
    const [name, value] = cookie?.split("=") ?? [];
    if (name && value) await context.addCookies([{ name, value, url }]);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.goto(url, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.ready);
    return await page.evaluate(readVisit);
  } finally {
    await context.close();
  }
}

test("largest contentful paint and bytes of each step at a slower processor", async () => {
  const machine = describeMachine();
  const visits = new Map<string, Visit[]>(served.pages.map(({ name }) => [name, []]));
  // Round by round: what else the machine does meets every page alike.
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const page of served.pages) {
      const found = await visit(page);
      if (round > 0) visits.get(page.name)?.push(found);
    }
  const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1);
  const lines = [...visits].map(([name, found]) => {
    const paints = found.map(({ paintMs }) => paintMs);
    const last = found.at(-1);
    return `| ${name} | ${percentile(paints, 50).toFixed(0)} / ${percentile(paints, 75).toFixed(0)} ms | ${kilobytes(last?.documentBytes ?? 0)} | ${kilobytes(last?.scriptBytes ?? 0)} |`;
  });
  const head = `| page | LCP at ${SLOWER} × slower, median / 75th percentile | document, KB | scripts, KB |`;
  console.log([machine, head, ...lines].join("\n"));
  for (const found of visits.values()) expect(found).toHaveLength(ROUNDS);
});
