"use client";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { useDateFormat } from "@/components/ui/use-date-format";
import { useHydrated } from "@/components/ui/use-hydrated";
import type { PartnerRequestDetails } from "@/lib/partner/monitoring/schema";

type Props = Pick<PartnerRequestDetails, "deadlineAt" | "extensions"> & {
  requestId: string;
  /** Gets `requestId` and `to`. */
  extend: FormAction;
};

/** Gives the decision more time, as far as the consent at the vendor lets it. */
export function ExtendForm({ requestId, deadlineAt, extensions, extend }: Props) {
  const t = useTranslations("partner.extend");
  const format = useDateFormat();
  const isHydrated = useHydrated();
  // The server does not know the reader's zone: it writes UTC, and says so.
  const zone = isHydrated
    ? { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
    : { timeZone: "UTC", timeZoneName: "short" as const };
  const day = (at: string) =>
    format.dateTime(new Date(at), {
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      ...zone,
    });
  return (
    <CardSection
      id="extend-title"
      title={t("title")}
      intro={t.rich("intro", { time: () => <Time at={deadlineAt} /> })}
    >
      <ActionForm action={extend} hidden={{ requestId }} className="grid gap-3 sm:max-w-md">
        <FormError />
        <Field name="to" label={t("to")}>
          <Select>
            {extensions.map(({ to, days, at }) => (
              <option key={to} value={to}>
                {days === null ? t("latest", { at: day(at) }) : t("days", { days, at: day(at) })}
              </option>
            ))}
          </Select>
        </Field>
        <div>
          <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")}>
            {t("submit")}
          </SubmitButton>
        </div>
      </ActionForm>
    </CardSection>
  );
}
