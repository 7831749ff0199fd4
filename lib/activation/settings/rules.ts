import type { Setting, ShownContent } from "@/lib/catalogue/integration/schema";
import { cleanLine, lengthOf } from "@/lib/core/outside-text";
import type { ChosenSetting, SettingProblem, SettingValue, SettingValues } from "./schema";

/** What a form sent, by the names of its controls. */
export type GivenSettings = Record<string, string>;
export type ReadSettings =
  | { ok: true; values: SettingValues }
  | { ok: false; problems: Record<string, SettingProblem> };

type Reading = { value: SettingValue } | { problem: SettingProblem };

/** Names of the two controls of a range. */
export const rangeNames = (name: string) => ({ from: `${name}.from`, to: `${name}.to` });

const HIGHEST_NUMBER = 999_999_999;

function readWhole(text: string): number | null {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}

function readNumber(text: string, { min, max, required }: Extract<Setting, { type: "number" }>): Reading {
  if (text === "") return required ? { problem: "required" } : { value: null };
  const value = readWhole(text);
  if (value === null) return { problem: "number" };
  return value < min || value > max ? { problem: "out_of_bounds" } : { value };
}

function readRange(setting: Setting & { type: "number_range" }, textOf: (name: string) => string): Reading {
  const names = rangeNames(setting.name);
  const texts = [textOf(names.from), textOf(names.to)];
  if (texts.every((text) => text === "")) return setting.required ? { problem: "required" } : { value: null };
  const [from, to] = texts.map(readWhole);
  if (typeof from !== "number" || typeof to !== "number") return { problem: "range" };
  return from < 1 || to < from || to > HIGHEST_NUMBER ? { problem: "range" } : { value: { from, to } };
}

function readSetting(setting: Setting, textOf: (name: string) => string): Reading {
  const text = textOf(setting.name);
  switch (setting.type) {
    case "choice":
      return setting.choices.some(({ value }) => value === text) ? { value: text } : { problem: "choice" };
    case "switch":
      return { value: text === "on" };
    case "number":
      return readNumber(text, setting);
    case "text":
      if (text === "") return setting.required ? { problem: "required" } : { value: null };
      return lengthOf(text) > setting.maxLength ? { problem: "too_long" } : { value: text };
    case "number_range":
      return readRange(setting, textOf);
  }
}

/** The values that a form sent, or what is wrong with each. */
export function readSettings(settings: readonly Setting[], given: GivenSettings): ReadSettings {
  const textOf = (name: string) => cleanLine(given[name] ?? "");
  const readings = settings.map((setting) => [setting.name, readSetting(setting, textOf)] as const);
  const problems = readings.flatMap(([name, reading]) =>
    "problem" in reading ? [[name, reading.problem] as const] : [],
  );
  if (problems.length > 0) return { ok: false, problems: Object.fromEntries(problems) };
  const values = readings.flatMap(([name, reading]) =>
    "value" in reading ? [[name, reading.value] as const] : [],
  );
  return { ok: true, values: Object.fromEntries(values) };
}

/** The values as the form that gave them would send them again. */
export function toGiven(values: SettingValues): GivenSettings {
  const entries = Object.entries(values).flatMap(([name, value]): [string, string][] => {
    if (value === null || value === false) return [];
    if (value === true) return [[name, "on"]];
    if (typeof value !== "object") return [[name, String(value)]];
    const names = rangeNames(name);
    return [
      [names.from, String(value.from)],
      [names.to, String(value.to)],
    ];
  });
  return Object.fromEntries(entries);
}

/** What was chosen, if it still fits what is asked: another version may ask for something else. Null otherwise. */
export function chosenFor(settings: readonly Setting[], values: SettingValues | null): SettingValues | null {
  if (settings.length === 0) return {};
  if (values === null) return null;
  const read = readSettings(settings, toGiven(values));
  return read.ok ? read.values : null;
}

/** What was chosen, in the specification's order, for a page that repeats it. */
export function listChosen(
  { settings, requirements }: Pick<ShownContent, "settings" | "requirements">,
  values: SettingValues | null,
): ChosenSetting[] {
  return settings.map((setting) => {
    const value = values?.[setting.name] ?? null;
    const isOfCustomers = requirements?.customerNumbers?.setting === setting.name;
    return { setting, value, isNumberedByVendor: isOfCustomers && value === null };
  });
}
