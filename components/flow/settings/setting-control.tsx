"use client";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { useFieldError } from "@/components/ui/form-context";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { rangeNames } from "@/lib/activation/settings/rules";
import type { Setting } from "@/lib/catalogue/integration/schema";

type Given = Record<string, string>;
type Of<Type extends Setting["type"]> = Extract<Setting, { type: Type }>;

function ChoiceControl({ setting, given }: { setting: Of<"choice">; given: Given }) {
  const t = useTranslations("settings");
  return (
    <Field name={setting.name} label={setting.label} help={setting.help} isRequired>
      <Select defaultValue={given[setting.name] ?? ""}>
        <option value="">{t("choose")}</option>
        {setting.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function SwitchControl({ setting, given }: { setting: Of<"switch">; given: Given }) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-start gap-3 text-sm pointer-coarse:min-h-11">
      <Checkbox id={id} name={setting.name} defaultChecked={given[setting.name] === "on"} className="mt-px" />
      <span className="grid gap-0.5">
        <span className="font-medium">{setting.label}</span>
        {setting.help && <span className="text-ink-soft">{setting.help}</span>}
      </span>
    </label>
  );
}

/** Two numbers with one label; the server's error is about both. */
function RangeControl({ setting, given }: { setting: Of<"number_range">; given: Given }) {
  const t = useTranslations();
  const errorId = useId();
  const error = useFieldError(setting.name);
  const names = rangeNames(setting.name);
  return (
    <fieldset className="grid gap-1.5" aria-describedby={error ? errorId : undefined}>
      <legend className="pb-1.5 text-sm font-medium">
        {setting.label}
        {!setting.required && <span className="ml-1.5 font-normal text-ink-soft">{t("ui.optional")}</span>}
      </legend>
      {setting.help && <p className="text-sm text-ink-soft">{setting.help}</p>}
      <div className="grid grid-cols-2 gap-4">
        {(["from", "to"] as const).map((end) => (
          <Field key={end} name={names[end]} label={t(`settings.range.${end}`)} isRequired>
            <Input
              inputMode="numeric"
              maxLength={9}
              required={setting.required}
              aria-invalid={error ? true : undefined}
              defaultValue={given[names[end]] ?? ""}
            />
          </Field>
        ))}
      </div>
      {error && (
        <p id={errorId} className="flex items-start gap-1.5 text-sm font-medium text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t(`errors.fields.${error}`)}
        </p>
      )}
    </fieldset>
  );
}

function InputControl({ setting, given }: { setting: Of<"number"> | Of<"text">; given: Given }) {
  const t = useTranslations("settings");
  const { name, label, required } = setting;
  const bounds = setting.type === "number" ? t("bounds", { min: setting.min, max: setting.max }) : null;
  return (
    <Field
      name={name}
      label={label}
      help={[setting.help, bounds].filter(Boolean).join(" ")}
      isRequired={required}
    >
      <Input
        inputMode={setting.type === "number" ? "numeric" : undefined}
        maxLength={setting.type === "text" ? setting.maxLength : 10}
        defaultValue={given[name] ?? ""}
      />
    </Field>
  );
}

/** The control that a setting's type asks for; `given` holds what was chosen before or the default. */
export function SettingControl({ setting, given }: { setting: Setting; given: Given }) {
  if (setting.type === "choice") return <ChoiceControl setting={setting} given={given} />;
  if (setting.type === "switch") return <SwitchControl setting={setting} given={given} />;
  if (setting.type === "number_range") return <RangeControl setting={setting} given={given} />;
  return <InputControl setting={setting} given={given} />;
}
