import { getBrowser } from "../../e2e/support/browser";
import { describeFailure } from "../process/explained-error";
import { describeHome } from "../start/home";
import { Product } from "../start/product";
import { removeHome } from "../start/remove-home";
import { runPlaywright } from "./runners";
import type { Outcome } from "./tally";

const HOME = ".kytkin-test";
/** Away from those that `npm start` prefers: both may run at once. */
const FIRST_PORT = 4400;

/** What the product's parts said and how the product ended, for telling after a failure. */
type Chronicle = { said: string[]; hasGivenUp: boolean };

async function runAgainst(product: Product, chronicle: Chronicle, reportFile: string, signal: AbortSignal) {
  const { executablePath } = await getBrowser();
  try {
    await product.start();
    const env = { KYTKIN_HOME: HOME, KYTKIN_BROWSER: executablePath };
    const outcome = await runPlaywright({ reportFile, env, signal });
    return chronicle.hasGivenUp ? { ...outcome, failed: outcome.failed + 1 } : outcome;
  } finally {
    await product.stop();
  }
}

/**
 * Journeys in a real browser, against the product as `npm start` runs it, on a database of its own. What it leaves is
 * removed after success, and kept for a look after a failure.
 */
export async function runBrowserTests(reportFile: string, signal: AbortSignal): Promise<Outcome> {
  const home = describeHome(HOME);
  await removeHome(home);
  // The stand-in is done within milliseconds: what a lost answer came to is seen as soon.
  process.env.KYTKIN_VENDOR_ANSWER_WITHIN_MS ??= "3000";
  const chronicle: Chronicle = { said: [], hasGivenUp: false };
  const product = new Product({
    home,
    // Limits count addresses: each browser of a test says that it has one of its own.
    env: { KYTKIN_TRUSTED_PROXIES: "1" },
    firstPort: FIRST_PORT,
    isDurable: false,
    say: (words) => chronicle.said.push(words),
    onGiveUp: (error) => {
      chronicle.hasGivenUp = true;
      chronicle.said.push(describeFailure(error));
    },
  });
  signal.addEventListener("abort", () => product.kill(), { once: true });
  const outcome = await runAgainst(product, chronicle, reportFile, signal);
  if (outcome.failed === 0) await removeHome(home);
  return { ...outcome, output: [...chronicle.said, `Logs: ${home.logs}`, outcome.output].join("\n") };
}
