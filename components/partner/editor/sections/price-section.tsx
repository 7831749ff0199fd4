"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import type { DraftPath } from "@/lib/catalogue/draft/schema";
import { toMajorUnits } from "@/lib/core/currency";
import { useValue } from "../editor-context";
import { EditorField, LineField, SelectField } from "../editor-field";
import { RadioField } from "../radio-field";
import { Section } from "./section";

const CURRENCIES = ["EUR", "NOK", "SEK", "DKK", "USD", "GBP"] as const;

/** `12,90` and `12.90` alike; null when it is no amount. */
function readAmount(typed: string, currency: string): number | null {
  const compact = typed.replace(/[\s\u00a0]/g, "").replace(",", ".");
  if (!/^\d{1,7}(?:\.\d{0,2})?$/.test(compact)) return null;
  return Math.round(Number(compact) / toMajorUnits(1, currency));
}

type MoneyProps = { path: DraftPath; currency: string; label: string; help?: string; isOptional?: boolean };

/** An amount as it is said, kept in the currency's smallest unit. What is typed stays as it is while it is typed. */
function MoneyField({ currency, ...field }: MoneyProps) {
  const [value, change] = useValue<number | null>(field.path);
  const [typed, setTyped] = useState<string | null>(null);
  const said = value === null ? "" : toMajorUnits(value, currency).toFixed(2);
  return (
    <EditorField {...field}>
      <span className="flex items-center gap-2">
        <Input
          inputMode="decimal"
          autoComplete="off"
          className="max-w-40"
          value={typed ?? said}
          onChange={({ target }) => {
            setTyped(target.value);
            change(readAmount(target.value, currency));
          }}
          onBlur={() => setTyped((current) => (current !== null && value === null ? current : null))}
        />
        <span className="text-sm text-ink-soft">{currency}</span>
      </span>
    </EditorField>
  );
}

export function PriceSection() {
  const t = useTranslations("editor.price");
  const [kind] = useValue<string>("price.kind");
  const [written] = useValue<string>("price.currency");
  const currency = /^[A-Z]{3}$/.test(written) ? written : "EUR";
  const currencies = [...new Set([...CURRENCIES, written])].filter(Boolean);
  return (
    <Section title={t("title")} intro={t("intro")}>
      <RadioField
        path="price.kind"
        label={t("kind")}
        choices={[
          { value: "known", label: t("known"), help: t("knownHelp") },
          { value: "unknown", label: t("unknown"), help: t("unknownHelp") },
        ]}
      />
      {kind === "known" && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <MoneyField path="price.amountMinor" currency={currency} label={t("monthly")} help={t("free")} />
            <SelectField
              path="price.currency"
              label={t("currency")}
              choices={currencies.map((value) => ({ value, label: value }))}
            />
            <MoneyField path="price.oneOffMinor" currency={currency} label={t("oneOff")} isOptional />
            <SelectField
              path="price.billedTo"
              label={t("billedTo")}
              choices={(["environment", "accounting_office"] as const).map((value) => ({
                value,
                label: t(`payers.${value}`),
              }))}
            />
          </div>
          <LineField
            path="price.priceListUrl"
            type="url"
            label={t("priceList")}
            placeholder="https://"
            isOptional
          />
        </>
      )}
    </Section>
  );
}
