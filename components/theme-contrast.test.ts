import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../app/globals.css", import.meta.url), "utf8");
const pairs = [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
const themes = {
  light: new Map(pairs.map(([, name, light]) => [name, light])),
  dark: new Map(pairs.map(([, name, , dark]) => [name, dark])),
};

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const backgrounds = ["canvas", "surface", "sunken"];
const tones = ["success", "warning", "danger"].map((tone) => [`${tone}-text`, `${tone}-soft`]);
const textPairs = [
  ...backgrounds.flatMap((background) =>
    ["ink", "ink-soft", "accent-text", "danger-text"].map((text) => [text, background]),
  ),
  ...["accent-soft", "success-soft", "warning-soft", "danger-soft"].flatMap((soft) => [
    ["ink", soft],
    ["ink-soft", soft],
    ["accent-text", soft],
  ]),
  ...tones,
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-accent", "danger"],
  ["on-accent", "danger-hover"],
];
/** Borders of controls and the accent as a shape: 3:1 by success criterion 1.4.11. */
const shapePairs = [
  ["line-strong", "surface"],
  ["accent", "surface"],
  ["accent-text", "canvas"],
];

for (const [theme, colours] of Object.entries(themes)) {
  const ratio = ([one = "", other = ""]: string[]) =>
    contrast(colours.get(one) ?? "", colours.get(other) ?? "");
  test.each(textPairs)(`${theme}: text %s on %s has 4.5:1`, (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(shapePairs)(`${theme}: %s on %s has 3:1`, (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(3);
  });
}
