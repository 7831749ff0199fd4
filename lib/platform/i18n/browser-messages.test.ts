import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { BROWSER_WORDS, type PageFolder, pickBrowserMessages } from "./browser-messages";
import { getMessages } from "./messages";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

function resolveImport(from: string, specifier: string): string | null {
  const path = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? join(dirname(from), specifier)
      : null;
  if (path === null) return null;
  const candidates = ["", ".ts", ".tsx", "/index.ts", "/index.tsx"].map((ending) => `${path}${ending}`);
  return (
    candidates.find((file) => existsSync(join(ROOT, file)) && statSync(join(ROOT, file)).isFile()) ?? null
  );
}

const PAGES = /(?:page|layout|error|not-found|template)\.tsx$/;

/**
 * Every file that the browser gets for these pages: those marked "use client" among all that they import, and what those
 * import in turn.
 */
function listBrowserFiles(pages: readonly string[]): string[] {
  const open = pages.map((file) => ({ file, isOfBrowser: false }));
  const found = new Map<string, boolean>();
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const source = read(one.file);
    // What is marked "use server" is called over the network.
    if (source.startsWith('"use server"')) continue;
    const isOfBrowser = one.isOfBrowser || source.startsWith('"use client"');
    if (found.get(one.file) || (found.has(one.file) && !isOfBrowser)) continue;
    found.set(one.file, isOfBrowser);
    for (const [, specifier = ""] of source.matchAll(
      /^(?:import|export)\s+(?!type\b)[^;]*?from\s+"([^"]+)"/gms,
    )) {
      const file = resolveImport(one.file, specifier);
      if (file !== null && /\.tsx?$/.test(file)) open.push({ file, isOfBrowser });
    }
  }
  return [...found].filter(([, isOfBrowser]) => isOfBrowser).map(([file]) => file);
}

/** The namespaces of a file, or the first parts of its keys where it uses whole ones. */
function listNamespaces(source: string): string[] {
  const named = source.matchAll(/use(?:Translations|VendorWords)\((?:[^()"]*,\s*)?"([^"]+)"/g);
  const isWhole = /useTranslations\(\)/.test(source);
  const keys = isWhole ? source.matchAll(/\bt(?:\.\w+)?\(\s*["`](\w+)\./g) : [];
  return [...named, ...keys].map(([, name = ""]) => name);
}

const pages = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "app"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => PAGES.test(file) && existsSync(join(ROOT, file)));
/** The editor of specifications says more than the rest of the console together. */
const folderOf = (file: string): string =>
  file.includes("/integrations/[integration]/edit/")
    ? "editor"
    : (/^app\/\(portal\)\/([^/]+)\//.exec(file)?.[1] ?? "");
const folders = [...new Set(pages.map(folderOf))];
const isFolder = (folder: string): folder is PageFolder => folder in BROWSER_WORDS;
/** What the browser says itself on the pages of a folder. */
const saidIn = (folder: string): string[] => {
  const files = listBrowserFiles(pages.filter((file) => folderOf(file) === folder));
  return [...new Set(files.flatMap((file) => listNamespaces(read(file))))];
};
const covers = (path: string, namespace: string) => namespace === path || namespace.startsWith(`${path}.`);
/** Reached by keys that are put together, in use-right-words.ts, use-entity-words.ts and import-form.tsx. */
const TOGETHER: readonly string[] = ["causes", "entities", "rights"];

test("the search finds components of the browser, and what those import", () => {
  const files = listBrowserFiles(pages);
  expect(files).toContain("components/flow/status/live-request.tsx");
  expect(files).toContain("components/flow/status/activation-row.tsx");
  expect(files).not.toContain("components/operator/tasks/task-page.tsx");
});

test.each(folders)("whatever a component in the browser says is in the pages of %s", (folder) => {
  const carried = ["errors", "ui", ...(isFolder(folder) ? BROWSER_WORDS[folder] : [])];
  expect(saidIn(folder).filter((name) => !carried.some((path) => covers(path, name)))).toEqual([]);
});

test.each(Object.keys(BROWSER_WORDS).filter(isFolder))(
  "%s carries nothing that no component there says",
  (folder) => {
    const said = saidIn(folder);
    const unneeded = BROWSER_WORDS[folder].filter(
      (path) => !TOGETHER.includes(path) && !said.some((name) => covers(path, name) || covers(name, path)),
    );
    expect(unneeded).toEqual([]);
  },
);

test.each(Object.keys(BROWSER_WORDS).filter(isFolder))("the pages of %s are given their words", (folder) => {
  const layouts = pages.filter((file) => folderOf(file) === folder && file.endsWith("layout.tsx"));
  expect(layouts.some((file) => new RegExp(`of="${folder}"|, "${folder}"\\)`).test(read(file)))).toBe(true);
});

test("picks the named paths alone, with the vendors' own versions", () => {
  const messages = getMessages("fi");
  expect(pickBrowserMessages(messages, "operator").operator).toEqual({
    mails: { resend: messages.operator.mails.resend },
    nav: messages.operator.nav,
    tasks: { resolve: messages.operator.tasks.resolve, retry: messages.operator.tasks.retry },
  });
  const picked = pickBrowserMessages(messages, "requests");
  expect(picked.status).toEqual(messages.status);
  expect(picked.flowMail).toBeUndefined();
  expect(picked.vendors).toMatchObject({
    superoffice: { failures: messages.vendors.superoffice.failures },
  });
  expect(pickBrowserMessages(messages).status).toBeUndefined();
});
