import { getTranslations } from "next-intl/server";
import { Main } from "@/components/shell/container";
import { ErrorPanel } from "@/components/shell/error-panel";
import { LinkButton } from "@/components/ui/link-button";

export default async function NotFound() {
  const t = await getTranslations("shell");
  return (
    <Main>
      <ErrorPanel
        code="not_found"
        action={
          <LinkButton href="/home" variant="secondary">
            {t("home")}
          </LinkButton>
        }
      />
    </Main>
  );
}
