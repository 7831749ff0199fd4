import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeading } from "@/components/ui/page-heading";
import { Select } from "@/components/ui/select";
import { TextLink } from "@/components/ui/text-link";

type Props = { connectors: { id: string; name: string }[]; href: string; backHref: string };

/** The vendor system and stage of a new application: they decide what its form asks for. */
export function ChooseConnector({ connectors, href, backHref }: Props) {
  const t = useTranslations("partnerApplications");
  const stages = useTranslations("partner.stages");
  return (
    <>
      <div className="grid gap-3">
        <TextLink href={backHref} className="justify-self-start text-sm">
          {t("back")}
        </TextLink>
        <PageHeading title={t("choose.title")}>
          <p>{t("choose.intro")}</p>
        </PageHeading>
      </div>
      <Card className="px-4 py-5 sm:px-6">
        <form action={href} className="grid gap-4 sm:grid-cols-2">
          <div className="grid gap-1.5">
            <label htmlFor="connector" className="text-sm font-medium">
              {t("choose.connector")}
            </label>
            <Select id="connector" name="connector">
              {connectors.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </div>
          <div className="grid gap-1.5">
            <label htmlFor="stage" className="text-sm font-medium">
              {t("choose.stage")}
            </label>
            <Select id="stage" name="stage">
              {(["test", "production"] as const).map((stage) => (
                <option key={stage} value={stage}>
                  {stages(stage)}
                </option>
              ))}
            </Select>
          </div>
          <div>
            <Button type="submit">{t("choose.submit")}</Button>
          </div>
        </form>
      </Card>
    </>
  );
}
