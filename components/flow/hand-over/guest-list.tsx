import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { FormAction } from "@/components/ui/form-state";
import { Time } from "@/components/ui/time";
import type { GuestView } from "@/lib/people/membership/schema";

type Props = {
  guests: GuestView[];
  /** Gets `guestId`. */
  takeBack: FormAction;
  /** Below a section's heading, or below the page's own. */
  heading: "h2" | "h3";
};

/** Who was handed a request and nothing else, each with the way to take it back. */
export function GuestList({ guests, takeBack, heading: Heading }: Props) {
  const t = useTranslations("handOver.guests");
  return (
    <section aria-labelledby="guests" className="text-sm">
      <Heading id="guests" className="border-b border-line pb-1.5 font-semibold">
        {t("title", { count: guests.length })}
      </Heading>
      <ul className="divide-y divide-line">
        {guests.map(({ id, email, integrationName, since }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 last:pb-0"
          >
            <div className="grid min-w-0 gap-0.5">
              <p className="font-medium wrap-anywhere">{email}</p>
              <p className="text-ink-soft">
                {t.rich("since", {
                  integration: integrationName,
                  date: () => <Time at={since} precision="date" />,
                })}
              </p>
            </div>
            <ConfirmDialog
              trigger={t("takeBack.open")}
              triggerSize="small"
              title={t("takeBack.title", { email })}
              description={t("takeBack.body")}
              keepLabel={t("takeBack.keep")}
              confirmLabel={t("takeBack.confirm")}
              pendingLabel={t("takeBack.pending")}
              action={takeBack}
              hidden={{ guestId: id }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
