"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { emptyFormField } from "@/lib/catalogue/draft/empty";
import { type DraftFormField, type DraftPath, FORM_FIELD_TYPES } from "@/lib/catalogue/draft/schema";
import { FORM_FORMATS } from "@/lib/catalogue/integration/formats";
import { controlId, useEditor, useValue } from "../editor-context";
import { EditorField, LineField, NumberField, Problems, SelectField, TextField } from "../editor-field";
import { ListEditor } from "../list-editor";
import { RadioField } from "../radio-field";
import { SwitchField } from "../switch-field";
import { ChoicesEditor } from "./choices-editor";
import { Section } from "./section";

function Question({ field, path }: { field: DraftFormField; path: DraftPath }) {
  const t = useTranslations("editor.steps");
  const { type } = field;
  return (
    <>
      <TextField
        path={`${path}.label`}
        label={t(type === "accept" ? "acceptLabel" : "label")}
        maxLength={120}
      />
      <TextField path={`${path}.help`} label={t("help")} maxLength={240} isOptional />
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          path={`${path}.type`}
          label={t("type")}
          choices={FORM_FIELD_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
        />
        <LineField path={`${path}.name`} label={t("name")} help={t("nameHelp")} maxLength={40} />
        {type === "text" && (
          <SelectField
            path={`${path}.format`}
            label={t("format")}
            choices={[
              { value: "", label: t("anyText") },
              ...FORM_FORMATS.map((value) => ({ value, label: t(`formats.${value}`) })),
            ]}
          />
        )}
        {(type === "text" || type === "email") && (
          <NumberField path={`${path}.maxLength`} label={t("maxLength")} min={1} max={500} />
        )}
      </div>
      {type === "accept" ? (
        <LineField path={`${path}.url`} type="url" label={t("acceptUrl")} placeholder="https://" isOptional />
      ) : (
        <SwitchField path={`${path}.required`}>{t("required")}</SwitchField>
      )}
      {type === "choice" && <ChoicesEditor path={`${path}.choices`} />}
    </>
  );
}

function Steps() {
  const t = useTranslations("editor.steps");
  const { language, draft, problems } = useEditor();
  const [kind] = useValue<string>("partnerSteps.kind");
  if (kind === "none") return null;
  return (
    <>
      <TextField path="partnerSteps.title" label={t("pageTitle")} maxLength={200} />
      <TextField path="partnerSteps.intro" label={t("pageIntro")} maxLength={2000} rows={3} />
      {kind === "page" ? (
        <LineField
          path="partnerSteps.url"
          type="url"
          label={t("url")}
          help={t("urlHelp")}
          placeholder="https://"
        />
      ) : (
        <div id={controlId("partnerSteps.fields")} tabIndex={-1} className="grid gap-3">
          <Problems
            id="problems-partnerSteps"
            problems={problems.filter(
              ({ path }) => path === "partnerSteps" || path === "partnerSteps.fields",
            )}
          />
          <ListEditor<DraftFormField>
            path="partnerSteps.fields"
            nameOf={({ label, name }) => label[language] || label[draft.mainLanguage] || name}
            makeItem={emptyFormField}
            renderItem={(field, path) => <Question field={field} path={path} />}
            words={{ item: t("item"), add: t("add") }}
            max={20}
            isOrdered
          />
        </div>
      )}
    </>
  );
}

const UNITS = { minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;
const UNIT_NAMES = ["days", "hours", "minutes"] as const;

/** Seconds, said in the largest unit that leaves no rest. */
function DurationField({ path }: { path: DraftPath }) {
  const t = useTranslations("editor.steps");
  const [seconds, change] = useValue<number | null>(path);
  const [unit, setUnit] = useState<Unit>(
    () => UNIT_NAMES.find((one) => seconds !== null && seconds % UNITS[one] === 0) ?? "minutes",
  );
  const count = seconds === null ? null : Math.round((seconds / UNITS[unit]) * 100) / 100;
  const set = (value: number | null, of: Unit) =>
    change(value === null || Number.isNaN(value) ? null : Math.round(value * UNITS[of]));
  return (
    <EditorField path={path} label={t("timeout")} help={t("timeoutHelp")}>
      <span className="flex max-w-xs gap-2">
        <Input
          type="number"
          min={0}
          value={count ?? ""}
          onChange={({ target }) => set(target.value === "" ? null : target.valueAsNumber, unit)}
        />
        <span className="w-32 shrink-0">
          <Select
            id={`${controlId(path)}-unit`}
            name={`${path}-unit`}
            aria-label={t("timeoutUnit")}
            value={unit}
            onChange={({ target }) => {
              const next = UNIT_NAMES.find((one) => one === target.value) ?? "days";
              setUnit(next);
              set(count, next);
            }}
          >
            {UNIT_NAMES.map((one) => (
              <option key={one} value={one}>
                {t(`timeUnits.${one}`)}
              </option>
            ))}
          </Select>
        </span>
      </span>
    </EditorField>
  );
}

/** What the partner asks of the customer, and how long it may take to decide. */
export function StepsSection() {
  const t = useTranslations("editor.steps");
  return (
    <>
      <Section title={t("title")} intro={t("intro")}>
        <RadioField
          path="partnerSteps.kind"
          label={t("kind")}
          choices={(["none", "form", "page"] as const).map((value) => ({
            value,
            label: t(`kinds.${value}`),
            help: t(`kindHelp.${value}`),
          }))}
        />
        <Steps />
      </Section>
      <Section title={t("limits")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField path="cap" label={t("cap")} help={t("capHelp")} min={1} max={200} />
          <DurationField path="decisionTimeoutSeconds" />
        </div>
      </Section>
    </>
  );
}
