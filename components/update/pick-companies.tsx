"use client";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { useFieldError } from "@/components/ui/form-context";
import type { UpdateGroup } from "@/lib/connection/update/schema";

type Company = UpdateGroup["connections"][number] & {
  /** Shown where they are not all on the same. */
  fromVersion: number | null;
};

/** The companies that an acceptance is for: all ticked at first, each of them can be left out. */
export function PickCompanies({ companies }: { companies: readonly Company[] }) {
  const t = useTranslations("updates.pick");
  const errors = useTranslations("errors.fields");
  const error = useFieldError("connections");
  const id = useId();
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const picked = companies.filter((company) => !leftOut.has(company.id)).length;
  const leave = (ids: readonly string[], isTicked: boolean) =>
    setLeftOut((before) =>
      isTicked ? new Set([...before].filter((one) => !ids.includes(one))) : new Set([...before, ...ids]),
    );
  return (
    <fieldset className="grid w-full gap-1" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="sr-only">{t("legend")}</legend>
      {companies.length > 1 && (
        <label
          htmlFor={`${id}-all`}
          className="flex items-center gap-3 border-b border-line pb-2 text-sm font-medium pointer-coarse:min-h-11"
        >
          <Checkbox
            id={`${id}-all`}
            checked={picked === companies.length}
            onChange={(event) =>
              leave(
                companies.map((one) => one.id),
                event.target.checked,
              )
            }
          />
          <span aria-live="polite">{t("all", { picked, count: companies.length })}</span>
        </label>
      )}
      <ul className="grid max-h-96 overflow-y-auto">
        {companies.map((company) => (
          <li key={company.id}>
            <label
              htmlFor={`${id}-${company.id}`}
              className="flex items-center gap-3 py-1.5 text-sm pointer-coarse:min-h-11"
            >
              <Checkbox
                id={`${id}-${company.id}`}
                name="connections"
                value={company.id}
                checked={!leftOut.has(company.id)}
                onChange={(event) => leave([company.id], event.target.checked)}
              />
              <span className="min-w-0 wrap-anywhere">
                {company.environmentName}{" "}
                <span className="text-ink-soft tabular-nums">
                  {company.businessId}
                  {company.fromVersion !== null && ` · ${t("version", { version: company.fromVersion })}`}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm font-medium text-danger-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {errors.has(error) ? errors(error) : errors("invalid")}
        </p>
      )}
    </fieldset>
  );
}
