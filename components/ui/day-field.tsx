"use client";
import type { ComponentProps } from "react";
import { Field } from "./field";
import { Input } from "./input";
import { useHydrated } from "./use-hydrated";

type Props = Omit<ComponentProps<typeof Field>, "children"> & { min?: string };

/** A calendar day, by the browser's own picker. A form with one holds a `ZoneField` too. */
export function DayField({ min, ...field }: Props) {
  return (
    <Field {...field}>
      <Input type="date" min={min} className="max-w-48" />
    </Field>
  );
}

/** Tells the server in which zone the form's days begin. */
export function ZoneField() {
  const isHydrated = useHydrated();
  const zone = isHydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  return <input type="hidden" name="zone" value={zone} />;
}
