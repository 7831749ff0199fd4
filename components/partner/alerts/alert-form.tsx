import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ZoneField } from "@/components/ui/day-field";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SavedNote } from "@/components/ui/saved-note";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import {
  type AlertView,
  DIGEST_PACES,
  NEVER,
  REJECTION_PERCENTS,
  WAITING_HOURS,
} from "@/lib/partner/alert/schema";

type Props = {
  alerts: AlertView;
  email: string;
  /** Gets `digest`, `waitingHours`, `rejectionPercent`, `tellsAttention` and `zone`. */
  save: FormAction;
};

type ChoiceProps = {
  name: "waitingHours" | "rejectionPercent";
  choices: readonly number[];
  chosen: number | null;
};

function Choice({ name, choices, chosen }: ChoiceProps) {
  const t = useTranslations("partnerAlerts");
  return (
    <Field name={name} label={t(`${name}.label`)} help={t(`${name}.help`)} isRequired>
      <Select defaultValue={chosen ?? NEVER}>
        <option value={NEVER}>{t("never")}</option>
        {choices.map((count) => (
          <option key={count} value={count}>
            {t(`${name}.choice`, { count })}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** What a member hears of by mail: each for oneself. */
export function AlertForm({ alerts, email, save }: Props) {
  const t = useTranslations("partnerAlerts");
  const { nextAt } = alerts;
  return (
    <>
      <PageHeading title={t("title")}>{t("intro", { email })}</PageHeading>
      <CardSection id="alerts" title={t("card")}>
        {/* What was saved elsewhere, as by the link in a mail, gives the fields new defaults. */}
        <ActionForm key={JSON.stringify(alerts)} action={save} className="grid max-w-xl gap-5">
          <FormError />
          <ZoneField />
          <Field name="digest" label={t("digest.label")} help={t("digest.help")} isRequired>
            <Select defaultValue={alerts.digest}>
              {DIGEST_PACES.map((pace) => (
                <option key={pace} value={pace}>
                  {t(`digest.${pace}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Choice name="waitingHours" choices={WAITING_HOURS} chosen={alerts.waitingHours} />
          <Choice name="rejectionPercent" choices={REJECTION_PERCENTS} chosen={alerts.rejectionPercent} />
          <label className="flex items-start gap-3 text-sm pointer-coarse:min-h-11" htmlFor="tellsAttention">
            <Checkbox
              id="tellsAttention"
              name="tellsAttention"
              defaultChecked={alerts.tellsAttention}
              className="mt-px"
            />
            <span className="grid gap-0.5">
              <span className="font-medium">{t("attention.label")}</span>
              <span className="text-ink-soft">{t("attention.help")}</span>
            </span>
          </label>
          <p className="text-sm text-ink-soft">
            {nextAt ? t.rich("next", { time: () => <Time at={nextAt} isZoned /> }) : t("off")}
          </p>
          <div>
            <SubmitButton pendingLabel={t("saving")}>{t("save")}</SubmitButton>
            <SavedNote>{t("saved")}</SavedNote>
          </div>
        </ActionForm>
      </CardSection>
    </>
  );
}
