"use client";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

type Props = { label: string; choices: { value: string; label: string }[] };

/** How long something works, as days from now. */
export function ExpiryField({ label, choices }: Props) {
  return (
    <Field name="expires" label={label} isRequired>
      <Select defaultValue={choices[0]?.value}>
        {choices.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
}
