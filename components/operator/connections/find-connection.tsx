import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";

/** Asks for the id of a connection; `typed` is what was asked for and not found. */
export function FindConnection({ typed, href }: { typed: string; href: string }) {
  const t = useTranslations("operator.connections");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>{t("intro")}</PageHeading>
      {typed !== "" && (
        <Alert tone="warning" role="status">
          {t("notFound", { id: typed.slice(0, 60) })}
        </Alert>
      )}
      <CardSection id="find" title={t("find")}>
        <form action={href} className="grid max-w-xl gap-4">
          <Field name="id" label={t("id")} help={t("idHelp")} isRequired>
            <Input defaultValue={typed.slice(0, 60)} autoComplete="off" spellCheck={false} />
          </Field>
          <div>
            <Button type="submit" variant="secondary">
              {t("show")}
            </Button>
          </div>
        </form>
      </CardSection>
    </div>
  );
}
