import { ensureBuilt } from "./start/build";
import { listPrograms, removeBundles } from "./start/bundle";

/** What production runs: the web app in `.next`, every other program as one file in `dist`. `npm run build` checks the types before. */
await removeBundles();
const didBuild = await ensureBuilt();
console.log(
  `${didBuild ? "The web app is built" : "The web app was built of these sources already"}; dist/ holds ${listPrograms().length} programs.`,
);
