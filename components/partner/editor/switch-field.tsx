"use client";
import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { DraftPath } from "@/lib/catalogue/draft/schema";
import { controlId, useValue } from "./editor-context";

/** Yes or no. */
export function SwitchField({ path, children }: { path: DraftPath; children: ReactNode }) {
  const [value, change] = useValue<boolean>(path);
  const id = controlId(path);
  return (
    <label htmlFor={id} className="flex items-start gap-3 text-sm pointer-coarse:min-h-11">
      <Checkbox
        id={id}
        checked={value}
        onChange={(event) => change(event.target.checked)}
        className="mt-px"
      />
      <span>{children}</span>
    </label>
  );
}
