import { existsSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { describeFailure } from "../process/explained-error";
import { describeHome } from "../start/home";
import { planRemoval, type Removal, removeHome } from "../start/remove-home";

const home = describeHome(process.env.KYTKIN_HOME || ".kytkin");

function describeRemoval({ folders, left }: Removal): string {
  const lines = [
    "This is removed, with the database, the secrets and the mail in it:",
    ...folders.map((folder) => `  ${folder}`),
    ...(left.length > 0 ? ["This stays:", ...left.map((words) => `  ${words}`)] : []),
  ];
  return lines.join("\n");
}

async function isSure(): Promise<boolean> {
  if (process.argv.includes("--yes")) return true;
  if (!process.stdin.isTTY) {
    console.error("Nobody is here to answer; `npm run reset -- --yes` removes without asking.");
    return false;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question("Remove it? [y/N] ");
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function reset(): Promise<number> {
  if (!existsSync(home.directory)) {
    console.log("There is nothing to remove.");
    return 0;
  }
  console.log(describeRemoval(planRemoval(home)));
  if (!(await isSure())) {
    console.log("Nothing was removed.");
    return 1;
  }
  await removeHome(home);
  console.log("Removed. The next `npm start` begins anew.");
  return 0;
}

try {
  process.exitCode = await reset();
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}
