"use client";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { useFieldError } from "@/components/ui/form-context";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { CHOSEN_EVENT_TYPES, type WebhookEventType } from "@/lib/partner/webhook/events";
import { TYPE_WORDS } from "./event-words";

type Given = { url: string; description: string; eventTypes: readonly WebhookEventType[] };

function Types({ ticked }: { ticked: readonly WebhookEventType[] }) {
  const t = useTranslations("partnerWebhooks.form");
  const types = useTranslations("partnerWebhooks.types");
  const errorId = useId();
  const error = useFieldError("eventTypes");
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? errorId : undefined}>
      <legend className="pb-2 text-sm font-medium">{t("chosen")}</legend>
      {CHOSEN_EVENT_TYPES.map((type) => (
        <label
          key={type}
          htmlFor={`type-${type}`}
          className="flex items-start gap-3 text-sm pointer-coarse:min-h-11"
        >
          <Checkbox
            id={`type-${type}`}
            name="eventTypes"
            value={type}
            defaultChecked={ticked.includes(type)}
          />
          <span className="min-w-0">
            {types(TYPE_WORDS[type])} <code className="text-xs text-ink-soft wrap-anywhere">{type}</code>
          </span>
        </label>
      ))}
      {error && (
        <p id={errorId} className="flex items-start gap-1.5 text-sm font-medium text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t("noType")}
        </p>
      )}
    </fieldset>
  );
}

/** Address, note and events of an endpoint. */
export function EndpointFields({ given }: { given: Given | null }) {
  const t = useTranslations("partnerWebhooks.form");
  const [which, setWhich] = useState(given && given.eventTypes.length > 0 ? "chosen" : "all");
  return (
    <>
      <Field name="url" label={t("url")} help={t("urlHelp")} isRequired>
        <Input
          type="url"
          inputMode="url"
          maxLength={2000}
          defaultValue={given?.url}
          autoComplete="off"
          spellCheck={false}
          placeholder="https://"
        />
      </Field>
      <Field name="description" label={t("description")}>
        <Input maxLength={200} defaultValue={given?.description} autoComplete="off" />
      </Field>
      <Field name="which" label={t("which")} isRequired>
        <Select value={which} onChange={(event) => setWhich(event.target.value)}>
          {(["all", "chosen"] as const).map((value) => (
            <option key={value} value={value}>
              {t(value)}
            </option>
          ))}
        </Select>
      </Field>
      {which === "chosen" && <Types ticked={given?.eventTypes ?? []} />}
    </>
  );
}
