"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction, FormState } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ExpiryField } from "./expiry-field";

/** Answers with the key itself, once. */
export type CreateKeyAction = (
  previous: FormState,
  data: FormData,
) => Promise<FormState | { status: "ok"; key: string }>;

type Choice = { value: string; label: string };
type Props = {
  create: CreateKeyAction;
  stages: Choice[];
  scopes: (Choice & { isTicked: boolean })[];
  expiry: Choice[];
};

/** Makes a key and shows it: it is in this page alone, until the page is left. */
export function CreateKeyForm({ create, stages, scopes, expiry }: Props) {
  const t = useTranslations("partner.keys.create");
  const [key, setKey] = useState<string | null>(null);
  const name = useRef<HTMLInputElement>(null);
  const createAndShow: FormAction = async (previous, data) => {
    const answer = await create(previous, data);
    if (!("key" in answer)) return answer;
    setKey(answer.key);
    if (name.current) name.current.value = "";
    return { status: "ok" };
  };
  return (
    <ActionForm action={createAndShow} className="grid gap-4 sm:grid-cols-2">
      <FormError className="sm:col-span-2" />
      <div aria-live="polite" className="not-empty:sm:col-span-2 empty:hidden">
        {key && (
          <Alert tone="success" role="note" title={t("shown")}>
            <div className="grid justify-items-start gap-2 pt-1">
              <code className="text-xs wrap-anywhere">{key}</code>
              <CopyButton text={key} label={t("copy")} />
            </div>
          </Alert>
        )}
      </div>
      <div className="sm:col-span-2">
        <Field name="name" label={t("name")} help={t("nameHelp")} isRequired>
          <Input ref={name} maxLength={120} autoComplete="off" />
        </Field>
      </div>
      <Field name="stage" label={t("stage")} isRequired>
        <Select>
          {stages.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <ExpiryField label={t("expires")} choices={expiry} />
      <fieldset className="grid gap-2 sm:col-span-2">
        <legend className="pb-2 text-sm font-medium">{t("scopes")}</legend>
        {scopes.map(({ value, label, isTicked }) => (
          <label
            key={value}
            htmlFor={`scope-${value}`}
            className="flex items-center gap-3 text-sm pointer-coarse:min-h-11"
          >
            <Checkbox id={`scope-${value}`} name="scopes" value={value} defaultChecked={isTicked} />
            {label}
          </label>
        ))}
      </fieldset>
      <div>
        <SubmitButton pendingLabel={t("pending")}>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
