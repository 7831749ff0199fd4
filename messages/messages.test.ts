import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";

type Messages = string | { [key: string]: Messages };

const folder = fileURLToPath(new URL("./", import.meta.url));
const files = readdirSync(`${folder}en`);
const read = (locale: string, file: string): Messages =>
  JSON.parse(readFileSync(`${folder}${locale}/${file}`, "utf8"));

/** Every message by its dotted key. */
function flatten(node: Messages, path: string[] = []): [string, string][] {
  if (typeof node === "string") return [[path.join("."), node]];
  return Object.entries(node).flatMap(([key, child]) => flatten(child, [...path, key]));
}

/** The arguments and rich-text tags of a message, in all of its branches. Throws when it is not ICU. */
function placeholdersOf(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.tag) return [`<${element.value}>`, ...placeholdersOf(element.children)];
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [element.value];
    return [
      element.value,
      ...Object.values(element.options).flatMap((option) => placeholdersOf(option.value)),
    ];
  });
}

const placeholders = (message: string): string[] => [...new Set(placeholdersOf(parse(message)))].sort();

describe.each(["fi", "nb", "sv", "da"])("%s", (locale) => {
  test.each(files)("%s is there and has the keys of the English one", (file) => {
    expect(existsSync(`${folder}${locale}/${file}`)).toBe(true);
    const keys = (of: string) => flatten(read(of, file)).map(([key]) => key);
    expect(keys(locale).sort()).toEqual(keys("en").sort());
  });

  test.each(files)("%s keeps the arguments and tags of each English message", (file) => {
    const english = new Map(flatten(read("en", file)));
    for (const [key, message] of flatten(read(locale, file))) {
      expect(placeholders(message), `${file} ${key}`).toEqual(placeholders(english.get(key) ?? ""));
    }
  });

  test("is another language than English", () => {
    const english = new Map(flatten(read("en", "ui.json")));
    const translated = flatten(read(locale, "ui.json"));
    const same = translated.filter(
      ([key, message]) => message === english.get(key) && /[a-z]{4}/i.test(message),
    );
    expect(same.length / translated.length).toBeLessThan(0.05);
  });
});
