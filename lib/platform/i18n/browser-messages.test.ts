import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { BROWSER_NAMESPACES, pickBrowserMessages } from "./browser-messages";
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

/** Every file that a bundle of the browser holds: those marked "use client", and all that they import. */
function listBrowserFiles(): Set<string> {
  const tracked = execFileSync("git", ["ls-files", "app", "components"], { cwd: ROOT, encoding: "utf8" });
  const isMarked = (file: string) => /\.tsx?$/.test(file) && read(file).startsWith('"use client"');
  const open = tracked.split("\n").filter((file) => existsSync(join(ROOT, file)) && isMarked(file));
  const found = new Set<string>();
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const source = read(file);
    // What is marked "use server" is called over the network.
    if (found.has(file) || source.startsWith('"use server"')) continue;
    found.add(file);
    for (const [, specifier = ""] of source.matchAll(/^import\s+(?!type\b)[^;]*?from\s+"([^"]+)"/gms)) {
      const imported = resolveImport(file, specifier);
      if (imported !== null) open.push(imported);
    }
  }
  return found;
}

/** The namespaces of a file, or the first parts of its keys where it uses whole ones. */
function listNamespaces(source: string): string[] {
  const named = source.matchAll(/use(?:Translations|VendorWords)\((?:[^()"]*,\s*)?"([^"]+)"/g);
  const isWhole = /useTranslations\(\)/.test(source);
  const keys = isWhole ? source.matchAll(/\bt(?:\.\w+)?\(\s*["`](\w+)\./g) : [];
  return [...named, ...keys].map(([, name = ""]) => name);
}

const files = [...listBrowserFiles()];
const used = [...new Set(files.flatMap((file) => listNamespaces(read(file))))];
const covers = (path: string, namespace: string) => namespace === path || namespace.startsWith(`${path}.`);

test("the search finds components of the browser, and what those import", () => {
  expect(files).toContain("components/flow/status/live-request.tsx");
  expect(files).toContain("components/flow/status/activation-row.tsx");
  expect(files).not.toContain("components/operator/tasks/task-page.tsx");
});

test("whatever a component in the browser says is in the page", () => {
  const missing = used.filter((namespace) => !BROWSER_NAMESPACES.some((path) => covers(path, namespace)));
  expect(missing).toEqual([]);
});

test("nothing is carried to the browser that no component there says", () => {
  // Reached by keys that are put together: use-vendor-words.ts and use-right-words.ts.
  const together = ["rights", "vendors"];
  const unneeded = BROWSER_NAMESPACES.filter(
    (path) => !together.includes(path) && !used.some((name) => covers(path, name) || covers(name, path)),
  );
  expect(unneeded).toEqual([]);
});

test("picks the named paths alone", () => {
  const picked = pickBrowserMessages(getMessages("fi"));
  expect(picked.status).toEqual(getMessages("fi").status);
  expect(picked.operator).toEqual({
    mails: { resend: getMessages("fi").operator.mails.resend },
    nav: getMessages("fi").operator.nav,
    tasks: {
      resolve: getMessages("fi").operator.tasks.resolve,
      retry: getMessages("fi").operator.tasks.retry,
    },
  });
  expect(picked.flowMail).toBeUndefined();
});
