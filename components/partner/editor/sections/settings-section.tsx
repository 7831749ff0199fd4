"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { emptySetting } from "@/lib/catalogue/draft/empty";
import {
  type DraftCondition,
  type DraftContent,
  type DraftPath,
  type DraftSetting,
  SETTING_TYPES,
} from "@/lib/catalogue/draft/schema";
import { controlId, useEditor, useValue } from "../editor-context";
import { EditorField, LineField, NumberField, Problems, SelectField, TextField } from "../editor-field";
import { ListEditor } from "../list-editor";
import { SwitchField } from "../switch-field";
import { ChoicesEditor } from "./choices-editor";
import { Section } from "./section";

function ChosenField({ setting, path }: { setting: DraftSetting; path: DraftPath }) {
  const t = useTranslations("editor.settings");
  const { language, draft } = useEditor();
  return (
    <SelectField
      path={`${path}.chosen`}
      label={t("chosen")}
      choices={[
        { value: "", label: t("noneChosen") },
        ...setting.choices
          .filter(({ value }) => value !== "")
          .map(({ value, label }) => ({
            value,
            label: label[language] || label[draft.mainLanguage] || value,
          })),
      ]}
    />
  );
}

function SettingFields({ setting, path }: { setting: DraftSetting; path: DraftPath }) {
  const t = useTranslations("editor.settings");
  const { type } = setting;
  return (
    <>
      <TextField path={`${path}.label`} label={t("label")} maxLength={120} />
      <TextField path={`${path}.help`} label={t("help")} maxLength={400} isOptional />
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          path={`${path}.type`}
          label={t("type")}
          choices={SETTING_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
        />
        <LineField path={`${path}.name`} label={t("name")} help={t("nameHelp")} maxLength={40} />
        {type === "number" && (
          <>
            <NumberField path={`${path}.min`} label={t("min")} />
            <NumberField path={`${path}.max`} label={t("max")} />
          </>
        )}
        {type === "text" && (
          <NumberField path={`${path}.maxLength`} label={t("maxLength")} min={1} max={500} />
        )}
      </div>
      {type === "choice" && (
        <>
          <ChoicesEditor path={`${path}.choices`} />
          <ChosenField setting={setting} path={path} />
        </>
      )}
      {type === "switch" && <SwitchField path={`${path}.isOn`}>{t("isOn")}</SwitchField>}
      {(type === "number" || type === "text" || type === "number_range") && (
        <SwitchField path={`${path}.required`}>{t("required")}</SwitchField>
      )}
    </>
  );
}

/** Never, or when a setting has one of some values. */
function ConditionField({ path, label, never }: { path: DraftPath; label: string; never: string }) {
  const t = useTranslations("editor.requirements");
  const { draft, language } = useEditor();
  const [condition, change] = useValue<DraftCondition>(path);
  const named = draft.settings.filter(({ name }) => name !== "");
  const setting = named.find(({ name }) => name === condition.setting);
  const values =
    setting?.type === "choice"
      ? setting.choices.map(({ value, label: words }) => ({
          value,
          label: words[language] || words[draft.mainLanguage] || value,
        }))
      : [
          { value: "true", label: t("yes") },
          { value: "false", label: t("no") },
        ];
  return (
    <div className="grid gap-2">
      <SelectField
        path={`${path}.kind`}
        label={label}
        choices={[
          { value: "never", label: never },
          { value: "when", label: t("when") },
        ]}
      />
      {condition.kind === "when" && (
        <div className="grid gap-2 border-l-2 border-line pl-3">
          <SelectField
            path={`${path}.setting`}
            label={t("setting")}
            choices={[
              { value: "", label: t("choose") },
              ...named.map(({ name, label: words }) => ({
                value: name,
                label: words[language] || words[draft.mainLanguage] || name,
              })),
            ]}
          />
          <fieldset id={controlId(`${path}.values`)} tabIndex={-1} className="flex flex-wrap gap-x-4 gap-y-2">
            <legend className="pb-1 text-sm font-medium">{t("values")}</legend>
            {values.map(({ value, label: words }) => (
              <label key={value} htmlFor={`${path}-${value}`} className="flex items-center gap-2 text-sm">
                <Checkbox
                  id={`${path}-${value}`}
                  checked={condition.values.includes(value)}
                  onChange={({ target }) =>
                    change({
                      ...condition,
                      values: target.checked
                        ? [...condition.values, value]
                        : condition.values.filter((one) => one !== value),
                    })
                  }
                />
                {words}
              </label>
            ))}
          </fieldset>
        </div>
      )}
    </div>
  );
}

const NEVER: DraftCondition = { kind: "never", setting: "", values: [] };

function CodesField() {
  const t = useTranslations("editor.requirements");
  const [codes, change] = useValue<string[]>("requirements.products.codes");
  return (
    <EditorField path="requirements.products.codes" label={t("codes")} help={t("codesHelp")} isWhole>
      <Input
        value={codes.join(", ")}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => change(target.value.split(/,\s?/))}
      />
    </EditorField>
  );
}

type InvoiceDelivery = readonly { way: string; label: string }[];

function Requirements({ invoiceDelivery }: { invoiceDelivery: InvoiceDelivery }) {
  const t = useTranslations("editor.requirements");
  const { problems, draft } = useEditor();
  const [needs, change] = useValue<DraftContent["requirements"]>("requirements");
  const ranges = draft.settings.filter(({ type, name }) => type === "number_range" && name !== "");
  return (
    <div id={controlId("requirements")} tabIndex={-1} className="grid gap-4">
      <Problems
        id="problems-requirements"
        problems={problems.filter(({ path }) => path === "requirements")}
      />
      <label htmlFor="needs-products" className="flex items-start gap-3 text-sm">
        <Checkbox
          id="needs-products"
          checked={needs.products !== null}
          onChange={({ target }) =>
            change({ ...needs, products: target.checked ? { codes: [], madeByHand: NEVER } : null })
          }
        />
        {t("products")}
      </label>
      {needs.products && (
        <div className="grid gap-3 pl-8">
          <CodesField />
          <ConditionField
            path="requirements.products.madeByHand"
            label={t("madeByHand")}
            never={t("alwaysByHand")}
          />
        </div>
      )}
      <div className="max-w-sm">
        <SelectField
          path="requirements.customerNumbers"
          label={t("customerNumbers")}
          choices={[
            { value: "", label: t("notNeeded") },
            ...ranges.map(({ name, label }) => ({ value: name, label: label[draft.mainLanguage] || name })),
          ]}
        />
      </div>
      <label htmlFor="needs-delivery" className="flex items-start gap-3 text-sm">
        <Checkbox
          id="needs-delivery"
          checked={needs.delivery !== null}
          onChange={({ target }) =>
            change({
              ...needs,
              delivery: target.checked
                ? Object.fromEntries(invoiceDelivery.map(({ way }) => [way, NEVER]))
                : null,
            })
          }
        />
        {t("delivery")}
      </label>
      {needs.delivery && (
        <div className="grid gap-4 pl-8 sm:grid-cols-2">
          {invoiceDelivery.map(({ way, label }) => (
            <ConditionField
              key={way}
              path={`requirements.delivery.${way}`}
              label={label}
              never={t("never")}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** What the customer chooses, and what has to be in place before it submits. */
export function SettingsSection({
  hasChecks,
  invoiceDelivery,
}: {
  hasChecks: boolean;
  /** The vendor's ways of sending invoices. */
  invoiceDelivery: InvoiceDelivery;
}) {
  const t = useTranslations("editor.settings");
  const requirements = useTranslations("editor.requirements");
  const { language, draft, problems } = useEditor();
  return (
    <>
      <Section title={t("title")} intro={t("intro")}>
        <div id={controlId("settings")} tabIndex={-1} className="grid gap-3">
          <Problems id="problems-settings" problems={problems.filter(({ path }) => path === "settings")} />
          <ListEditor<DraftSetting>
            path="settings"
            nameOf={({ label, name }) => label[language] || label[draft.mainLanguage] || name}
            makeItem={emptySetting}
            renderItem={(setting, path) => <SettingFields setting={setting} path={path} />}
            words={{ item: t("item"), add: t("add") }}
            max={20}
            isOrdered
          />
        </div>
      </Section>
      {(hasChecks || draft.requirements.products !== null || draft.requirements.delivery !== null) && (
        <Section title={requirements("title")} intro={requirements("intro")}>
          <Requirements invoiceDelivery={invoiceDelivery} />
        </Section>
      )}
    </>
  );
}
