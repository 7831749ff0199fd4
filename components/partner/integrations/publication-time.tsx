"use client";
import { useTranslations } from "next-intl";
import { ZoneField } from "@/components/ui/day-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RelativeTime, Time, useClock } from "@/components/ui/time";

/** A moment as the browser's picker of date and time takes it, in the browser's own zone. */
function inPicker(at: string): string {
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Date and time of a publication. Stands in a dialog, which only the browser renders: its zone is the reader's. */
export function PublicationTimeField({ at }: { at: string | null }) {
  const t = useTranslations("integrations.page.review.schedule");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <Field name="at" label={t("at")} help={t("zone", { zone })} isRequired>
        <Input type="datetime-local" defaultValue={at ? inPicker(at) : undefined} className="max-w-64" />
      </Field>
      <ZoneField />
    </>
  );
}

/** When it is published by itself and how long until then, by a clock that goes on. */
export function PublicationCountdown({ at }: { at: string }) {
  const t = useTranslations("integrations.page.review.schedule");
  const time = () => <Time at={at} isZoned />;
  if (useClock() >= new Date(at)) return t.rich("now", { time });
  return t.rich("due", { time, left: () => <RelativeTime at={at} tense="future" /> });
}
