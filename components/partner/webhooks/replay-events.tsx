import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";
import { Select } from "@/components/ui/select";
import { TextLink } from "@/components/ui/text-link";
import { REPLAYED } from "@/lib/partner/webhook/schema";

type Given = { what: (typeof REPLAYED)[number]; from: string; to: string };
type Props = {
  isActive: boolean;
  url: string;
  given: Given;
  count: number;
  hrefs: { self: string; back: string };
  replay: FormAction;
};

/** A range of events to send again: the address names it, the page counts it, the dialog sends it. */
export function ReplayEvents({ isActive, url, given, count, hrefs, replay }: Props) {
  const t = useTranslations("partnerWebhooks");
  return (
    <>
      <div className="grid gap-3">
        <TextLink href={hrefs.back} className="justify-self-start text-sm wrap-anywhere">
          {url}
        </TextLink>
        <PageHeading title={t("replay.title")}>
          <p>{t("replay.intro")}</p>
        </PageHeading>
      </div>
      <Card className="px-4 py-5 sm:px-6">
        <form key={JSON.stringify(given)} action={hrefs.self} className="grid gap-4 sm:grid-cols-2">
          <div className="grid gap-1.5 sm:col-span-2">
            <label htmlFor="what" className="text-sm font-medium">
              {t("replay.what")}
            </label>
            <Select id="what" name="what" defaultValue={given.what}>
              {REPLAYED.map((what) => (
                <option key={what} value={what}>
                  {t(`replay.${what}`)}
                </option>
              ))}
            </Select>
          </div>
          {(["from", "to"] as const).map((end) => (
            <div key={end} className="grid gap-1.5">
              <label htmlFor={end} className="text-sm font-medium">
                {t(`replay.${end}`)}
              </label>
              <Input id={end} name={end} type="date" defaultValue={given[end]} />
            </div>
          ))}
          <div>
            <Button type="submit" variant="secondary">
              {t("replay.count")}
            </Button>
          </div>
        </form>
      </Card>
      <Card className="grid gap-4 px-4 py-5 sm:px-6">
        <p role="status" className="font-medium">
          {t("replay.found", { count })}
        </p>
        {!isActive && (
          <Alert
            tone="warning"
            role="note"
            action={<TextLink href={hrefs.back}>{t("delivery.back")}</TextLink>}
          >
            {t("replay.inactive")}
          </Alert>
        )}
        {isActive && count > 0 && (
          <div>
            <ConfirmDialog
              trigger={t("replay.open", { count })}
              triggerVariant="primary"
              title={t("replay.ask", { count })}
              description={t("replay.body")}
              keepLabel={t("replay.keep")}
              confirmLabel={t("replay.confirm")}
              confirmVariant="primary"
              pendingLabel={t("replay.pending")}
              action={replay}
              hidden={given}
            />
          </div>
        )}
      </Card>
    </>
  );
}
