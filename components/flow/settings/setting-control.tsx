"use client";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { useFieldError } from "@/components/ui/form-context";
import { Input } from "@/components/ui/input";
import { langOf } from "@/components/ui/lang-of";
import { Select } from "@/components/ui/select";
import { rangeNames } from "@/lib/activation/settings/rules";
import type { Setting } from "@/lib/catalogue/integration/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";

type Given = Record<string, string>;
/** `lang` is the attribute of the partner's own words. */
type ControlProps<Type extends Setting["type"]> = { setting: Of<Type>; given: Given; lang: string };
type Of<Type extends Setting["type"]> = Extract<Setting, { type: Type }>;

function ChoiceControl({ setting, given, lang }: ControlProps<"choice">) {
  const t = useTranslations("settings");
  return (
    <Field
      name={setting.name}
      label={<span lang={lang}>{setting.label}</span>}
      help={setting.help && <span lang={lang}>{setting.help}</span>}
      isRequired
    >
      <Select defaultValue={given[setting.name] ?? ""}>
        <option value="">{t("choose")}</option>
        {setting.choices.map(({ value, label }) => (
          <option key={value} value={value} lang={lang}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function SwitchControl({ setting, given, lang }: ControlProps<"switch">) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-start gap-3 text-sm pointer-coarse:min-h-11">
      <Checkbox id={id} name={setting.name} defaultChecked={given[setting.name] === "on"} className="mt-px" />
      <span className="grid gap-0.5">
        <span className="font-medium" lang={lang}>
          {setting.label}
        </span>
        {setting.help && (
          <span className="text-ink-soft" lang={lang}>
            {setting.help}
          </span>
        )}
      </span>
    </label>
  );
}

/** Two numbers with one label; the server's error is about both. */
function RangeControl({ setting, given, lang }: ControlProps<"number_range">) {
  const t = useTranslations();
  const errorId = useId();
  const error = useFieldError(setting.name);
  const names = rangeNames(setting.name);
  return (
    <fieldset className="grid gap-1.5" aria-describedby={error ? errorId : undefined}>
      <legend className="pb-1.5 text-sm font-medium">
        <span lang={lang}>{setting.label}</span>
        {!setting.required && <span className="ml-1.5 font-normal text-ink-soft">{t("ui.optional")}</span>}
      </legend>
      {setting.help && (
        <p className="text-sm text-ink-soft" lang={lang}>
          {setting.help}
        </p>
      )}
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

function InputControl({ setting, given, lang }: ControlProps<"number" | "text">) {
  const t = useTranslations("settings");
  const { name, label, required } = setting;
  const bounds = setting.type === "number" ? t("bounds", { min: setting.min, max: setting.max }) : null;
  return (
    <Field
      name={name}
      label={<span lang={lang}>{label}</span>}
      help={
        (setting.help || bounds) && (
          <>
            {setting.help && <span lang={lang}>{setting.help}</span>} {bounds}
          </>
        )
      }
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

type Props = { setting: Setting; given: Given; language: TextLanguage };

/** The control that a setting's type asks for; `given` holds what was chosen before or the default. */
export function SettingControl({ setting, given, language }: Props) {
  const lang = langOf(language);
  if (setting.type === "choice") return <ChoiceControl setting={setting} given={given} lang={lang} />;
  if (setting.type === "switch") return <SwitchControl setting={setting} given={given} lang={lang} />;
  if (setting.type === "number_range") return <RangeControl setting={setting} given={given} lang={lang} />;
  return <InputControl setting={setting} given={given} lang={lang} />;
}
