"use client";
import { useId } from "react";
import type { DraftPath } from "@/lib/catalogue/draft/schema";
import { controlId, useValue } from "./editor-context";

type Props = {
  path: DraftPath;
  label: string;
  choices: readonly { value: string; label: string; help?: string }[];
};

/** One of a few, all of them in sight. */
export function RadioField({ path, label, choices }: Props) {
  const [value, change] = useValue<string>(path);
  const name = useId();
  return (
    <fieldset id={controlId(path)} tabIndex={-1} className="grid gap-2">
      <legend className="pb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex min-h-10 flex-1 basis-44 cursor-pointer items-start gap-2.5 rounded-lg border border-line px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={value === choice.value}
              onChange={() => change(choice.value)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="grid">
              <span className="font-medium">{choice.label}</span>
              {choice.help && <span className="text-ink-soft">{choice.help}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
