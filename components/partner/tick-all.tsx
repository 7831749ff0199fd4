"use client";
import { type ChangeEvent, useRef } from "react";
import { Checkbox } from "@/components/ui/checkbox";

/** Ticks every box of its form, or none. */
export function TickAll({ label }: { label: string }) {
  const box = useRef<HTMLLabelElement>(null);
  const tickAll = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const boxes = box.current
      ?.closest("form")
      ?.querySelectorAll<HTMLInputElement>('input[type="checkbox"][name]');
    for (const one of boxes ?? []) one.checked = target.checked;
  };
  return (
    <label ref={box} htmlFor="tick-all" className="flex items-center gap-3 text-sm pointer-coarse:min-h-11">
      <Checkbox id="tick-all" onChange={tickAll} />
      {label}
    </label>
  );
}
