import { describeFailure } from "../process/explained-error";
import { describeHome } from "./home";
import { Product } from "./product";
import { onStopRequest } from "./stop-request";
import { printWelcome } from "./welcome";

const FIRST_PORT = 4300;

const startedAt = Date.now();
const say = (words: string) => console.log(words);

async function endWith(code: number): Promise<never> {
  await product.stop();
  say("Stopped.");
  process.exit(code);
}

const product = new Product({
  home: describeHome(process.env.KYTKIN_HOME || ".kytkin"),
  env: process.env,
  firstPort: FIRST_PORT,
  isDurable: true,
  hasSample: process.env.KYTKIN_SAMPLE !== "0",
  say,
  onGiveUp: (error) => {
    console.error(describeFailure(error));
    void endWith(1);
  },
});

let isStopping = false;
onStopRequest({
  first: () => {
    isStopping = true;
    say("\nStopping. Ctrl-C again ends everything at once.");
    void endWith(0);
  },
  second: () => {
    product.kill();
    process.exit(130);
  },
});

say("Starting Kytkin.");
try {
  printWelcome(await product.start(), Date.now() - startedAt);
} catch (error) {
  // Whatever fails while everything is being stopped fails because of that.
  if (!isStopping) {
    console.error(`\n${describeFailure(error)}`);
    process.exit(1);
  }
}
